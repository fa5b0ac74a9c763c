import { openDailyArchive } from '../archive/daily-archive.ts';
import type { Clock } from '../core/clock.ts';
import type { ConfigFrame } from '../core/config.ts';
import { USUAL_KEEP_MS } from '../core/keep.ts';
import type { Log } from '../core/log.ts';
import { thisSender } from '../core/sender.ts';
import { allTerms } from '../costs/terms.ts';
import { openDailyCheck } from '../doctor/daily-check.ts';
import type { Finding } from '../doctor/finding.ts';
import { openLease } from '../ledger/lease.ts';
import { openLookAfter } from '../scheduler/look-after.ts';
import { openLookAhead } from '../scheduler/look-ahead.ts';
import { type Scheduler, startScheduler } from '../scheduler/scheduler.ts';
import { type Sweeping, sweep } from '../scheduler/sweep.ts';
import { archivingOf } from './archiving.ts';
import { startHeart } from './heart.ts';
import { linkGates } from './link-gates.ts';
import { onlookerOf } from './onlooker.ts';
import { schedulerLeaseKey } from './scheduler-lease.ts';
import type { Storage } from './storage.ts';

interface SchedulerParts {
  /** As it was adopted last. */
  readonly config: () => ConfigFrame;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
}

export interface SchedulerWishes {
  /** Only for its heartbeat: whether it applies the config as well. */
  readonly applies?: boolean;
  readonly onLead?: () => void;
  /** Called when a recovery of the ledger is over. */
  readonly onRecovered?: () => void;
  /** Examines everything; the scheduler that leads asks for it once a day. */
  readonly examine?: () => Promise<readonly Finding[]>;
}

export function openScheduler(
  parts: SchedulerParts,
  { applies = true, onLead, onRecovered, examine }: SchedulerWishes = {},
): Scheduler {
  const { config, storage, log } = parts;
  const { redis, prefix, ledger, examinations, heartbeats } = storage;
  return startScheduler({
    ...sweepingOf(parts),
    get settings() {
      return config().publishing;
    },
    lease: openLease(redis, schedulerLeaseKey(prefix), thisSender(), 10_000),
    lookAhead: openLookAhead({ ledger, log, gate: () => linkGates.ahead(config()) }),
    lookAfter: openLookAfter({ ledger, log, onlooker: () => onlookerOf(config()) }),
    archiveDaily: openDailyArchive({
      ...{ ...archivingOf(storage), log, pauseMs: 100 },
      keepMs: () => config().keepMs ?? USUAL_KEEP_MS,
    }),
    ...(examine && { checkDaily: openDailyCheck({ examine, examinations, log }) }),
    heart: startHeart(heartbeats, { part: 'scheduler', applies, by: thisSender() }, log),
    ...(onLead && { onLead }),
    ...(onRecovered && { onRecovered }),
  });
}

/** Does what the scheduler does every second. */
export function sweepOnce(parts: SchedulerParts): Promise<void> {
  return sweep({ ...sweepingOf(parts), settings: parts.config().publishing });
}

function sweepingOf({ config, storage, clock, log }: SchedulerParts): Omit<Sweeping, 'settings'> {
  const { ledger, queues } = storage;
  return { ledger, queues, log, terms: () => allTerms(config(), clock.now()) };
}
