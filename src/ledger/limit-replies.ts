import type { LimitOwner } from '../core/limits.ts';
import type { PlannedWakeUp } from '../core/wake-up.ts';
import type { LimitedLine } from './ledger.ts';

/** Publication, generation, network and milliseconds; nothing if nobody is to be woken. */
export type Woken = readonly (string | number)[];

export function readWoken([publication, generation, network, inMs]: Woken): PlannedWakeUp[] {
  if (publication === undefined) return [];
  return [
    {
      publication: String(publication),
      generation: Number(generation),
      network: String(network),
      inMs: Number(inMs),
    },
  ];
}

export function readLine([account = '', network = '', waiting, until, of]: readonly (
  | string
  | number
)[]): LimitedLine {
  return {
    account: String(account),
    network: String(network),
    waiting: Number(waiting),
    until: Number(until),
    of: of as LimitOwner,
  };
}
