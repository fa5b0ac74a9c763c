import { setTimeout as wait } from 'node:timers/promises';
import { type Closing, createClosing } from '../support/closing.ts';
import { aPost } from '../support/ledger.ts';
import { startTestRedis } from '../support/redis.ts';
import { type Networks, startNetworks, type Taken } from './networks.ts';
import { openPlannedLedger } from './planned-ledger.ts';
import { openRawQueues, startRawWorker } from './raw-queues.ts';
import { openScene } from './scene.ts';
import {
  ACCOUNTS,
  ACCOUNTS_OF_ENTRY,
  accountName,
  NETWORKS,
  type NetworkId,
  writeArticle,
  writeConfig,
} from './write-config.ts';

/** Publications on three networks that all come due in the same second. */
export interface Wave {
  readonly count: number;
  /** Over how long a time they are spread. 0: all are due in the same moment. */
  readonly spreadMs?: number;
  /** A network that answers so late. What is for it is neither waited for nor counted. */
  readonly aside?: { readonly network: NetworkId; readonly lateByMs: number };
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
export function runWave(wave: Wave): Promise<WaveResult> {
  return inTime(wave, tryWave);
}

async function tryWave(wave: Wave, leadMs: number): Promise<WaveResult | undefined> {
  await using closing = createClosing();
  const networks = await openNetworks(wave, closing);
  const { redis, carillon } = await openScene(closing, networks);
  carillon.writeConfig(writeConfig([]));
  await carillon.start(['scheduler', '--no-apply']);
  const workers = await Promise.all(NETWORKS.map((network) => carillon.start(['worker', network])));

  const dueAt = Date.now() + leadMs;
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
  if (Date.now() > dueAt) return undefined;
  await wait(dueAt - Date.now());
  const expected = expectedOf(wave);
  const isCounted = (name: string) => !name.includes(`/bench-${wave.aside?.network}-`);
  while ((await planned.countPublished(isCounted)) < expected) await wait(100);
  // Its answers would be waited for.
  if (wave.aside) await workers[NETWORKS.indexOf(wave.aside.network)]?.kill9();
  return resultOf(await networks.taken(), wave, dueAt);
}

/** By BullMQ alone: the same posts as delayed jobs, and as many worker processes. */
export function runRawWave(wave: Wave): Promise<WaveResult> {
  return inTime(wave, tryRawWave);
}

async function tryRawWave(wave: Wave, leadMs: number): Promise<WaveResult | undefined> {
  await using closing = createClosing();
  const networks = await openNetworks(wave, closing);
  const redis = await startTestRedis();
  closing.use(redis);
  const queues = openRawQueues(redis.url);
  closing.use(queues);
  const plan = { redisUrl: redis.url, networksUrl: networks.url, concurrency: CONCURRENCY };
  const workers = NETWORKS.map((network) => startRawWorker({ ...plan, network }));
  for (const worker of await Promise.all(workers)) closing.use(worker);

  const dueAt = Date.now() + leadMs;
  const wishes = entriesOf(wave).flatMap(({ text, dueInMs }, i) =>
    NETWORKS.map((network) => ({
      ...{ network, name: `${i}-${network}`, text },
      account: accountName(network, i % ACCOUNTS),
      inMs: dueAt + dueInMs - Date.now(),
    })),
  );
  await queues.add(wishes);
  if (Date.now() > dueAt) return undefined;
  await wait(dueAt - Date.now());
  while ((await queues.countLeft()) > wishes.length - expectedOf(wave)) await wait(100);
  return resultOf(await networks.taken(), wave, dueAt);
}

async function openNetworks({ aside }: Wave, closing: Closing): Promise<Networks> {
  const networks = await startNetworks();
  closing.use(networks);
  if (aside && aside.lateByMs > 0) await networks.slowDown(aside.network, aside.lateByMs);
  return networks;
}

const entryCount = ({ count }: Wave): number => Math.ceil(count / ACCOUNTS_OF_ENTRY);

function expectedOf(wave: Wave): number {
  return entryCount(wave) * (wave.aside ? NETWORKS.length - 1 : NETWORKS.length);
}

function entriesOf(wave: Wave): readonly { readonly text: string; readonly dueInMs: number }[] {
  const { spreadMs = 0 } = wave;
  const count = entryCount(wave);
  return Array.from({ length: count }, (_, i) => ({
    text: writeArticle(i).title,
    dueInMs: Math.floor((i * spreadMs) / count),
  }));
}

/** Gives more time before the first is due as long as it was not enough to have them all there. */
async function inTime(
  wave: Wave,
  attempt: (wave: Wave, leadMs: number) => Promise<WaveResult | undefined>,
): Promise<WaveResult> {
  for (let leadMs = 1_500 + 2 * wave.count; ; leadMs *= 2) {
    const result = await attempt(wave, leadMs);
    if (result !== undefined) return result;
  }
}

function resultOf(taken: readonly Taken[], wave: Wave, dueAt: number): WaveResult {
  const dueInMs = new Map(entriesOf(wave).map(({ text, dueInMs }) => [text, dueInMs]));
  const counted = taken.filter(({ network }) => network !== wave.aside?.network);
  const lateness = counted.map(({ text, at }) => at - dueAt - (dueInMs.get(text) ?? Number.NaN));
  if (counted.length < expectedOf(wave) || lateness.some(Number.isNaN)) {
    throw new Error(`The networks took ${counted.length} posts of ${expectedOf(wave)}.`);
  }
  return {
    lateness: lateness.toSorted((a, b) => a - b),
    ms: Math.max(...counted.map(({ at }) => at)) - dueAt,
  };
}
