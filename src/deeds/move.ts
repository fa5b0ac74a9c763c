import type { Publication } from '../core/publication.ts';
import { openCalendar } from '../core/say-time.ts';
import { sayHeldByHand, sayWaitsForApproval, whyNotMoved } from '../telling/refusals.ts';
import type { DeedParts } from './deed-parts.ts';
import type { Done } from './done.ts';

interface MoveOptions {
  /** Milliseconds since 1970. */
  readonly due: number;
  readonly by: string;
}

/** Gives a publication another time by hand. */
export async function move(
  publication: Publication,
  { due, by }: MoveOptions,
  { ledger, config }: Pick<DeedParts, 'ledger' | 'config'>,
): Promise<Done> {
  const name = publication.publication;
  const step = await ledger.move(name, due, by);
  if (!step.changed) {
    return { isDone: false, says: `${name} is not moved. ${whyNotMoved(step.state, publication)}` };
  }
  const when = openCalendar(config.timezone).long(due);
  const stays = 'It stays there until its entry in the config gets another time.';
  const why = publication.heldByHand === undefined ? sayWaitsForApproval : sayHeldByHand;
  const waits = step.state === 'held' ? ` ${why(publication)}` : '';
  return { isDone: true, says: `${name} is moved to ${when}. ${stays}${waits}` };
}
