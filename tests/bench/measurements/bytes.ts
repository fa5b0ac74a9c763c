import type { Redis } from 'ioredis';
import { pick, randomFrom } from '../../support/chance.ts';
import { createClosing } from '../../support/closing.ts';
import { startTestRedis } from '../../support/redis.ts';
import type { Measurement } from '../measurement.ts';
import { openRawQueues } from '../raw-queues.ts';
import { openScene } from '../scene.ts';
import {
  ACCOUNTS,
  ACCOUNTS_OF_ENTRY,
  accountName,
  instantOf,
  NETWORKS,
  writeConfig,
} from '../write-config.ts';

const ENTRIES = { tiny: 4, quick: 1_000, full: 3_000 };
const POST_BYTES = 500;
const DAY_MS = 24 * 3_600_000;

export const bytes: Measurement = {
  name: 'bytes',
  about: `What a scheduled publication takes in Redis, its job included: a post of ${POST_BYTES} bytes, in Persian, as X takes no such Latin one. BullMQ has a delayed job with the same text.`,
  async measure({ scale, say }) {
    const entries = ENTRIES[scale];
    say('by BullMQ alone');
    const raw = await measureRaw(entries);
    say('publications');
    const own = await measureOwn(entries);
    return [
      {
        figure: 'a scheduled publication in Redis',
        ...{ unit: 'bytes', value: own },
        limit: { of: 'a BullMQ job', value: raw },
        goals: [{ of: 'figure', most: 3_072 }],
      },
    ];
  },
};

async function measureOwn(entries: number): Promise<number> {
  await using closing = createClosing();
  const { redis, carillon } = await openScene(closing);
  const connection = redis.connect();
  // What is there once for all is no part of a publication.
  carillon.writeConfig(writeConfig([]));
  await carillon.run(['apply']);
  const before = await usedBytes(connection);
  carillon.writeConfig(
    writeConfig(
      Array.from({ length: entries }, (_, i) => {
        const text = textOf(i);
        return {
          id: `entry-${i}`,
          at: instantOf(Date.now() + DAY_MS + i * 60_000),
          says: `article: { title: "Number ${i}" }\n    text: { ${NETWORKS.map((network) => `${network}: "${text}"`).join(', ')} }`,
        };
      }),
    ),
  );
  await carillon.run(['apply']);
  return ((await usedBytes(connection)) - before) / (entries * ACCOUNTS_OF_ENTRY);
}

async function measureRaw(entries: number): Promise<number> {
  await using closing = createClosing();
  const redis = await startTestRedis();
  closing.use(redis);
  const queues = openRawQueues(redis.url);
  closing.use(queues);
  const connection = redis.connect();
  const before = await usedBytes(connection);
  await queues.add(
    Array.from({ length: entries }, (_, i) =>
      NETWORKS.map((network) => ({
        ...{ network, name: `entry-${i}-${network}`, text: textOf(i), inMs: DAY_MS + i * 60_000 },
        account: accountName(network, i % ACCOUNTS),
      })),
    ).flat(),
  );
  return ((await usedBytes(connection)) - before) / (entries * ACCOUNTS_OF_ENTRY);
}

const LETTERS = [...'ابپتثجچحخدرزسشفقکگلمنوهی'];

/** Two bytes a letter, and words of seven of them: X counts far fewer characters than there are bytes. */
function textOf(number: number): string {
  const random = randomFrom(number);
  const word = () => Array.from({ length: 7 }, () => pick(LETTERS, random)).join('');
  let text = String(number);
  while (Buffer.byteLength(text) + 15 <= POST_BYTES) text += ` ${word()}`;
  return text.padEnd(text.length + POST_BYTES - Buffer.byteLength(text), '.');
}

async function usedBytes(redis: Redis): Promise<number> {
  const info = await redis.info('memory');
  return Number(/used_memory:(\d+)/.exec(info)?.[1]);
}
