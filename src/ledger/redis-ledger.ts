import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { LinkCheck } from '../core/link-check.ts';
import { type Post, partsOf } from '../core/post.ts';
import {
  askedOf,
  type Intent,
  PUBLICATION_STATES,
  type Publication,
  type StoryEvent,
} from '../core/publication.ts';
import type { Settling } from '../core/settling.ts';
import { chargesArgument } from './charges-argument.ts';
import type { Frozen, Hold, Ledger } from './ledger.ts';
import { type LedgerClock, redisClock } from './ledger-clock.ts';
import { readLine, readWoken, type Woken } from './limit-replies.ts';
import type { ServerWatch } from './lua-recovery.ts';
import { finishCall, judgeCall } from './outcome-calls.ts';
import { openRedisArchived } from './redis-archived.ts';
import { openRedisCosts } from './redis-costs.ts';
import { openRedisHolding } from './redis-holding.ts';
import { openRedisMedia } from './redis-media.ts';
import { openRedisRecoveries } from './redis-recoveries.ts';
import { openRedisRetractions } from './redis-retractions.ts';
import { openRedisSights } from './redis-sights.ts';
import { openRedisTallies } from './redis-tallies.ts';
import {
  readApproveStep,
  readBegin,
  readDirective,
  readFinish,
  readPlanStep,
  readPublication,
  readStep,
  readWakeable,
} from './replies.ts';
import { type Argument, scriptRunner } from './script-runner.ts';

export interface RedisLedgerOptions {
  /** Carries the hash tag: `{carillon}`. */
  readonly prefix: string;
  /** Waits after the write-ahead mark, where the server's answer alone does not make it last. */
  readonly settling?: Settling | undefined;
  /** That of Redis if absent. */
  readonly clock?: LedgerClock;
  /** Whether another server may take over; `none` if absent. */
  readonly watch?: ServerWatch;
}

/** The ledger in Redis. Closing it closes the connection it was given. */
export function openRedisLedger(redis: Redis, options: RedisLedgerOptions): Ledger {
  const base = `${options.prefix}:ledger:`;
  const clock = options.clock ?? redisClock;
  const readTime = () => clock.read(redis, base);
  const run = scriptRunner(redis, base, clock, options.watch ?? 'none');
  const key = (name: string) => `${base}publication:${name}`;

  const readMany = async (names: readonly string[]): Promise<(Publication | undefined)[]> => {
    const records: (Publication | undefined)[] = [];
    for (let start = 0; start < names.length; start += 500) {
      const page = names.slice(start, start + 500);
      const pipeline = redis.pipeline();
      for (const name of page) pipeline.hmget(key(name), ...PUBLICATION_FIELDS);
      for (const name of page) pipeline.zscore(`${base}wake`, name);
      const replies = (await pipeline.exec()) ?? [];
      page.forEach((name, i) => {
        const values = replies[i]?.[1] as (string | null)[];
        const wakeAt = replies[page.length + i]?.[1] as string | number | null;
        records.push(readPublication(name, zip(PUBLICATION_FIELDS, values), wakeAt));
      });
    }
    return records;
  };

  const readWakeables = async (names: readonly string[]) => {
    if (names.length === 0) return [];
    const now = await readTime();
    const pipeline = redis.pipeline();
    for (const name of names) pipeline.hmget(key(name), ...WAKEABLE_FIELDS);
    for (const name of names) pipeline.zscore(`${base}wake`, name);
    const replies = (await pipeline.exec()) ?? [];
    return names.flatMap((name, i) => {
      const fields = zip(WAKEABLE_FIELDS, replies[i]?.[1] as (string | null)[]);
      const wakeAt = replies[names.length + i]?.[1] as string | number | null;
      return readWakeable(name, fields, wakeAt, now);
    });
  };

  return {
    add: async (intent, because) =>
      readPlanStep(
        await run(
          'add',
          ...[intent.publication, intent.entry, intent.account, intent.network, intent.due ?? ''],
          ...[
            intent.publishByMs,
            ...postArguments(intent),
            saysNow(intent),
            ...approvalArguments(intent),
            askedOf(intent),
            because ?? '',
            chargesArgument(intent),
            intent.trace ?? '',
          ],
        ),
      ),
    amend: async (intent, generation, because) =>
      readPlanStep(
        await run(
          'amend',
          ...[intent.publication, generation, intent.due ?? '', intent.publishByMs],
          ...[
            ...postArguments(intent),
            saysNow(intent),
            ...approvalArguments(intent),
            askedOf(intent),
            because ?? '',
            chargesArgument(intent),
            intent.trace ?? '',
          ],
        ),
      ),
    addMissed: async (intent, error) =>
      readStep(
        await run(
          'addMissed',
          ...[intent.publication, intent.entry, intent.account, intent.network, intent.due ?? 0],
          ...[intent.publishByMs, ...postArguments(intent), JSON.stringify(error)],
          ...[saysNow(intent), ...approvalArguments(intent), chargesArgument(intent)],
        ),
      ),
    leaveOut: async (intent, generation, error) =>
      readStep(
        await run(
          'leaveOut',
          ...[intent.publication, generation, intent.due ?? 0, intent.publishByMs],
          ...[...postArguments(intent), JSON.stringify(error), saysNow(intent)],
          ...[...approvalArguments(intent), askedOf(intent), chargesArgument(intent)],
        ),
      ),
    cancel: async (publication, by) => readStep(await run('cancel', publication, by)),

    claim: async (publication, generation, claimant) => {
      const { sender, leaseMs, assisted, lookIfLateMs, terms, limits } = claimant;
      return readDirective(
        await run(
          'claim',
          ...[publication, generation, sender, leaseMs, assisted ? '1' : '0', lookIfLateMs],
          ...[randomUUID(), terms === undefined ? '' : JSON.stringify(terms)],
          JSON.stringify(limits ?? { known: [] }),
        ),
      );
    },
    saveDraft: async (publication, fence, draft) =>
      (await run('saveDraft', publication, fence, JSON.stringify(draft))) === 1,
    begin: async (publication, fence, part, windowMs) => {
      const { settling } = options;
      const mark = settling?.mark() ?? 0;
      const reply = readBegin(await run('begin', publication, fence, part, windowMs));
      const { hasReplicas = false, ...answer } = reply;
      if (!answer.begun || settling === undefined) return answer;
      const isSettled = await settling.settle(mark, hasReplicas);
      return isSettled ? answer : { begun: false, because: 'unsettled' };
    },
    finish: async (publication, fence, outcome) =>
      readFinish(await run(...finishCall(publication, fence, outcome))),
    judge: async (publication, look, verdict) =>
      readFinish(await run(...judgeCall(publication, look, verdict))),

    sawLimits: async (account, app, sightings) => {
      await run('sawLimits', account, app ?? '', JSON.stringify(sightings));
    },
    advanceLines: async () => ((await run('advanceLines')) as Woken[]).flatMap(readWoken),
    lines: async () => ((await run('lines')) as string[][]).map(readLine),

    takeDiscard: async (network) => {
      const json = await redis.lpop(`${base}discards:${network}`);
      if (json === null) return undefined;
      const { publication, account, draft } = JSON.parse(json) as Record<string, string>;
      if (publication === undefined || account === undefined) return undefined;
      return { publication, account, draft: draft ? (JSON.parse(draft) as unknown) : undefined };
    },

    wakeable: async (until, limit) =>
      readWakeables(await redis.zrangebyscore(`${base}wake`, '-inf', until, 'LIMIT', 0, limit)),
    nextWakeAt: async () => {
      const [, score] = await redis.zrange(`${base}wake`, 0, '0', 'WITHSCORES');
      return score === undefined ? undefined : Number(score);
    },
    underWay: async () => {
      const states = ['claimed', 'sending'];
      const names = states.map((state) => redis.zrange(`${base}state:${state}`, 0, '-1'));
      return readWakeables((await Promise.all(names)).flat());
    },
    withWake: async (offset, limit) =>
      readWakeables(await redis.zrange(`${base}wake`, offset, String(offset + limit - 1))),
    expire: async (publication, fence, { senderIsGone, lookAfterMs }) =>
      readStep(await run('expire', publication, fence, senderIsGone ? '1' : '0', lookAfterMs)),
    renew: async (publication, generation) => readStep(await run('renew', publication, generation)),
    miss: async (publication) => readStep(await run('miss', publication)),
    noteLinks: async (publication, check) => {
      const faults = check.faults.map(({ code, message, advice }) =>
        JSON.stringify({ code, message, advice }),
      );
      return (await run('noteLinks', publication, JSON.stringify(check), ...faults)) === 1;
    },

    confirm: async (publication, receipt, by) =>
      readStep(await run('confirm', publication, receipt.remoteId, receipt.url, by)),
    retry: async (publication, by, { notPosted, publishByMs, waitMs = 0 }) =>
      readStep(await run('retry', publication, by, notPosted ? '1' : '0', publishByMs, waitMs)),
    approve: async (publication, { fingerprint, due }, by, { waitMs = 0 } = {}) =>
      readApproveStep(await run('approve', publication, fingerprint, due, by, waitMs)),
    move: async (publication, due, by) => readPlanStep(await run('move', publication, due, by)),
    pause: async (account, hold) => (await run('pause', account, JSON.stringify(hold))) === 1,
    resume: async (account, by, gapMs) => {
      const [wasHeld, resumed, missed] = (await run('resume', account, by, gapMs)) as number[];
      return { wasHeld: wasHeld === 1, resumed: resumed ?? 0, missed: missed ?? 0 };
    },
    holds: async () => {
      const holds = await redis.hgetall(`${base}holds`);
      return new Map(Object.entries(holds).map(([name, json]) => [name, JSON.parse(json) as Hold]));
    },
    ...openRedisCosts(redis, base, run),
    freeze: async (reason, by) =>
      (await run('freeze', JSON.stringify({ reason, by, at: await readTime() }))) === 1,
    freezeAnew: async (reason, by) => {
      await run('freezeAnew', JSON.stringify({ reason, by, at: await readTime() }));
    },
    lookForNew: async (forMs) => {
      await run('lookForNew', forMs);
    },
    settle: async (publication, lookForMs) => {
      await run('settle', publication, lookForMs);
    },
    thaw: async (by, { fence, lookUntil }) => (await run('thaw', fence, lookUntil, by)) === 1,
    frozen: async () => {
      const json = await redis.get(`${base}frozen`);
      return json === null ? undefined : (JSON.parse(json) as Frozen);
    },
    witness: async (testimony) => {
      const { publication, kind, entry, account, network, due, fence, part, at } = testimony;
      const { remoteId = '', url = '' } = testimony.receipt ?? {};
      return readStep(
        await run(
          'witness',
          ...[publication, kind, entry, account, network, due, fence, part, at, remoteId, url],
          testimony.isLastPart === false ? '0' : '1',
        ),
      );
    },

    get: async (publication) => (await readMany([publication]))[0],
    post: async (publication) => {
      const json = await redis.hget(key(publication), 'post');
      return json ? (JSON.parse(json) as Post) : undefined;
    },
    posts: async (publications) => {
      const posts = new Map<string, Post>();
      for (let start = 0; start < publications.length; start += 500) {
        const page = publications.slice(start, start + 500);
        const pipeline = redis.pipeline();
        for (const name of page) pipeline.hget(key(name), 'post');
        const replies = (await pipeline.exec()) ?? [];
        page.forEach((name, i) => {
          const json = replies[i]?.[1] as string | null;
          if (json) posts.set(name, JSON.parse(json) as Post);
        });
      }
      return posts;
    },
    list: async (states = PUBLICATION_STATES) => {
      const stored = states.flatMap((state) =>
        state === 'scheduled' ? [state, 'claimed'] : [state],
      );
      const pages = await Promise.all(
        stored.map((state) => redis.zrange(`${base}state:${state}`, 0, '-1')),
      );
      const records = await readMany([...new Set(pages.flat())]);
      return records
        .filter((record) => record !== undefined)
        .sort((a, b) => a.due - b.due || (a.publication < b.publication ? -1 : 1));
    },
    getMany: readMany,
    story: async (publication) =>
      (await redis.lrange(`${base}story:${publication}`, 0, -1)).map(
        (json) => JSON.parse(json) as StoryEvent,
      ),
    linkCheck: async (publication) => {
      const [json, at] = await redis.hmget(key(publication), 'links', 'linksAt');
      if (!json) return undefined;
      return { ...(JSON.parse(json) as LinkCheck), ageMs: (await readTime()) - Number(at) };
    },
    ownerOf: async (account, remoteId) =>
      (await redis.hget(`${base}remote:${account}`, remoteId)) ?? undefined,
    duplicates: () => redis.lrange(`${base}duplicates`, 0, -1),
    now: readTime,

    id: async () => {
      await redis.set(`${base}id`, randomUUID(), 'NX');
      return (await redis.get(`${base}id`)) ?? '';
    },
    lastFence: async () => Number((await redis.get(`${base}fence`)) ?? 0),
    ...openRedisMedia(redis, base, run),
    ...openRedisRecoveries(run),
    ...openRedisRetractions(run),
    ...openRedisHolding(run),
    ...openRedisSights(redis, base, clock, run),
    ...openRedisArchived({ redis, base, run, readMany }),
    ...openRedisTallies(redis, base, run),
    [Symbol.asyncDispose]: async () => {
      redis.disconnect();
    },
  };
}

const PUBLICATION_FIELDS = [
  ...['entry', 'account', 'network', 'state', 'generation', 'due', 'publishBy', 'fingerprint'],
  ...['attempts', 'publishedAt', 'parts', 'evidence', 'error', 'why', 'cancelledBy', 'failures'],
  ...['publishByMs', 'now', 'heldBy', 'movedBy', 'asked', 'approval', 'approver'],
  ...['approvedFingerprint', 'approvedDue', 'approvedBy', 'approvedAt', 'limitAt', 'limitBy'],
  ...['charges', 'spent', 'currency', 'heldFor'],
  ...['retractBy', 'retractWhy', 'retractAt', 'retractGone', 'retractByHand', 'retractError'],
  'retractStuck',
  ...['corrects', 'correctedAs', 'correctBy', 'correctError'],
  ...['sight', 'holder', 'holdWhy', 'holdAt'],
  ...['archivedAt', 'archivedOn', 'archivedIn'],
] as const;

const WAKEABLE_FIELDS = [
  ...['state', 'network', 'account', 'generation', 'fence', 'sender', 'publishBy', 'attempts'],
  'trace',
] as const;

function postArguments({ post, fingerprint }: Intent): Argument[] {
  return [JSON.stringify(post), partsOf(post).length, fingerprint];
}

function approvalArguments({ approval }: Intent): Argument[] {
  return [approval?.status ?? '', approval?.by ?? ''];
}

function zip(names: readonly string[], values: readonly (string | null)[]) {
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? undefined]));
}

/** Whether the entry says now, also where a rule has put it later. */
function saysNow({ due, isPlannedNow }: Intent): string {
  return due === undefined || isPlannedNow ? '1' : '0';
}
