import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Publication } from '../../src/core/publication.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { type Bench, openBench } from '../crash-matrix/bench.ts';
import { anIntent, aPost } from '../support/ledger.ts';
import { startTestRedis } from '../support/redis.ts';

/** Publications of two accounts of X, all due in the same moment, with two workers and a scheduler. */
export interface Crowd {
  /** How many on each account. */
  readonly free: number;
  readonly other: number;
  /** What the network allows the other account; undefined: whatever comes. */
  readonly limit?: { readonly most: number; readonly windowMs: number };
}

export interface CrowdResult {
  /** Lateness of the free account, in milliseconds, ascending. */
  readonly lateness: readonly number[];
  readonly records: readonly Publication[];
  /** The other account's publications that a limit held back, in the order in which the network took them. */
  readonly heldBack: readonly string[];
  /** All that the network took, in its order. */
  readonly taken: readonly string[];
  /** How often the network refused for its limit. */
  readonly refusals: number;
}

const PREFIX = '{crowd}';
/** Long enough that all of them are there when it comes. */
const AHEAD_MS = 2_000;

export async function runCrowd({ free, other, limit }: Crowd): Promise<CrowdResult> {
  const dirs = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'carillon-crowd-')));
  await using redis = await startTestRedis();
  const sandbox = await startSandbox({ port: 0 });
  if (limit) await post(`${sandbox.url}/limits`, { ...LIMITED, ...limit });
  const benches = dirs.map((dataDir) =>
    openBench({
      ...{ redisUrl: redis.url, prefix: PREFIX, dataDir, network: 'twitter' },
      ...{ apiUrl: sandbox.url, facebook: 'direct', requestTimeoutMs: 30_000 },
    }),
  );
  const [bench] = benches;
  if (bench === undefined) throw new Error('There is no bench.');
  const workers = await Promise.all(benches.map((one) => one.startWorker()));
  const scheduler = bench.startScheduler();
  try {
    await fill(bench, free, other);
    while ((await bench.redis.zcard(`${PREFIX}:ledger:state:published`)) < free + other) {
      await wait(20);
    }
    const records = await bench.ledger.list();
    const log = (await (await fetch(`${sandbox.url}/log`)).json()) as { text: string }[];
    const taken = log.map(({ text }) => text);
    const held = new Set<string>();
    let refusals = 0;
    for (const { publication } of records) {
      const kinds = (await bench.ledger.story(publication)).map(({ kind }) => kind);
      if (kinds.includes('limited')) held.add(publication);
      refusals += kinds.filter((kind) => kind === 'put off').length;
    }
    return {
      lateness: records
        .filter(({ account }) => account === FREE)
        .map(({ publishedAt = 0, due }) => publishedAt - due)
        .sort((a, b) => a - b),
      records,
      taken,
      heldBack: taken.filter((name) => held.has(name)),
      refusals,
    };
  } finally {
    for (const worker of workers) await worker[Symbol.asyncDispose]();
    await scheduler[Symbol.asyncDispose]();
    for (const one of benches) await one[Symbol.asyncDispose]();
    await sandbox.close();
    for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
  }
}

const FREE = 'free-x';
const OTHER = 'other-x';
const LIMITED = { network: 'twitter', account: OTHER };

/** Each post says which publication it is. */
async function fill({ ledger, queues }: Bench, free: number, other: number): Promise<void> {
  const due = (await ledger.now()) + AHEAD_MS + 4 * (free + other);
  for (let i = 0; i < Math.max(free, other); i++) {
    const accounts = [...(i < free ? [FREE] : []), ...(i < other ? [OTHER] : [])];
    for (const account of accounts) {
      const publication = `n${String(i).padStart(4, '0')}/${account}`;
      const intent = anIntent({
        ...{ publication, due, post: aPost({ text: publication }), publishByMs: 3_600_000 },
      });
      const { dueInMs } = await ledger.add(intent);
      await queues.enqueue([{ publication, network: 'twitter', generation: 1, inMs: dueInMs }]);
    }
  }
}

async function post(url: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
}
