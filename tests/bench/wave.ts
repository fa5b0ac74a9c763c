import { setTimeout as wait } from 'node:timers/promises';
import { createClosing } from '../support/closing.ts';
import { aPost } from '../support/ledger.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';
import { openCarillon } from './carillon.ts';
import { type Networks, startNetworks, type Taken } from './networks.ts';
import { openPlannedLedger } from './planned-ledger.ts';
import { openRawQueues, startRawWorker } from './raw-queues.ts';
import {
  ACCOUNTS,
  ACCOUNTS_OF_ENTRY,
  accountName,
  NETWORKS,
  writeArticle,
  writeConfig,
} from './write-config.ts';

/** Publications on three networks that all come due in the same second. */
export interface Wave {
  readonly count: number;
  /** Over how long a time they are spread. 0: all are due in the same moment. */
  readonly spreadMs?: number;
  /** A network that answers so late. What is for it is neither waited for nor counted. */
  readonly slow?: { readonly network: (typeof NETWORKS)[number]; readonly byMs: number };
}

export interface WaveResult {
  /** How long after its time each post was with its network, in milliseconds, ascending. */
  readonly lateness: readonly number[];
  /** From the first moment that one is due until the last was there. */
  readonly ms: number;
}

/** How many jobs each worker has in hand at once, as Carillon's. */
const CONCURRENCY = 20;

/** By the built product: its ledger and queues, the scheduler and a worker process for each network. */
export async function runWave(wave: Wave): Promise<WaveResult> {
  await using closing = createClosing();
  const { redis, networks } = await openScene(wave, closing);
  const carillon = openCarillon({ redisUrl: redis.url, networksUrl: networks.url });
  closing.use(carillon);
  carillon.writeConfig(writeConfig([]));
  await carillon.start(['scheduler', '--no-apply']);
  for (const network of NETWORKS) await carillon.start(['worker', network]);

  const dueAt = Date.now() + leadMsOf(wave);
  await using planned = openPlannedLedger(redis);
  await planned.add(
    entriesOf(wave).flatMap(({ text, dueInMs }, i) =>
      NETWORKS.map((network) => ({
        publication: `entry-${i}/${accountName(network, i % ACCOUNTS)}`,
        due: dueAt + dueInMs,
        post: aPost({ network, text }),
      })),
    ),
  );
  await waitUntil(dueAt);
  const expected = expectedOf(wave);
  while ((await planned.countPublished()) < expected) await wait(20);
  return resultOf(await networks.taken(), wave, dueAt);
}

/** By BullMQ alone: the same posts as delayed jobs, and as many worker processes. */
export async function runRawWave(wave: Wave): Promise<WaveResult> {
  await using closing = createClosing();
  const { redis, networks } = await openScene(wave, closing);
  const queues = openRawQueues(redis.url);
  closing.use(queues);
  for (const network of NETWORKS) {
    const plan = { network, redisUrl: redis.url, networksUrl: networks.url };
    closing.use(await startRawWorker({ ...plan, concurrency: CONCURRENCY }));
  }

  const dueAt = Date.now() + leadMsOf(wave);
  const wishes = entriesOf(wave).flatMap(({ text, dueInMs }, i) =>
    NETWORKS.map((network) => ({
      ...{ network, name: `${i}-${network}`, text },
      account: accountName(network, i % ACCOUNTS),
      inMs: dueAt + dueInMs - Date.now(),
    })),
  );
  await queues.add(wishes);
  await waitUntil(dueAt);
  while ((await queues.countLeft()) > wishes.length - expectedOf(wave)) await wait(20);
  return resultOf(await networks.taken(), wave, dueAt);
}

async function openScene(
  { slow }: Wave,
  closing: ReturnType<typeof createClosing>,
): Promise<{ readonly redis: TestRedis; readonly networks: Networks }> {
  const redis = await startTestRedis();
  closing.use(redis);
  const networks = await startNetworks();
  closing.use(networks);
  if (slow) await networks.slowDown(slow.network, slow.byMs);
  return { redis, networks };
}

const entryCount = ({ count }: Wave): number => Math.ceil(count / ACCOUNTS_OF_ENTRY);

function expectedOf(wave: Wave): number {
  return entryCount(wave) * (wave.slow ? NETWORKS.length - 1 : NETWORKS.length);
}

function entriesOf(wave: Wave): readonly { readonly text: string; readonly dueInMs: number }[] {
  const { spreadMs = 0 } = wave;
  const count = entryCount(wave);
  return Array.from({ length: count }, (_, i) => ({
    text: writeArticle(i).title,
    dueInMs: Math.floor((i * spreadMs) / count),
  }));
}

/** Time to have them all there, and a moment in which nothing happens. */
function leadMsOf({ count }: Wave): number {
  return 2_000 + 5 * count;
}

async function waitUntil(dueAt: number): Promise<void> {
  const ms = dueAt - Date.now();
  if (ms < 0)
    throw new Error('This machine is too busy: not all were planned before they came due.');
  await wait(ms);
}

function resultOf(taken: readonly Taken[], wave: Wave, dueAt: number): WaveResult {
  const dueInMs = new Map(entriesOf(wave).map(({ text, dueInMs }) => [text, dueInMs]));
  const counted = taken.filter(({ network }) => network !== wave.slow?.network);
  const lateness = counted.map(({ text, at }) => at - dueAt - (dueInMs.get(text) ?? Number.NaN));
  if (counted.length < expectedOf(wave) || lateness.some(Number.isNaN)) {
    throw new Error(`The networks took ${counted.length} posts of ${expectedOf(wave)}.`);
  }
  return {
    lateness: lateness.toSorted((a, b) => a - b),
    ms: Math.max(...counted.map(({ at }) => at)) - dueAt,
  };
}
