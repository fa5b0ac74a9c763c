import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { WantedApproval } from '../../src/core/approval.ts';
import type { Intent } from '../../src/core/publication.ts';
import type { ShownForApproval } from '../../src/ledger/ledger.ts';
import { pick as pickFrom, randomFrom } from '../support/chance.ts';
import {
  absent,
  aHold,
  anError,
  anIntent,
  aPost,
  type Bench,
  inconsistenciesOf,
  NAME,
  notSent,
  posted,
  publishAll,
  rejected,
  unknown,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();

const required = { status: 'required' } as const;
const draft = { status: 'draft' } as const;
const approvedByAnna = { status: 'approved', by: 'anna' } as const;

function anIntentThatWaits(over: Partial<Intent> = {}): Intent {
  return anIntent({ approval: required, ...over });
}

/** What somebody sees who looks at the publication at this moment. */
async function shown({ ledger }: Bench): Promise<ShownForApproval> {
  const record = await ledger.get(NAME);
  return { fingerprint: record?.fingerprint ?? '', due: record?.due ?? 0 };
}

async function approve(bench: Bench, by = 'anna') {
  return bench.ledger.approve(NAME, await shown(bench), by);
}

test('what needs approval is held, says so, and is not given to a worker', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntentThatWaits());

  const directive = await bench.claim();

  assert.deepEqual(directive, { to: 'go-home', because: 'held' });
  const record = await bench.ledger.get(NAME);
  assert.equal(record?.state, 'held');
  assert.equal(record?.error?.code, 'waits-for-approval');
  assert.match(record?.error?.advice ?? '', /carillon approve spring-report\/newsroom-x/);
  assert.deepEqual(record?.approval, { wanted: required, isWaiting: true });
});

test('approved at its time, it goes out, and the story says who has approved what', async () => {
  const bench = openLedger();
  const intent = anIntentThatWaits();
  await bench.ledger.add(intent);

  const step = await approve(bench);
  await publishAll(bench);

  assert.deepEqual([step.changed, step.state], [true, 'scheduled']);
  assert.equal(await bench.state(), 'published');
  const told = (await bench.ledger.story(NAME)).find(({ kind }) => kind === 'approved');
  assert.equal(told?.detail.by, 'anna');
  assert.equal(told?.detail.fingerprint, intent.fingerprint);
});

test('approved before its time, it waits for its time', async () => {
  const bench = openLedger();
  const due = (await bench.ledger.now()) + 60_000;
  await bench.ledger.add(anIntentThatWaits({ due }));

  await approve(bench);

  assert.equal((await bench.claim()).to, 'wait');
  assert.equal((await bench.ledger.get(NAME))?.nextAt, due);
});

test('approving twice is once', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntentThatWaits());
  await approve(bench);
  const { generation } = (await bench.ledger.get(NAME)) ?? {};

  const again = await approve(bench, 'ben');

  assert.deepEqual([again.changed, again.because], [false, 'approved']);
  const record = await bench.ledger.get(NAME);
  assert.equal(record?.generation, generation);
  assert.equal(record?.approval?.given?.by, 'anna');
});

test('an approval of a text or a time that is no more is refused', async () => {
  const bench = openLedger();
  const now = await bench.ledger.now();
  await bench.ledger.add(anIntentThatWaits({ due: now }));
  const old = await shown(bench);

  const words = anIntentThatWaits({ due: now, post: aPost({ text: 'Other words' }) });
  await bench.ledger.amend(words, await bench.generation());
  const ofText = await bench.ledger.approve(NAME, old, 'anna');
  await bench.ledger.amend({ ...words, due: now - 1_000 }, await bench.generation());
  const ofTime = await bench.ledger.approve(
    NAME,
    { fingerprint: words.fingerprint, due: now },
    'anna',
  );

  assert.deepEqual([ofText.because, ofTime.because], ['changed', 'changed']);
  assert.equal((await bench.claim()).to, 'go-home');
});

test('another text or time asks again, and the old ones are approved still', async () => {
  const bench = openLedger();
  const due = await bench.ledger.now();
  const intent = anIntentThatWaits({ due });
  await bench.ledger.add(intent);
  await approve(bench);

  const words = anIntentThatWaits({ due, post: aPost({ text: 'Other words' }) });
  await bench.ledger.amend(words, await bench.generation());
  assert.equal(await bench.state(), 'held');
  assert.match((await bench.ledger.get(NAME))?.error?.message ?? '', /What anna has approved was/);

  await bench.ledger.amend({ ...intent, due: due - 1 }, await bench.generation());
  assert.equal(await bench.state(), 'held');

  await bench.ledger.amend(intent, await bench.generation());
  assert.equal((await bench.claim()).to, 'publish');
});

test('a draft is held, nobody can approve it, and it is missed in the end', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ approval: draft }));

  const step = await approve(bench);

  assert.deepEqual([step.changed, step.because], [false, 'draft']);
  assert.equal((await bench.ledger.get(NAME))?.error?.code, 'draft');
  await bench.endTime('publishBy');
  await bench.ledger.miss(NAME);
  assert.equal((await bench.ledger.get(NAME))?.error?.code, 'not-approved');
});

test('the config approves once, by name: what it changes later waits', async () => {
  const bench = openLedger();
  const due = await bench.ledger.now();
  const intent = anIntent({ due, approval: draft });
  await bench.ledger.add(intent);

  await bench.ledger.amend({ ...intent, approval: approvedByAnna }, await bench.generation());
  assert.equal(await bench.state(), 'scheduled');
  const post = aPost({ text: 'Other words' });
  const changed = anIntent({ due, post, approval: approvedByAnna });
  await bench.ledger.amend(changed, await bench.generation());
  assert.equal(await bench.state(), 'held');

  const byBen = { ...changed, approval: { status: 'approved', by: 'ben' } } as const;
  await bench.ledger.amend(byBen, await bench.generation());
  assert.equal((await bench.claim()).to, 'publish');
  assert.equal((await bench.ledger.get(NAME))?.approval?.given?.by, 'ben');
});

test('what the config approves from the beginning goes out', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ approval: approvedByAnna }));

  assert.equal((await bench.claim()).to, 'publish');
});

test('an approval that comes to be required holds what is planned, and one that is not any more lets it go', async () => {
  const bench = openLedger();
  const due = await bench.ledger.now();
  await bench.ledger.add(anIntent({ due }));

  await bench.ledger.amend(anIntentThatWaits({ due }), await bench.generation());
  assert.equal(await bench.state(), 'held');
  await bench.ledger.amend(anIntent({ due }), await bench.generation());
  assert.equal((await bench.claim()).to, 'publish');
  assert.equal((await bench.ledger.get(NAME))?.approval, undefined);
});

test('the end of a pause is no approval', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntentThatWaits());
  await bench.ledger.pause('*', aHold());

  const answer = await bench.ledger.resume('*', 'ada', 0);

  assert.equal(answer.resumed, 0);
  assert.equal(await bench.state(), 'held');
});

test('approved while its account is paused, it waits for the end of the pause', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntentThatWaits());
  await bench.ledger.pause('newsroom-x', aHold());
  await approve(bench);

  assert.deepEqual(await bench.claim(), { to: 'go-home', because: 'held' });
  await bench.ledger.resume('newsroom-x', 'ada', 0);

  assert.equal((await bench.claim()).to, 'publish');
});

test('what failed and has other words waits for approval before it is tried again', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntentThatWaits());
  await approve(bench);
  await bench.ledger.finish(NAME, (await bench.startSending()).fence, rejected());

  const post = aPost({ text: 'Shorter' });
  await bench.ledger.amend(anIntentThatWaits({ post }), await bench.generation());
  assert.equal(await bench.state(), 'held');
  await approve(bench);

  assert.equal((await bench.claim()).to, 'publish');
});

test('what was missed or came too late is not sent by retry before it is approved', async () => {
  const bench = openLedger();
  const intent = anIntentThatWaits({ due: (await bench.ledger.now()) - 1_200_000 });
  await bench.ledger.addMissed(intent, anError({ code: 'late' }));

  const step = await bench.ledger.retry(NAME, 'ada', { notPosted: false, publishByMs: 60_000 });

  assert.deepEqual([step.changed, step.state], [true, 'held']);
  assert.equal((await bench.claim()).to, 'go-home');
  await approve(bench);
  // So late, it is looked for first.
  assert.equal((await bench.claim()).to, 'look');
});

test('what needs no approval cannot be approved', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());

  assert.equal((await approve(bench)).because, 'not-asked');
  assert.equal(
    (await bench.ledger.approve('nowhere/else', await shown(bench), 'a')).state,
    'missing',
  );
});

test('approval that comes after the last moment publishes nothing', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntentThatWaits());
  await bench.endTime('publishBy');

  const step = await approve(bench);

  assert.equal(step.state, 'missed');
});

test('should a record have slipped through, the claim and the last step before the request refuse it', async () => {
  const bench = openLedger();
  const key = `${bench.prefix}:ledger:publication:${NAME}`;
  await bench.ledger.add(anIntent());
  await bench.redis.hset(key, 'approval', 'required');
  assert.deepEqual(await bench.claim(), { to: 'go-home', because: 'held' });

  await approve(bench);
  const { fence } = await bench.claimToPublish();
  await bench.redis.hset(key, 'approval', 'draft');

  assert.deepEqual(await bench.ledger.begin(NAME, fence, 0, 1_000), {
    begun: false,
    because: 'paused',
  });
  assert.equal((await bench.ledger.get(NAME))?.attempts, 0);
});

test('whatever people, config, workers and scheduler do, in any order: nothing is sent that was not approved as it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const bench = openLedger();
      await bench.redis.config('SET', 'appendfsync', 'no');
      const walk = await createWalk(bench, seed);
      for (let i = 0; i < 120; i++) await walk();
      assert.deepEqual(await inconsistenciesOf(bench), []);
    }),
    { numRuns: 10, endOnFailure: true },
  );
});

/** One publication whose text, time and need for approval change while everybody is at work. */
async function createWalk(bench: Bench, seed: number) {
  const { ledger } = bench;
  const random = randomFrom(seed);
  const pick = <T>(values: readonly T[]): T => pickFrom(values, random);
  const start = await ledger.now();
  const wishes: readonly WantedApproval[] = [
    required,
    draft,
    approvedByAnna,
    { ...approvedByAnna, by: 'ben' },
  ];
  /** By text and time: what somebody, or the config, has approved. */
  const approved = new Set<string>();
  const keyOf = ({ fingerprint, due }: ShownForApproval) => `${fingerprint} ${due}`;
  const seen: ShownForApproval[] = [];
  let wish: WantedApproval = required;
  let fence = 0;
  const trail: string[] = [];

  const wanted = (): Intent =>
    anIntent({
      due: start - pick([0, 1, 2]),
      post: aPost({ text: pick(['One', 'Two']) }),
      publishByMs: 86_400_000,
      approval: wish,
    });
  const config = async (): Promise<void> => {
    const before = (await ledger.get(NAME))?.approval?.wanted;
    if (random() < 0.4) wish = pick(wishes);
    const intent = wanted();
    const known = await ledger.get(NAME);
    const step =
      known === undefined || known.state === 'cancelled'
        ? await ledger.add(intent)
        : await ledger.amend(intent, known.generation);
    if (!step.changed) return;
    const isNew = before?.status !== wish.status || before?.by !== wish.by;
    const { fingerprint } = intent;
    if (wish.status === 'approved' && isNew) approved.add(keyOf({ fingerprint, due: step.due }));
  };
  const deeds: Readonly<Record<string, () => Promise<unknown>>> = {
    config,
    look: async () => seen.push(await shown(bench)),
    async approve() {
      const what = random() < 0.6 ? await shown(bench) : pick(seen);
      if (what === undefined) return;
      const step = await ledger.approve(NAME, what, 'anna');
      if (step.changed) approved.add(keyOf(what));
    },
    async claim() {
      const directive = await bench.claim({ leaseMs: pick([0, 60_000]), lookIfLateMs: 86_400_000 });
      if (directive.to === 'look') {
        await ledger.judge(NAME, directive.look, absent({ isFinal: true, maxAttempts: 99 }));
      }
      if (directive.to !== 'publish') return;
      fence = directive.claim.fence;
    },
    async begin() {
      const answer = await ledger.begin(NAME, fence, 0, 60_000);
      if (!answer.begun) return;
      // What the request would carry is what the record holds at this moment: nothing changes it from here on.
      const what = await shown(bench);
      assert.ok(approved.has(keyOf(what)), `sent without approval: ${keyOf(what)}`);
      assert.notEqual((await ledger.get(NAME))?.approval?.wanted.status, 'draft');
    },
    finish: () => ledger.finish(NAME, fence, pick([notSent(), rejected(), unknown()])),
    published: async () => random() < 0.1 && ledger.finish(NAME, fence, posted()),
    pause: () => ledger.pause(pick(['*', 'newsroom-x']), aHold()),
    resume: () => ledger.resume(pick(['*', 'newsroom-x']), 'ada', 0),
    retry: () => ledger.retry(NAME, 'ada', { notPosted: random() < 0.5, publishByMs: 86_400_000 }),
    move: () => ledger.move(NAME, start - pick([3, 4]), 'ada'),
    cancel: () => ledger.cancel(NAME, 'apply'),
    expire: () => ledger.expire(NAME, fence, { senderIsGone: random() < 0.3, lookAfterMs: 0 }),
  };
  return async (): Promise<void> => {
    const name = pick([
      ...Object.keys(deeds),
      'config',
      'approve',
      'approve',
      'claim',
      'claim',
      'begin',
      'begin',
    ]);
    trail.push(name);
    try {
      await deeds[name]?.();
    } catch (error) {
      throw new Error(`${error}\nThe walk of seed ${seed}: ${trail.slice(-40).join(' ')}`);
    }
  };
}
