import type { Words } from '../words/words.ts';
import { FormToken, type Setting } from './layout.tsx';

/** What people can do, by the name that stands in addresses. */
export type DeedName = Exclude<keyof Words['deeds'], 'back'>;

/** Something that this visitor may do here. */
export interface DeedOffer {
  readonly deed: DeedName;
  /** Where the form leads. */
  readonly action: string;
  /** What must be the same when it is done as it was when it was shown. */
  readonly shown?: Readonly<Record<string, string>>;
  /** Something to write, for a deed that needs it. */
  readonly field?: { readonly name: string; readonly type: 'text' | 'url' | 'datetime-local' };
}

/** A button, with a field where the deed needs one. Asks before it does anything: see ConfirmPage. */
export function DeedForm({
  offer,
  setting,
}: {
  readonly offer: DeedOffer;
  readonly setting: Setting;
}) {
  const { deed, action, shown = {}, field } = offer;
  const { words, visitor } = setting;
  const text = words.deeds[deed];
  return (
    <form method="post" action={action} class="deed">
      <FormToken visitor={visitor} />
      {Object.entries(shown).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {field !== undefined && (
        <label>
          {text.field}
          <input name={field.name} type={field.type} required autocomplete="off" />
        </label>
      )}
      <button type="submit" class={text.isGrave ? 'grave' : undefined}>
        {text.title}
      </button>
    </form>
  );
}
