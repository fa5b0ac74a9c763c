import type { Publication } from '../core/publication.ts';
import { whyNotCancelled } from '../telling/refusals.ts';
import type { DeedParts } from './deed-parts.ts';
import type { Done } from './done.ts';

/** Takes a publication out, also where the config still has it. */
export async function cancel(
  publication: Publication,
  by: string,
  { ledger }: Pick<DeedParts, 'ledger'>,
): Promise<Done> {
  const name = publication.publication;
  const step = await ledger.cancel(name, by);
  return step.changed
    ? {
        isDone: true,
        says: `${name} is cancelled. It stays out, also where the config still has it.`,
      }
    : {
        isDone: false,
        says: `${name} is not cancelled. ${whyNotCancelled(step.state, publication)}`,
      };
}
