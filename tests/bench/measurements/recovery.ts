import { setTimeout as wait } from 'node:timers/promises';
import { type Closing, createClosing } from '../../support/closing.ts';
import { aPost } from '../../support/ledger.ts';
import type { Measurement, Reading, Scale } from '../measurement.ts';
import { startNetworks } from '../networks.ts';
import { openPlannedLedger } from '../planned-ledger.ts';
import { openScene } from '../scene.ts';
import { ACCOUNTS, accountName, NETWORKS, writeArticle, writeConfig } from '../write-config.ts';

const COUNT: Record<Scale, number> = { tiny: 6, quick: 100, full: 100 };
const REDIS_IS_AWAY_MS = 3_000;
/** An answer takes so long that whoever is killed has publications in hand. */
const ANSWER_MS = 500;
const PUBLISHING = 'publishBy: 2h, requestTimeout: 5s, confirmAfter: [1s, 3s]';

export const recovery: Measurement = {
  name: 'recovery',
  about: `How long after a fault publications go out again. Redis is killed, and there again after ${REDIS_IS_AWAY_MS / 1_000} s, with publications that came due meanwhile. One of two workers of a network is killed with 20 requests under way (request time-out 5 s, looked up after 1 s and 3 s), and the other sees to all that it had in hand.`,
  async measure({ scale, say }) {
    say('Redis is killed');
    const redis = await loseRedis();
    say('a worker is killed');
    return [...redis, ...(await loseWorker(COUNT[scale]))];
  },
};

async function loseRedis(): Promise<readonly Reading[]> {
  await using closing = createClosing();
  const { redis, networks, carillon, planned } = await openStage(closing);
  await carillon.start(['scheduler', '--no-apply']);
  await Promise.all(NETWORKS.map((network) => carillon.start(['worker', network])));

  const dueAt = Date.now() + 2_000;
  const post = aPost({ text: writeArticle(0).title });
  await planned.add(
    NETWORKS.map((network) => ({
      publication: `entry/${accountName(network, 0)}`,
      ...{ due: dueAt, post: { ...post, network } },
    })),
  );
  await redis.kill9();
  await wait(REDIS_IS_AWAY_MS);
  await redis.restart();
  const backAt = Date.now();
  while ((await networks.taken()).length < NETWORKS.length) await wait(20);
  const at = (await networks.taken()).map((taken) => taken.at - backAt);
  return [
    { figure: 'Redis is back: the first publication is out', unit: 'ms', value: Math.min(...at) },
    {
      figure: 'Redis is back: those of all three networks are out',
      ...{ unit: 'ms', value: Math.max(...at) },
    },
  ];
}

async function loseWorker(count: number): Promise<readonly Reading[]> {
  await using closing = createClosing();
  const { networks, carillon, planned } = await openStage(closing);
  await networks.slowDown('twitter', ANSWER_MS);
  await carillon.start(['scheduler', '--no-apply']);
  const victim = await carillon.start(['worker', 'twitter']);
  await carillon.start(['worker', 'twitter']);

  const dueAt = Date.now() + 2_000;
  await planned.add(
    Array.from({ length: count }, (_, i) => ({
      publication: `entry-${i}/${accountName('twitter', i % ACCOUNTS)}`,
      ...{ due: dueAt, post: aPost({ text: writeArticle(i).title }) },
    })),
  );
  while ((await planned.countPublished()) === 0) await wait(10);
  await victim.kill9();
  const killedAt = Date.now();
  while ((await planned.countPublished()) < count) await wait(20);
  const settledAt = Date.now();
  const taken = await networks.taken();
  if (taken.length !== count) throw new Error(`${taken.length} posts of ${count} publications.`);
  const next = Math.min(...taken.map(({ at }) => at).filter((at) => at > killedAt), settledAt);
  return [
    {
      figure: 'a worker is killed: the next publication is out',
      ...{ unit: 'ms', value: next - killedAt },
    },
    {
      figure: 'a worker is killed: all that it had in hand is settled',
      ...{ unit: 'ms', value: settledAt - killedAt },
    },
  ];
}

async function openStage(closing: Closing) {
  const networks = await startNetworks();
  closing.use(networks);
  const { redis, carillon } = await openScene(closing, networks);
  const planned = openPlannedLedger(redis);
  closing.use(planned);
  carillon.writeConfig(writeConfig([], PUBLISHING));
  return { redis, networks, carillon, planned };
}
