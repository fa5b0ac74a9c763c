import type { Visitor } from '../access/visitor.ts';

/** Belongs into every form that does something. */
export function FormToken({ visitor }: { readonly visitor: Visitor }) {
  return <input type="hidden" name="form" value={visitor.formToken} />;
}
