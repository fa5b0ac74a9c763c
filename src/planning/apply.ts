import type { Media } from '../core/post.ts';
import type { PublicationError } from '../core/publication.ts';
import type { PlannedWakeUp } from '../core/wake-up.ts';
import type { Ledger, PlanStep, Step } from '../ledger/ledger.ts';
import { keepImages } from './keep-images.ts';
import { type Change, type Plan, sameness } from './plan.ts';
import { NO_ROOM } from './settled.ts';

export interface Applying {
  readonly ledger: Ledger;
  /** Where the bytes of each image are, by hash. */
  readonly mediaFiles: ReadonlyMap<string, string>;
  readonly enqueue: (wakeUps: readonly PlannedWakeUp[]) => Promise<void>;
}

/** How many steps are on their way to Redis at once. */
const AT_ONCE = 256;

const UNCHANGED: Step = { changed: false, state: 'missing', generation: 0 };

/**
 * Makes the ledger match the plan, and wakes what is new in it. Each step checks that the ledger is as the plan
 * saw it: what another apply has done meanwhile counts as unchanged. Dying half-way leaves a part of the plan
 * done, and the next apply does the rest.
 */
export async function applyPlan(plan: Plan, applying: Applying): Promise<Plan> {
  await storeMedia(plan, applying);
  const applied: Applied = { done: [], unchanged: plan.unchanged, notCancelled: new Set() };
  // The queues take what a batch wakes while the ledger takes the next batch.
  let enqueued: Promise<void> = Promise.resolve();
  // What could not be cancelled must not be added under another name: cancels go first.
  for (const isFirst of [true, false]) {
    const changes = plan.changes.filter(({ action }) => (action === 'cancel') === isFirst);
    for (let start = 0; start < changes.length; start += AT_ONCE) {
      const batch = changes.slice(start, start + AT_ONCE);
      const [wakeUps] = await Promise.all([applyBatch(batch, applied, applying), enqueued]);
      enqueued = applying.enqueue(wakeUps);
    }
  }
  await enqueued;
  return { changes: applied.done, unchanged: applied.unchanged };
}

interface Applied {
  readonly done: Change[];
  unchanged: number;
  /** What went on its way meanwhile, by what it says. */
  readonly notCancelled: Set<string>;
}

async function applyBatch(
  batch: readonly Change[],
  applied: Applied,
  { ledger }: Applying,
): Promise<readonly PlannedWakeUp[]> {
  const apply = (change: Change) => applyChange(change, ledger, applied.notCancelled);
  const steps = await Promise.all(batch.map(apply));
  const wakeUps: PlannedWakeUp[] = [];
  batch.forEach((change, i) => {
    const step = steps[i];
    if (step === undefined) applied.done.push(change);
    else if (!step.changed) applied.unchanged++;
    else {
      applied.done.push('due' in step ? { ...change, due: step.due } : change);
      if ('due' in step && step.state === 'scheduled') wakeUps.push(wakeUpOf(change, step));
    }
  });
  return wakeUps;
}

/** Undefined where a change only informs. */
async function applyChange(
  change: Change,
  ledger: Ledger,
  notCancelled: Set<string>,
): Promise<Step | PlanStep | undefined> {
  const { action, publication, intent, current } = change;
  switch (action) {
    case 'protected':
      return undefined;
    case 'cancel': {
      const step = await ledger.cancel(publication, 'apply');
      if (!step.changed && current) notCancelled.add(sameness(current));
      return step;
    }
    case 'add':
      if (intent && notCancelled.has(sameness(intent))) return UNCHANGED;
      return intent && ledger.add(intent, change.reason);
    case 'late':
      if (intent === undefined) return undefined;
      if (current && intent.hasNoPlace) {
        return ledger.leaveOut(intent, current.generation, sayMissed(change));
      }
      if (current !== undefined) return ledger.amend(intent, current.generation);
      return ledger.addMissed(intent, sayMissed(change));
    case 'move':
    case 'update':
      return intent && current && ledger.amend(intent, current.generation, change.reason);
  }
}

function sayMissed({ intent, current, reason = '' }: Change): PublicationError {
  const advice =
    'Give it a new time in the config and apply, or send it at once with "carillon retry" and its name.';
  return intent?.hasNoPlace
    ? {
        code: NO_ROOM,
        message: `It ${current === undefined ? 'was not planned' : 'is not planned any more'}: ${reason}.`,
        advice,
      }
    : {
        code: 'late',
        message: 'Its time was past when it came into the config, and it was not published.',
        advice,
      };
}

function wakeUpOf({ publication, intent }: Change, step: PlanStep): PlannedWakeUp {
  return {
    publication,
    network: intent?.network ?? '',
    generation: step.generation,
    inMs: step.dueInMs,
    ...(step.trace && { trace: step.trace }),
  };
}

/** Puts the images of what changes into Redis, before anything names them. */
async function storeMedia(plan: Plan, { ledger, mediaFiles }: Applying): Promise<void> {
  const wanted = new Map<string, Media>();
  for (const { action, intent } of plan.changes) {
    if (action === 'protected') continue;
    for (const media of intent?.post.media ?? []) wanted.set(media.hash, media);
  }
  await keepImages(wanted.values(), { ledger, mediaFiles });
}
