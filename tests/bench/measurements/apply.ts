import { createClosing } from '../../support/closing.ts';
import { startTestRedis } from '../../support/redis.ts';
import { applyInSteps } from '../apply-in-steps.ts';
import type { Goal, Measurement, Reading, Round, Scale } from '../measurement.ts';
import { openRawQueues } from '../raw-queues.ts';
import { openScene } from '../scene.ts';
import {
  ACCOUNTS,
  ACCOUNTS_OF_ENTRY,
  accountName,
  NETWORKS,
  writeArticle,
  writeConfig,
  writeEntries,
} from '../write-config.ts';

const SIZES: Record<Scale, readonly number[]> = {
  tiny: [6],
  quick: [1_000, 10_000],
  full: [1_000, 10_000, 100_000],
};
/** More than this takes minutes. */
const ONCE_FROM = 100_000;
const STEPS_SIZE: Record<Scale, number> = { tiny: 6, quick: 10_000, full: 10_000 };
const GOAL_SIZE = 10_000;
/** Whose memory is bounded, and whose time may not grow faster than its number. */
const BOUNDED_SIZE = 100_000;
const LINEAR: Goal = { of: 'ratio', most: 1.2 };
const DAY_MS = 24 * 3_600_000;

export const apply: Measurement = {
  name: 'apply',
  about:
    'The commands `plan` and `apply`, from their start to their end: an empty ledger, the same config again, and every other entry changed. BullMQ adds the same posts as delayed jobs, 500 in a pipeline. It neither reads a config nor composes: the goals are for what both do, the way into Redis.',
  async measure(round) {
    const sizes = SIZES[round.scale].filter((size) => size < ONCE_FROM || round.number === 0);
    const readings: Reading[] = [...(await measureSteps(STEPS_SIZE[round.scale], round))];
    let smaller: Planned | undefined;
    for (const size of sizes) {
      const measured = await measureSize(size, round, smaller);
      readings.push(...measured.readings);
      smaller = { size, planMs: measured.planMs };
    }
    return readings;
  },
};

/** How long a plan of another size took. */
interface Planned {
  readonly size: number;
  readonly planMs: number;
}

async function measureSize(
  size: number,
  { say }: Round,
  smaller: Planned | undefined,
): Promise<{ readonly readings: readonly Reading[]; readonly planMs: number }> {
  const count = Math.ceil(size / ACCOUNTS_OF_ENTRY);
  const title = size.toLocaleString('en');
  say(`${title} jobs by BullMQ alone`);
  const raw = await addRaw(count);

  await using closing = createClosing();
  const { carillon } = await openScene(closing);
  const firstAt = Date.now() + DAY_MS;
  const time = async (command: string, words: string): Promise<Taken & { out: string }> => {
    say(`${command} ${title} ${words}`);
    const { ms, used, out } = await carillon.run([command, '--json'], { tellsUse: true });
    if (used === undefined) throw new Error(`${command} did not tell what it used.`);
    return { ms, ...used, out };
  };
  carillon.writeConfig(writeConfig(writeEntries(count, firstAt)));
  const plan = await time('plan', 'new');
  const added = await time('apply', 'new');
  const unchanged = await time('apply', 'unchanged');
  carillon.writeConfig(writeConfig(writeEntries(count, firstAt, (i) => i % 2)));
  const changed = await time('apply', 'half changed');
  const half = Math.floor(count / 2) * ACCOUNTS_OF_ENTRY;
  insist(added.out, count * ACCOUNTS_OF_ENTRY, 0);
  insist(changed.out, half, count * ACCOUNTS_OF_ENTRY - half);

  const perSecond = ({ ms }: Pick<Taken, 'ms'>) => (1_000 * count * ACCOUNTS_OF_ENTRY) / ms;
  const readings: readonly Reading[] = [
    {
      figure: `apply ${title} new`,
      ...{ unit: 'a second', value: perSecond(added) },
      limit: { of: 'BullMQ adds', value: perSecond(raw) },
    },
    {
      figure: `apply ${title} unchanged`,
      ...{ unit: 'ms', value: unchanged.ms, limit: { of: 'the first apply', value: added.ms } },
    },
    {
      figure: `apply ${title} half changed`,
      ...{ unit: 'ms', value: changed.ms, limit: { of: 'the first apply', value: added.ms } },
    },
    readingOfPlan(`plan ${title} new`, { size, planMs: plan.ms }, smaller),
    ...readingsOfUse(`plan ${title} new`, plan, raw, size === BOUNDED_SIZE),
    ...readingsOfUse(`apply ${title} new`, added, raw),
    ...readingsOfUse(`apply ${title} unchanged`, unchanged, raw),
  ];
  return { readings, planMs: plan.ms };
}

/** Held against what it would take by the number alone. */
function readingOfPlan(
  figure: string,
  { size, planMs }: Planned,
  smaller: Planned | undefined,
): Reading {
  const reading = { figure, unit: 'ms', value: planMs } as const;
  if (smaller === undefined) return reading;
  const times = size / smaller.size;
  const limit = { of: `${times} × the plan before`, value: times * smaller.planMs };
  return { ...reading, limit, ...(size === BOUNDED_SIZE && { goals: [LINEAR] }) };
}

/** What a command, or adding the jobs, took. */
interface Taken {
  readonly ms: number;
  readonly processorMs: number;
  readonly peakBytes?: number;
}

/** Time of the processor says more than time of the clock where the machine has other things to do. */
function readingsOfUse(
  what: string,
  { processorMs, peakBytes = 0 }: Taken,
  raw: Taken,
  isBounded = false,
): readonly Reading[] {
  return [
    {
      figure: `${what}: time of the processor`,
      ...{ unit: 'ms', value: processorMs },
      limit: { of: 'BullMQ adds', value: raw.processorMs },
    },
    {
      figure: `${what}: memory at its peak`,
      ...{ unit: 'MB', value: peakBytes / 1e6 },
      ...(isBounded && { goals: [{ of: 'figure', most: 1_000 }] }),
    },
  ];
}

/** What takes the time: each step of an apply to an empty ledger, and of the same again, in this process. */
async function measureSteps(size: number, { say }: Round): Promise<readonly Reading[]> {
  const count = Math.ceil(size / ACCOUNTS_OF_ENTRY);
  const title = size.toLocaleString('en');
  say(`apply ${title} in steps`);
  const raw = await addRaw(count);
  await using closing = createClosing();
  const { carillon } = await openScene(closing);
  carillon.writeConfig(writeConfig(writeEntries(count, Date.now() + DAY_MS)));
  const first = await applyInSteps(carillon);
  const again = await applyInSteps(carillon);
  const perSecond = (ms: number) => (1_000 * count * ACCOUNTS_OF_ENTRY) / ms;
  const before: readonly Reading[] = Object.entries({
    'reading the config': first.readingMs,
    'composing and planning': first.planningMs,
  }).map(([step, value]) => ({
    figure: `${title} new: ${step}`,
    ...{ unit: 'ms', value, limit: { of: 'BullMQ adds', value: raw.ms } },
  }));
  return [
    ...before,
    {
      figure: `${title} new: into ledger and queues`,
      ...{ unit: 'a second', value: perSecond(first.applyingMs) },
      limit: { of: 'BullMQ adds', value: perSecond(raw.ms) },
      ...(size === GOAL_SIZE && { goals: [{ of: 'ratio', least: 0.4 }] }),
    },
    {
      figure: `${title} unchanged: into ledger and queues`,
      ...{ unit: 'ms', value: again.applyingMs },
      limit: { of: 'the first time', value: first.applyingMs },
      ...(size === GOAL_SIZE && { goals: [{ of: 'ratio', most: 0.2 }] }),
    },
  ];
}

/** A measurement of something that did not happen would be no measurement. */
function insist(out: string, changes: number, unchanged: number): void {
  const told = JSON.parse(out) as { changes: unknown[]; unchanged: number };
  if (told.changes.length !== changes || told.unchanged !== unchanged) {
    throw new Error(`apply changed ${told.changes.length} and left ${told.unchanged}.`);
  }
}

/** What it takes to add them all. */
async function addRaw(count: number): Promise<Taken> {
  await using closing = createClosing();
  const redis = await startTestRedis();
  closing.use(redis);
  const queues = openRawQueues(redis.url);
  closing.use(queues);
  const wishes = Array.from({ length: count }, (_, i) => {
    const { title, text } = writeArticle(i);
    return NETWORKS.map((network) => ({
      ...{ network, name: `entry-${i}-${network}`, text: `${title}\n\n${text}`.slice(0, 280) },
      ...{ account: accountName(network, i % ACCOUNTS), inMs: DAY_MS + i * 60_000 },
    }));
  }).flat();
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  await queues.add(wishes);
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - startedAt, processorMs: (user + system) / 1_000 };
}
