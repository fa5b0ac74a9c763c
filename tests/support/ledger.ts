import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { type Post, partsOf, type Receipt } from '../../src/core/post.ts';
import type { Intent, PublicationError } from '../../src/core/publication.ts';
import type {
  Claim,
  Claimant,
  Directive,
  FinishAnswer,
  Look,
  Outcome,
  Verdict,
} from '../../src/ledger/attempts.ts';
import type { Hold, Ledger, Testimony } from '../../src/ledger/ledger.ts';
import { openRedisLedger } from '../../src/ledger/redis-ledger.ts';
import type { KnownRetraction } from '../../src/ledger/retractions.ts';
import { fingerprintOf } from '../../src/planning/fingerprint.ts';
import { startTestRedis, type TestRedis } from './redis.ts';

export const NAME = 'spring-report/newsroom-x';

export function aPost(over: Partial<Post> = {}): Post {
  return { network: 'twitter', text: 'Our spring report is out', media: [], ...over };
}

/** The publication that most tests are about: due at once. */
export function anIntent({
  post = aPost(),
  publication = NAME,
  ...over
}: Partial<Intent> = {}): Intent {
  const slash = publication.lastIndexOf('/');
  return {
    publication,
    entry: publication.slice(0, slash),
    account: publication.slice(slash + 1),
    network: post.network,
    due: undefined,
    publishByMs: 60_000,
    post,
    fingerprint: fingerprintOf(post),
    ...over,
  };
}

export function aThread(...texts: string[]): Post {
  const [text = 'One', ...thread] = texts.length === 0 ? ['One', 'Two', 'Three'] : texts;
  return aPost({ text, thread });
}

export function aReceipt(remoteId = '100'): Receipt {
  return { remoteId, url: `https://x.example/newsroom/${remoteId}` };
}

export function anError(over: Partial<PublicationError> = {}): PublicationError {
  return { code: 'twitter:503', message: 'X is away.', advice: 'Nothing to do.', ...over };
}

export function aClaimant(over: Partial<Claimant> = {}): Claimant {
  return {
    sender: 'host:1:1',
    leaseMs: 60_000,
    assisted: false,
    lookIfLateMs: 900_000,
    ...over,
  };
}

export function aHold(over: Partial<Hold> = {}): Hold {
  return { kind: 'operator', by: 'ada', reason: 'a pause', at: 0, ...over };
}

export function posted(over: Partial<Extract<Outcome, { kind: 'posted' }>> = {}): Outcome {
  return { kind: 'posted', part: 0, receipt: aReceipt(), leaseMs: 60_000, ...over };
}

export function notSent(over: Partial<Extract<Outcome, { kind: 'not-sent' }>> = {}): Outcome {
  return {
    kind: 'not-sent',
    error: anError(),
    retryInMs: 0,
    spendsAttempt: true,
    maxAttempts: 6,
    ...over,
  };
}

export function rejected(): Outcome {
  return { kind: 'rejected', error: anError({ code: 'twitter:186', message: 'Too long.' }) };
}

export function accountRefused(): Outcome {
  const error = anError({ code: 'twitter:401', message: 'The token is dead.' });
  return {
    kind: 'account-refused',
    error,
    hold: aHold({ kind: 'refused', by: 'carillon', reason: error.message, code: error.code }),
  };
}

export function unknown(lookAfterMs = 0, isSaidToBeThere = false): Outcome {
  const error = anError({ code: 'twitter:timeout' });
  return { kind: 'unknown', error, lookAfterMs, isSaidToBeThere };
}

export function absent(over: Partial<Extract<Verdict, { kind: 'absent' }>> = {}): Verdict {
  return { kind: 'absent', isFinal: false, lookAt: 0, maxAttempts: 6, ...over };
}

export function found(remoteId = '100', part = 0): Verdict {
  return { kind: 'found', part, receipt: aReceipt(remoteId) };
}

export function aTestimony(over: Partial<Testimony> = {}): Testimony {
  return {
    kind: 'may-be-posted',
    publication: NAME,
    entry: 'spring-report',
    account: 'newsroom-x',
    network: 'twitter',
    due: 1_000,
    fence: 50,
    part: 0,
    at: Date.now(),
    ...over,
  };
}

/** As a journal knows it: wanted, and nothing of it deleted yet. */
export function aRetraction(over: Partial<KnownRetraction> = {}): KnownRetraction {
  return {
    publication: NAME,
    entry: 'spring-report',
    account: 'newsroom-x',
    network: 'twitter',
    due: 1_000,
    parts: [aReceipt('100')],
    gone: [],
    by: 'ada',
    reason: 'wrong',
    at: 2_000,
    ...over,
  };
}

/** A ledger with the steps that tests take again and again. */
export interface Bench {
  readonly ledger: Ledger;
  readonly redis: Redis;
  readonly prefix: string;
  claim(over?: Partial<Claimant>, publication?: string): Promise<Directive>;
  /** Claims, and insists that it may publish. */
  claimToPublish(over?: Partial<Claimant>, publication?: string): Promise<Claim>;
  /** Claims, and insists that it is to look. */
  claimToLook(over?: Partial<Claimant>, publication?: string): Promise<Look>;
  /** Claims and begins. */
  startSending(options?: {
    windowMs?: number;
    part?: number;
    publication?: string;
    claimant?: Partial<Claimant>;
  }): Promise<Claim>;
  /** Sends with an unclear outcome, to be looked for at once. */
  fallIntoDoubt(publication?: string): Promise<Claim>;
  generation(publication?: string): Promise<number>;
  state(publication?: string): Promise<string>;
  kinds(publication?: string): Promise<readonly string[]>;
  /** One field of the record as it is stored. */
  field(name: string, publication?: string): Promise<string | null>;
  /** Moves an instant of the record into the past, as if time had gone by. */
  endTime(field: 'publishBy' | 'doubtAt', agoMs?: number): Promise<void>;
}

/** Starts one Redis for the tests of a file; each call of the answer gives an empty ledger in it. */
export function useLedgers(): () => Bench {
  let server: TestRedis | undefined;
  let connection: Redis | undefined;
  let count = 0;
  before(async () => {
    server = await startTestRedis();
    connection = server.connect();
  });
  after(() => server?.stop());
  return () => {
    if (connection === undefined) throw new Error('The test has not begun.');
    return openBench(connection, `{carillon-test-${++count}}`);
  };
}

export function openBench(redis: Redis, prefix: string): Bench {
  const ledger = openRedisLedger(redis, { prefix });
  const generation = async (publication = NAME) => (await ledger.get(publication))?.generation ?? 0;
  const claim: Bench['claim'] = async (over = {}, publication = NAME) =>
    ledger.claim(publication, await generation(publication), aClaimant(over));
  const claimToPublish: Bench['claimToPublish'] = async (over, publication) => {
    const directive = await claim(over, publication);
    if (directive.to !== 'publish') assert.fail(`May not publish: ${JSON.stringify(directive)}`);
    return directive.claim;
  };
  const startSending: Bench['startSending'] = async (options = {}) => {
    const { windowMs = 60_000, publication = NAME, claimant } = options;
    const taken = await claimToPublish(claimant, publication);
    const part = options.part ?? taken.parts.length;
    const answer = await ledger.begin(publication, taken.fence, part, windowMs);
    assert.deepEqual(answer, { begun: true });
    return taken;
  };
  return {
    ledger,
    redis,
    prefix,
    claim,
    claimToPublish,
    async claimToLook(over, publication) {
      const directive = await claim(over, publication);
      if (directive.to !== 'look') assert.fail(`May not look: ${JSON.stringify(directive)}`);
      return directive.look;
    },
    startSending,
    async fallIntoDoubt(publication = NAME) {
      const taken = await startSending({ publication });
      await ledger.finish(publication, taken.fence, unknown());
      return taken;
    },
    generation,
    state: async (publication = NAME) => (await ledger.get(publication))?.state ?? 'missing',
    kinds: async (publication = NAME) => (await ledger.story(publication)).map(({ kind }) => kind),
    field: (name, publication = NAME) =>
      redis.hget(`${prefix}:ledger:publication:${publication}`, name),
    async endTime(field, agoMs = 1_000) {
      const at = (await ledger.now()) - agoMs;
      await redis.hset(`${prefix}:ledger:publication:${NAME}`, field, at);
    },
  };
}

/** Posts every part that is left of a publication, and answers what the ledger said last. */
export async function publishAll(bench: Bench, publication = NAME): Promise<FinishAnswer> {
  const claim = await bench.claimToPublish({}, publication);
  let answer: FinishAnswer | undefined;
  for (let part = claim.parts.length; part < partsOf(claim.post).length; part++) {
    await bench.ledger.begin(publication, claim.fence, part, 60_000);
    const receipt = aReceipt(`${publication}-${claim.fence}-${part}`);
    answer = await bench.ledger.finish(publication, claim.fence, posted({ part, receipt }));
  }
  return answer ?? assert.fail('Every part was up already.');
}

/** A little longer than that by the clock of Redis. */
export const pass = (ms: number): Promise<void> => wait(ms + 5);

/**
 * Says what is inconsistent between the records and the sets: every publication stands in exactly the set of
 * its state, and has a next step if and only if it is open. It has a reservation if and only if a worker has it in
 * hand, and only what is scheduled stands in a line.
 */
export async function inconsistenciesOf({ redis, prefix }: Bench): Promise<readonly string[]> {
  const base = `${prefix}:ledger:`;
  const keys = await redis.keys(`${base}*`);
  const below = (kind: string) =>
    keys
      .filter((key) => key.startsWith(base + kind))
      .map((key) => key.slice(base.length + kind.length));
  const sets = await Promise.all(
    below('state:').map(async (state) => {
      const names = await redis.zrange(`${base}state:${state}`, 0, '-1');
      return names.map((name) => [name, state] as const);
    }),
  );
  const entries = sets.flat();
  const names = new Set([...below('publication:'), ...entries.map(([name]) => name)]);
  const wrong = await Promise.all(
    [...names].map(async (name) => {
      const [state, wake] = await Promise.all([
        redis.hget(`${base}publication:${name}`, 'state'),
        redis.zscore(`${base}wake`, name),
      ]);
      const standsIn = entries.filter(([one]) => one === name).map(([, its]) => its);
      const isOpen = OPEN.includes(state ?? '');
      const account = name.slice(name.lastIndexOf('/') + 1);
      const [reserved, inLine, limitAt] = await Promise.all([
        redis.hget(`${base}in-hand:account:${account}`, name),
        redis.zscore(`${base}line:${account}`, name),
        redis.hget(`${base}publication:${name}`, 'limitAt'),
      ]);
      const isArchived = (await redis.zscore(`${base}archived`, name)) !== null;
      const isInHand = state === 'claimed' || state === 'sending';
      const isOffLine = inLine !== null && state !== 'scheduled';
      return [
        ...(isInHand === (reserved !== null) ? [] : [`${name} is ${state} and has ${reserved}`]),
        ...(isOffLine ? [`${name} is ${state} and stands in the line`] : []),
        ...((inLine === null) === (limitAt === null) ? [] : [`${name} waits until ${limitAt}`]),
        ...(standsIn.join() === (isArchived ? '' : (state ?? ''))
          ? []
          : [`${name} is ${state} and in ${standsIn}`]),
        ...(isOpen === (wake !== null) ? [] : [`${name} is ${state} and wakes at ${wake}`]),
      ];
    }),
  );
  return wrong.flat();
}

const OPEN: readonly string[] = ['scheduled', 'claimed', 'held', 'sending', 'unconfirmed'];
