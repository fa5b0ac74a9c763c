import type { Clock } from '../core/clock.ts';
import type { PublishingSettings } from '../core/config.ts';
import { noteRetraction } from '../ledger/retraction-journal.ts';
import type { Session } from '../networks/network.ts';
import { carryOutCorrection } from '../publishing/correct.ts';
import type { PublishingLog } from '../publishing/publishing.ts';
import { carryOutRetraction } from '../publishing/retract.ts';
import { leaseOf, type TakingBack } from '../publishing/taking-back.ts';
import type { Storage } from './storage.ts';

interface TakingBackParts {
  readonly storage: Storage;
  readonly settings: PublishingSettings;
  readonly clock: Clock;
  readonly log: PublishingLog;
  readonly stopping: AbortSignal;
  sessionOf(account: string): Promise<Session | undefined>;
}

/** What a process needs to take back and to correct. */
export function openTakingBack(parts: TakingBackParts): TakingBack {
  const { storage, settings, clock, log, stopping, sessionOf } = parts;
  return {
    ledger: storage.ledger,
    settings,
    log,
    now: clock.now,
    sessionOf,
    note: (retraction) => noteRetraction(storage.journals, retraction),
    stopping,
  };
}

/** Does at once to one publication what is wanted of it, if it is not done already. */
export async function takeBackNow(
  { publication, network }: { readonly publication: string; readonly network: string },
  takingBack: TakingBack,
): Promise<void> {
  const { ledger, settings } = takingBack;
  const leaseMs = leaseOf(settings);
  const toRetract = await ledger.takeRetraction(network, leaseMs, publication);
  if (toRetract !== undefined) await carryOutRetraction(toRetract, takingBack);
  const toCorrect = await ledger.takeCorrection(network, leaseMs, publication);
  if (toCorrect !== undefined) await carryOutCorrection(toCorrect, takingBack);
}
