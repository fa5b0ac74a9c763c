import { createClosing } from '../../support/closing.ts';
import { startTestRedis } from '../../support/redis.ts';
import { openCarillon } from '../carillon.ts';
import type { Goal, Measurement, Reading, Round, Scale } from '../measurement.ts';
import { openRawQueues } from '../raw-queues.ts';
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
const GOAL_SIZE = 10_000;
const DAY_MS = 24 * 3_600_000;

export const apply: Measurement = {
  name: 'apply',
  about:
    'The commands `plan` and `apply`, from their start to their end: an empty ledger, the same config again, and every other entry changed. BullMQ adds the same posts as delayed jobs, 500 in a pipeline.',
  async measure(round) {
    const sizes = SIZES[round.scale].filter((size) => size < ONCE_FROM || round.number === 0);
    const readings: Reading[] = [];
    for (const size of sizes) readings.push(...(await measureSize(size, round)));
    return readings;
  },
};

async function measureSize(size: number, { say }: Round): Promise<readonly Reading[]> {
  const count = Math.ceil(size / ACCOUNTS_OF_ENTRY);
  const title = size.toLocaleString('en');
  say(`${title} jobs by BullMQ alone`);
  const raw = await addRaw(count);

  await using closing = createClosing();
  const redis = await startTestRedis();
  closing.use(redis);
  const carillon = openCarillon({ redisUrl: redis.url });
  closing.use(carillon);
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
  const goals = (goal: Goal) => size === GOAL_SIZE && { goals: [goal] };
  return [
    {
      figure: `apply ${title} new`,
      ...{ unit: 'a second', value: perSecond(added) },
      limit: { of: 'BullMQ adds', value: perSecond(raw) },
      ...goals({ of: 'ratio', least: 0.4 }),
    },
    {
      figure: `apply ${title} unchanged`,
      ...{ unit: 'ms', value: unchanged.ms, limit: { of: 'the first apply', value: added.ms } },
      ...goals({ of: 'ratio', most: 0.2 }),
    },
    {
      figure: `apply ${title} half changed`,
      ...{ unit: 'ms', value: changed.ms, limit: { of: 'the first apply', value: added.ms } },
    },
    { figure: `plan ${title} new`, unit: 'ms', value: plan.ms },
    ...readingsOfUse(`plan ${title} new`, plan, raw),
    ...readingsOfUse(`apply ${title} new`, added, raw),
    ...readingsOfUse(`apply ${title} unchanged`, unchanged, raw),
  ];
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
): readonly Reading[] {
  const isBounded = what.startsWith('plan 100,000');
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
