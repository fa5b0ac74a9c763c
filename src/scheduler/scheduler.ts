import type { Heart } from '../core/heartbeat.ts';
import type { Log } from '../core/log.ts';
import { describeError } from '../core/log.ts';
import type { Lease } from '../ledger/lease.ts';
import { removeMedia } from './remove-media.ts';
import { putBackPage, type Sweeping, sweep } from './sweep.ts';

export interface SchedulerSetup extends Sweeping {
  readonly log: Log;
  /** Held by the scheduler that leads; the others wait to take over. */
  readonly lease: Lease;
  /** Looks at the links of what is due soon; comes back at once. */
  readonly lookAhead?: () => void;
  /** Looks at what went out as strangers see it; comes back at once. */
  readonly lookAfter?: () => void;
  /** Examines everything once a day; comes back at once. */
  readonly checkDaily?: () => void;
  /** Archives what is over for long, once a day; comes back at once. */
  readonly archiveDaily?: () => void;
  /** Told of every sweep that was done. */
  readonly heart?: Heart;
  readonly sweepEveryMs?: number;
  readonly putBackEveryMs?: number;
  /** Called when this scheduler takes the lead. */
  readonly onLead?: () => void;
  /** Called once the ledger goes on after it had lost something, which may be what was planned last. */
  readonly onRecovered?: () => void;
}

export interface Scheduler extends AsyncDisposable {
  /** True if this is the scheduler that leads. */
  leads(): boolean;
  /** Resolves once it is known whether this one leads. */
  readonly begun: Promise<void>;
}

const REMOVE_EVERY_MS = 3_600_000;
/** So many at once, that the lease and what is due do not wait for a million that are planned. */
const PAGES_OF_A_ROUND = 5;

/** Keeps queue and ledger in step until it is disposed. Any number may run: one leads. */
export function startScheduler(setup: SchedulerSetup): Scheduler {
  const { log, lease, sweepEveryMs = 1_000, putBackEveryMs = 30_000 } = setup;
  let stopped = false;
  let putBackAt = 0;
  let page: number | undefined = 0;
  let removeAt = 0;
  let wasLeading = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  let recovered: number | undefined;
  const lookForRecovery = async (): Promise<void> => {
    const { epoch, frozen } = await setup.ledger.attend();
    if (frozen !== undefined || epoch === recovered) return;
    if (recovered !== undefined) setup.onRecovered?.();
    recovered = epoch;
  };
  const round = async (): Promise<void> => {
    try {
      const leads = await lease.take();
      if (leads !== wasLeading) {
        log.info(leads ? 'This scheduler leads.' : 'Another scheduler leads; this one stands by.');
      }
      const takesOver = leads && !wasLeading;
      wasLeading = leads;
      if (takesOver) {
        page = 0;
        setup.onLead?.();
      }
      if (!leads) return;
      setup.lookAhead?.();
      setup.lookAfter?.();
      setup.checkDaily?.();
      setup.archiveDaily?.();
      await lookForRecovery();
      await sweep(setup);
      setup.heart?.beat();
      if (performance.now() >= removeAt) {
        await removeMedia(setup.ledger, log);
        removeAt = performance.now() + REMOVE_EVERY_MS;
      }
      if (performance.now() < putBackAt) return;
      for (let pages = 0; pages < PAGES_OF_A_ROUND && page !== undefined; pages++) {
        page = await putBackPage(page, setup);
      }
      if (page !== undefined) return;
      page = 0;
      putBackAt = performance.now() + putBackEveryMs;
    } catch (error) {
      log.warn(describeError(error), 'The scheduler could not do its round; it tries again.');
    }
  };
  const loop = async (): Promise<void> => {
    await round();
    if (stopped) return;
    timer = setTimeout(() => {
      running = loop();
    }, sweepEveryMs);
  };
  running = loop();

  return {
    leads: () => wasLeading,
    begun: running,
    async [Symbol.asyncDispose]() {
      stopped = true;
      clearTimeout(timer);
      await running;
      await setup.heart?.[Symbol.asyncDispose]();
      await lease.release().catch(() => undefined);
    },
  };
}
