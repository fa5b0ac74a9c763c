import type { Charges } from '../core/prices.ts';

/** Charges as the scripts take them. */
export function chargesArgument({ charges }: { readonly charges?: Charges | undefined }): string {
  return charges === undefined ? '' : JSON.stringify(charges);
}
