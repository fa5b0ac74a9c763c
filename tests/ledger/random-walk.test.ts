import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AccountLimits, LimitSighting } from '../../src/core/limits.ts';
import { partsOf } from '../../src/core/post.ts';
import type { Terms } from '../../src/core/prices.ts';
import type { Intent } from '../../src/core/publication.ts';
import type { Claim, FinishAnswer, Look } from '../../src/ledger/attempts.ts';
import { randomFrom } from '../support/chance.ts';
import {
  absent,
  accountRefused,
  aHold,
  anIntent,
  aPost,
  aReceipt,
  aThread,
  type Bench,
  inconsistenciesOf,
  notSent,
  pass,
  posted,
  rejected,
  unknown,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();

/** Two publications of an account say the same: only the ledger can tell their posts apart. */
const INTENTS: readonly Intent[] = [
  anIntent({ publication: 'twin-a/newsroom-x', publishByMs: 86_400_000 }),
  anIntent({ publication: 'twin-b/newsroom-x', publishByMs: 86_400_000 }),
  anIntent({
    publication: 'thread/newsroom-x',
    post: aThread('One', 'Two'),
    publishByMs: 86_400_000,
  }),
  anIntent({ publication: 'page/other-x', post: aPost({ text: 'Page' }), publishByMs: 86_400_000 }),
  anIntent({
    publication: 'guarded/other-x',
    post: aPost({ text: 'Guarded' }),
    publishByMs: 86_400_000,
    approval: { status: 'required' },
  }),
].map((intent) => ({ ...intent, charges: partsOf(intent.post).map(() => ({ post: 1 })) }));
/** So few that the walk runs into it, over so short a time that it gets out again. */
const LIMITS: AccountLimits = {
  app: 'one',
  known: [
    { name: 'posts', of: 'account', posts: 3, perMs: 40 },
    { name: 'day', of: 'app', posts: 5, perMs: 40 },
  ],
};
const SIGHTINGS: readonly LimitSighting[] = [
  { kind: 'stop', of: 'account', what: 'posts', forMs: 20 },
  { kind: 'stop', of: 'app', what: 'posts', forMs: 10 },
  { kind: 'stop', of: 'account', what: 'reads', forMs: 10 },
  { kind: 'pace', of: 'account', name: 'pages', gapMs: 5, forMs: 20 },
  { kind: 'window', of: 'account', name: 'posts', most: 3, left: 1, perMs: 40, resetInMs: 20 },
];
const OVER = ['published', 'failed', 'cancelled'];
const NAMES = INTENTS.map(({ publication }) => publication);

test('whatever workers, scheduler and people do, in any order: no post twice, and none is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const bench = openLedger();
      // What matters here is the order of steps, not that each is on the disk.
      await bench.redis.config('SET', 'appendfsync', 'no');
      const walk = createWalk(bench, seed);
      await walk.start();
      for (let i = 0; i < 120; i++) await walk.step();
      await walk.settle();
    }),
    { numRuns: 10, endOnFailure: true },
  );
});

const PRICE = 7;
const MONTHS = [{ name: '2026-11', from: 0 }];

interface Hand {
  readonly name: string;
  readonly claim: Claim;
  readonly sender: string;
  /** The part that was begun and what the network did, which the ledger has yet to hear. */
  sent?: { readonly part: number; readonly id: string | undefined };
}

interface Sent {
  readonly name: string;
  readonly text: string;
  readonly account: string;
  readonly id: string;
  isDeleted?: boolean;
}

/** Workers, a scheduler, people and a network that does as it likes, in an order that the seed gives. */
function createWalk(bench: Bench, seed: number) {
  const { ledger, claim: claimAs } = bench;
  const random = randomFrom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const chance = (probability: number) => random() < probability;

  const trail: string[] = [];
  const network: Sent[] = [];
  const hands: Hand[] = [];
  const gone = new Set<string>();
  const looks: { name: string; look: Look; seen: readonly string[] }[] = [];
  const lateReceipts: { name: string; fence: number; part: number; id: string }[] = [];
  /** Attempts that may have sent something and of which the ledger has not learnt what. */
  const open = new Map<string, number>();
  const published = new Set<string>();
  /** What somebody wanted to be gone, and what is. */
  const unwanted = new Set<string>();
  const retracted = new Set<string>();
  /** Name and time of what was approved. */
  const approvals = new Set<string>();
  /** What somebody has let go beyond the budget. */
  const exceeded = new Set<string>();
  let senders = 0;
  let budget = 3 * PRICE;
  const termsNow = (): Terms => ({
    ...{ currency: 'USD', prices: { post: PRICE }, months: MONTHS },
    ...{ budget, budgetOfAll: budget + PRICE },
  });

  const partKey = (name: string, part: number) => `${name}#${part}`;
  const isOn = (name: string, part: number) =>
    network.some((post) => post.name === name && post.text === textOf(name, part));

  const check = async (): Promise<void> => {
    const records = await ledger.getMany(NAMES);
    const owners = new Map<string, string | undefined>();
    for (const { account, id } of network) owners.set(id, await ledger.ownerOf(account, id));
    for (const [i, name] of NAMES.entries()) {
      const state = records[i]?.state ?? 'missing';
      const isGone = state === 'retracted';
      if (retracted.has(name)) assert.ok(isGone, `${name} was retracted, and is ${state}`);
      if (isGone) {
        const left = network.filter(({ id, isDeleted }) => owners.get(id) === name && !isDeleted);
        assert.ok(unwanted.has(name), `${name} is retracted, and nobody wanted it`);
        assert.deepEqual(left, [], `${name} is retracted, and a part of it is up`);
        retracted.add(name);
      } else if (published.has(name)) assert.equal(state, 'published', `${name} was published`);
      if (state === 'published') published.add(name);
    }
    for (const { text, account } of network) {
      const posts = network.filter(
        (post) => post.text === text && post.account === account && !post.isDeleted,
      );
      const wanted = INTENTS.filter(
        (intent) => intent.account === account && partsOf(intent.post).includes(text),
      );
      assert.ok(posts.length <= wanted.length, `"${text}" is live ${posts.length} times`);
    }
    assert.deepEqual(await ledger.duplicates(), []);
    assert.deepEqual(await inconsistenciesOf(bench), []);
    for (const [scope, most] of [
      ['account:newsroom-x', 3],
      ['account:other-x', 3],
      ['app:one', 5],
    ] as const) {
      const held = await bench.redis.hvals(`${bench.prefix}:ledger:in-hand:${scope}`);
      const sum = held.reduce((all, posts) => all + Number(posts), 0);
      assert.ok(sum <= most, `${scope} has ${sum} posts in hand`);
    }
    await checkMoney();
  };

  /** The sums are those of the records, and no part was paid twice. */
  async function checkMoney(): Promise<void> {
    let [spent, reserved] = [0, 0];
    for (const name of NAMES) {
      const [paid, aside] = [await bench.field('spent', name), await bench.field('reserve', name)];
      const parts = JSON.parse((await bench.field('parts', name)) ?? '[]') as unknown[];
      assert.ok(Number(paid) <= PRICE * parts.length, `${name} is paid twice`);
      const state = (await bench.field('state', name)) ?? '';
      const isAtRisk = ['claimed', 'sending', 'unconfirmed'].includes(state);
      assert.ok(Number(aside) === 0 || isAtRisk, `${name} is ${state} and has money set aside`);
      spent += Number(paid);
      reserved += Number(aside);
    }
    const all = await sumOf('*');
    assert.deepEqual(all, [spent, reserved]);
    const [x, other] = [await sumOf('newsroom-x'), await sumOf('other-x')];
    assert.deepEqual([x[0] + other[0], x[1] + other[1]], all);
  }

  async function sumOf(whose: string): Promise<[number, number]> {
    const sums = await ledger.monthlySums();
    const sum = sums.find(({ account }) => account === whose);
    return [sum?.spent ?? 0, sum?.reserved ?? 0];
  }

  async function claim(name = pick(NAMES), isHonest = false): Promise<void> {
    const sender = `host:${++senders}:1`;
    const leaseMs = isHonest || chance(0.8) ? 60_000 : 0;
    const terms = termsNow();
    const directive = await claimAs({ sender, leaseMs, limits: LIMITS, terms }, name);
    trail.push(`claim ${name}: ${directive.to}`);
    if (directive.to === 'publish') {
      const live = hands.filter((hand) => hand.name === name && hand.sent === undefined);
      for (const { claim: older } of live) assert.ok(directive.claim.fence > older.fence);
      hands.push({ name, claim: directive.claim, sender });
      const [spent, reserved] = await sumOf(name.slice(name.indexOf('/') + 1));
      const isBound = directive.claim.parts.length === 0 && !exceeded.has(name);
      if (isBound) assert.ok(spent + reserved <= budget, `${name} overshoots the budget`);
    }
    if (directive.to === 'look') {
      const { look } = directive;
      looks.push({ name, look, seen: readAccount(name, look.part) });
    }
  }

  /** Ids of the posts with this text, newest first. */
  function readAccount(name: string, part: number): readonly string[] {
    const account = name.slice(name.indexOf('/') + 1);
    const text = textOf(name, part);
    const posts = network.filter(
      (post) => post.text === text && post.account === account && !post.isDeleted,
    );
    return posts.map(({ id }) => id).reverse();
  }

  async function begin(hand: Hand, isHonest = false): Promise<void> {
    const part = hand.claim.parts.length;
    const windowMs = isHonest || chance(0.8) ? 60_000 : 0;
    const answer = await ledger.begin(hand.name, hand.claim.fence, part, windowMs);
    trail.push(`begin ${hand.name} ${hand.claim.fence}/${part}: ${JSON.stringify(answer)}`);
    if (!answer.begun) {
      drop(hand);
      return;
    }
    const key = partKey(hand.name, part);
    assert.equal(open.get(key), undefined, `${key} may be on its way already`);
    assert.ok(!unwanted.has(hand.name), `${hand.name} is sent, and is to be gone`);
    const due = (await ledger.get(hand.name))?.due;
    const isFree =
      intentOf(hand.name).approval === undefined || approvals.has(`${hand.name} ${due}`);
    assert.ok(isFree, `${hand.name} is sent without approval`);
    open.set(key, hand.claim.fence);
    const isStored = isHonest || chance(0.5);
    const id = isStored ? String(network.length + 1) : undefined;
    hand.sent = { part, id };
    if (id !== undefined) {
      const account = hand.name.slice(hand.name.indexOf('/') + 1);
      network.push({ name: hand.name, account, text: textOf(hand.name, part), id });
    }
  }

  async function answer(hand: Hand, isHonest = false): Promise<void> {
    const { name, sent } = hand;
    const { fence } = hand.claim;
    if (sent === undefined) return;
    const { part, id } = sent;
    drop(hand);
    if (!isHonest && chance(0.25)) {
      // The worker dies, or its answer comes much later than anybody waits.
      if (id !== undefined && chance(0.7)) lateReceipts.push({ name, fence, part, id });
      trail.push(`lost ${name} ${fence}`);
      return;
    }
    if (!isHonest && chance(0.2)) {
      await ledger.finish(name, fence, unknown());
      trail.push(`unknown ${name} ${fence}`);
      return;
    }
    if (id !== undefined) {
      const { state } = await tellReceipt({ name, fence, part, id });
      if (state !== 'claimed') return;
      gone.delete(hand.sender);
      const parts = [...hand.claim.parts, aReceipt(id)];
      hands.push({ name, sender: hand.sender, claim: { ...hand.claim, parts } });
      return;
    }
    const outcome = pick([
      rejected(),
      notSent(),
      notSent({ spendsAttempt: false }),
      notSent({ spendsAttempt: false, limit: 'account' }),
      notSent({ spendsAttempt: false, limit: 'app', retryInMs: 10 }),
      accountRefused(),
    ]);
    const answered = await ledger.finish(name, fence, outcome);
    trail.push(`${outcome.kind} ${name} ${fence}: ${answered.accepted}`);
    if (answered.accepted) open.delete(partKey(name, part));
    if (chance(0.2)) await ledger.finish(name, fence, outcome);
  }

  async function tellReceipt(late: (typeof lateReceipts)[number]): Promise<FinishAnswer> {
    const { name, fence, part, id } = late;
    const receipt = aReceipt(id);
    const answered = await ledger.finish(name, fence, posted({ part, receipt }));
    trail.push(`posted ${name} ${fence}/${part} ${id}: ${answered.accepted} ${answered.state}`);
    if (answered.accepted) open.delete(partKey(name, part));
    if (chance(0.2)) await ledger.finish(name, fence, posted({ part, receipt }));
    return answered;
  }

  async function judge(taken: (typeof looks)[number]): Promise<void> {
    const { name, look, seen } = taken;
    looks.splice(looks.indexOf(taken), 1);
    for (const id of seen) {
      const receipt = aReceipt(id);
      const answered = await ledger.judge(name, look, { kind: 'found', part: look.part, receipt });
      if (!answered.accepted) continue;
      trail.push(`found ${name}/${look.part} ${id}: ${answered.state}`);
      open.delete(partKey(name, look.part));
      return;
    }
    const isFinal = look.isPrecaution || look.number >= 1;
    const answered = await ledger.judge(name, look, absent({ isFinal, maxAttempts: 50 }));
    trail.push(
      `absent ${name}/${look.part} ${look.number}: ${answered.accepted} ${answered.state}`,
    );
    if (answered.accepted && isFinal) open.delete(partKey(name, look.part));
  }

  async function expire(): Promise<void> {
    for (const { publication, fence, sender } of await ledger.underWay()) {
      const senderIsGone = sender !== undefined && gone.has(sender);
      const { changed, state } = await ledger.expire(publication, fence, {
        senderIsGone,
        lookAfterMs: 0,
      });
      if (changed) trail.push(`expire ${publication} ${fence}: ${state}`);
    }
  }

  async function beOperator(): Promise<void> {
    const name = pick(NAMES);
    const intent = intentOf(name);
    const generation = await bench.generation(name);
    const deed = pick([
      ...['cancel', 'add', 'amend', 'retry', 'confirm', 'pause', 'resume', 'thaw'],
      ...['approve', 'approve', 'move', 'reconsider', 'reconsider', 'exceed', 'limit', 'advance'],
      ...['hold', 'release'],
    ]);
    trail.push(`${deed} ${name}`);
    if (deed === 'cancel') await ledger.cancel(name, 'apply');
    if (deed === 'add') await ledger.add(intent);
    if (deed === 'amend') await ledger.amend(intent, generation - (chance(0.2) ? 1 : 0));
    if (deed === 'pause') await ledger.pause(pick(['*', 'newsroom-x']), aHold());
    if (deed === 'resume') await ledger.resume(pick(['*', 'newsroom-x', 'other-x']), 'ada', 0);
    if (deed === 'hold') await ledger.holdOne(name, 'ada', '');
    if (deed === 'release') await ledger.releaseOne(name, 'ada');
    if (deed === 'limit') await ledger.sawLimits(intent.account, 'one', [pick(SIGHTINGS)]);
    if (deed === 'advance') await ledger.advanceLines();
    if (deed === 'approve') await approve(name);
    if (deed === 'exceed') await exceed(name);
    if (deed === 'reconsider') await reconsider(pick([3, 4, 5, 6]) * PRICE);
    if (deed === 'move') await ledger.move(name, (await ledger.now()) - pick([0, 5_000]), 'ada');
    if (deed === 'thaw') {
      await ledger.freeze('a rehearsal', 'ada');
      await claim(name);
      const lookUntil = await ledger.now();
      await ledger.thaw('ada', { fence: (await ledger.lastFence()) + 7, lookUntil });
    }
    if (deed === 'retry') {
      const notPosted = !network.some((post) => post.name === name);
      const step = await ledger.retry(name, 'ada', { notPosted, publishByMs: 86_400_000 });
      if (step.changed && notPosted) open.delete(partKey(name, 0));
    }
    if (deed === 'confirm' && partsOf(intent.post).every((_, i) => isOn(name, i))) {
      const { id } = network.find((post) => post.name === name) ?? { id: '' };
      await ledger.confirm(name, aReceipt(id), 'ada');
    }
  }

  async function retract(name: string): Promise<void> {
    const wish = { by: 'ada', reason: 'wrong', isByHand: false };
    const { changed, state } = await ledger.retract(name, wish);
    trail.push(`retract ${name}: ${changed} ${state}`);
    if (changed) unwanted.add(name);
  }

  /** Deletes one part, the last first; the answer may be lost, and then another does it again. */
  async function deletePart(isHonest = false): Promise<boolean> {
    const taken = await ledger.takeRetraction('twitter', isHonest || chance(0.5) ? 0 : 60_000);
    const part = taken?.parts.findLast(({ remoteId }) => !taken.gone.includes(remoteId));
    if (taken === undefined || part === undefined) return false;
    for (const post of network) {
      if (post.id !== part.remoteId) continue;
      // Of twins that say the same, either may have the other's: what the ledger says counts.
      const owner = await ledger.ownerOf(post.account, post.id);
      assert.equal(owner, taken.publication, 'a post of another publication is deleted');
      post.isDeleted = true;
    }
    if (isHonest || chance(0.7)) {
      const { state } = await ledger.partGone(taken.publication, part.remoteId);
      trail.push(`gone ${taken.publication} ${part.remoteId}: ${state}`);
    }
    return true;
  }

  async function exceed(name: string): Promise<void> {
    const { fingerprint = '', due = 0 } = (await ledger.get(name)) ?? {};
    const { changed } = await ledger.exceedBudget(name, { fingerprint, due }, 'ada');
    if (changed) exceeded.add(name);
  }

  async function reconsider(amount: number): Promise<void> {
    budget = amount;
    const terms = new Map(['newsroom-x', 'other-x'].map((account) => [account, termsNow()]));
    await ledger.reconsider(terms, 0);
  }

  async function approve(name: string): Promise<void> {
    const { fingerprint = '', due = 0 } = (await ledger.get(name)) ?? {};
    const step = await ledger.approve(name, { fingerprint, due }, 'ada');
    if (step.changed) approvals.add(`${name} ${due}`);
  }

  function drop(hand: Hand): void {
    gone.add(hand.sender);
    hands.splice(hands.indexOf(hand), 1);
  }

  async function act(): Promise<void> {
    const roll = random();
    const hand = hands.length > 0 ? pick(hands) : undefined;
    if (roll < 0.27) await claim();
    else if (roll < 0.45 && hand && !hand.sent) await begin(hand);
    else if (roll < 0.48 && hand && !hand.sent) drop(hand);
    else if (roll < 0.68 && hand?.sent) await answer(hand);
    else if (roll < 0.78 && looks.length > 0) await judge(pick(looks));
    else if (roll < 0.83) await expire();
    else if (roll < 0.86) await tellLate();
    else if (roll < 0.88) await retract(pick(NAMES));
    else if (roll < 0.92) await deletePart();
    else await beOperator();
  }

  async function tellLate(): Promise<void> {
    const late = pick(lateReceipts);
    if (late === undefined) return;
    lateReceipts.splice(lateReceipts.indexOf(late), 1);
    await tellReceipt(late);
  }

  async function explaining(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      await check();
    } catch (error) {
      throw new Error(`${error}\nThe walk of seed ${seed}:\n${trail.slice(-60).join('\n')}`);
    }
  }

  return {
    async start() {
      for (const intent of INTENTS) await ledger.add(intent);
    },
    step: () => explaining(act),
    /** Everybody does their work until nothing is left to do: all that is wanted and not refused is up. */
    settle: () => explaining(settle),
  };

  async function settle(): Promise<void> {
    for (const name of NAMES) await ledger.releaseOne(name, 'ada');
    for (const account of ['*', 'newsroom-x', 'other-x']) await ledger.resume(account, 'ada', 0);
    for (const hand of [...hands]) drop(hand);
    for (let round = 0; round < 40; round++) {
      // Every limit of the walk is over after a moment.
      if (round > 0) await pass(5);
      const states = await Promise.all(NAMES.map((name) => bench.state(name)));
      if (states.every((state) => OVER.includes(state)) && hands.length === 0) break;
      await expire();
      await reconsider(1_000 * PRICE);
      for (const name of NAMES) {
        await approve(name);
        // A look that a vanished worker has taken lasts as long as a lease.
        if ((await bench.state(name)) === 'unconfirmed') {
          await bench.redis.hset(`${bench.prefix}:ledger:publication:${name}`, 'lookAt', 0);
        }
        await claim(name, true);
      }
      for (const taken of [...looks]) await judge(taken);
      for (const hand of [...hands]) {
        await begin(hand, true);
        await answer(hand, true);
      }
    }
    const waiting = `${bench.prefix}:ledger:retracting:twitter`;
    for (const name of unwanted) await bench.redis.zadd(waiting, 'XX', 0, name);
    while (await deletePart(true));
    for (const name of NAMES) {
      const state = await bench.state(name);
      const ends = unwanted.has(name) ? ['retracted', 'failed', 'cancelled'] : OVER;
      assert.ok(ends.includes(state), `${name} is ${state} in the end`);
    }
    const up = INTENTS.filter(
      ({ publication }) => published.has(publication) && !unwanted.has(publication),
    );
    for (const text of up.flatMap(({ post }) => partsOf(post))) {
      const believed = up.filter(({ post }) => partsOf(post).includes(text));
      const posts = network.filter((post) => post.text === text);
      assert.ok(posts.length >= believed.length, `"${text}" is believed to be live, and is not`);
    }
  }
}

function intentOf(name: string): Intent {
  const intent = INTENTS.find(({ publication }) => publication === name);
  return intent ?? assert.fail(`${name} is not one of them`);
}

function textOf(name: string, part: number): string {
  const intent = INTENTS.find(({ publication }) => publication === name);
  return intent === undefined ? '' : (partsOf(intent.post)[part] ?? '');
}
