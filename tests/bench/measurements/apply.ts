import { createClosing } from '../../support/closing.ts';
import { startTestRedis } from '../../support/redis.ts';
import { openCarillon } from '../carillon.ts';
import type { Measurement, Reading, Round, Scale } from '../measurement.ts';
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
  const rawMs = await addRaw(count);

  await using closing = createClosing();
  const redis = await startTestRedis();
  closing.use(redis);
  const carillon = openCarillon({ redisUrl: redis.url });
  closing.use(carillon);
  const firstAt = Date.now() + DAY_MS;
  const time = async (command: string, words: string) => {
    say(`${command} ${title} ${words}`);
    return carillon.run([command, '--json'], { tellsPeak: true });
  };
  carillon.writeConfig(writeConfig(writeEntries(count, firstAt)));
  const plan = await time('plan', 'new');
  const added = await time('apply', 'new');
  const unchanged = await time('apply', 'unchanged');
  carillon.writeConfig(writeConfig(writeEntries(count, firstAt, (i) => i % 2)));
  const changed = await time('apply', 'half changed');
  insist(added.out, count * ACCOUNTS_OF_ENTRY, 0);
  insist(
    changed.out,
    Math.floor(count / 2) * ACCOUNTS_OF_ENTRY,
    Math.ceil(count / 2) * ACCOUNTS_OF_ENTRY,
  );

  const perSecond = (ms: number) => (1_000 * count * ACCOUNTS_OF_ENTRY) / ms;
  const raw = { of: 'BullMQ adds', value: perSecond(rawMs) };
  const isJudged = size === 10_000;
  return [
    {
      figure: `apply ${title} new`,
      ...{ unit: 'a second', value: perSecond(added.ms), limit: raw },
      ...(isJudged && { goals: [{ of: 'ratio', least: 0.4 }] }),
    },
    {
      figure: `apply ${title} unchanged`,
      ...{ unit: 'ms', value: unchanged.ms, limit: { of: 'the first apply', value: added.ms } },
      ...(isJudged && { goals: [{ of: 'ratio', most: 0.2 }] }),
    },
    {
      figure: `apply ${title} half changed`,
      ...{ unit: 'ms', value: changed.ms, limit: { of: 'the first apply', value: added.ms } },
    },
    { figure: `plan ${title} new`, unit: 'ms', value: plan.ms },
    {
      figure: `plan ${title} new: memory at its peak`,
      ...{ unit: 'MB', value: (plan.peakBytes ?? 0) / 1e6 },
      ...(size === 100_000 && { goals: [{ of: 'figure', most: 1_000 }] }),
    },
    {
      figure: `apply ${title} new: memory at its peak`,
      ...{ unit: 'MB', value: (added.peakBytes ?? 0) / 1e6 },
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

/** The time to add them all. */
async function addRaw(count: number): Promise<number> {
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
  const startedAt = performance.now();
  await queues.add(wishes);
  return performance.now() - startedAt;
}
