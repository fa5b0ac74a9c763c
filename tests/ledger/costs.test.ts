import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Terms } from '../../src/core/prices.ts';
import type { Intent } from '../../src/core/publication.ts';
import {
  absent,
  aClaimant,
  accountRefused,
  anIntent,
  aReceipt,
  aThread,
  type Bench,
  found,
  NAME,
  notSent,
  posted,
  publishAll,
  rejected,
  unknown,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();

const POST = 15_000;
const LINK = 200_000;
const ALT = 5_000;

/** One month for all time, so that no test depends on the day. */
function terms(over: Partial<Terms> = {}): Terms {
  const prices = { post: POST, postWithLink: LINK, altText: ALT };
  return { currency: 'USD', prices, months: [{ name: '2026-11', from: 0 }], ...over };
}

function aLinkPost(over: Partial<Intent> = {}): Intent {
  return anIntent({ charges: [{ postWithLink: 1 }], ...over });
}

async function sumsOf({ ledger }: Bench): Promise<Record<string, readonly number[]>> {
  const sums = await ledger.monthlySums();
  return Object.fromEntries(
    sums.map(({ month, account, spent, reserved }) => [`${month} ${account}`, [spent, reserved]]),
  );
}

test('a claim sets aside what the post costs, and what is posted is spent', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ charges: [{ postWithLink: 1, altText: 2 }] }));

  const claim = await bench.startSending({ claimant: { terms: terms() } });
  const during = await sumsOf(bench);
  await bench.ledger.finish(NAME, claim.fence, posted());

  const cost = LINK + 2 * ALT;
  assert.deepEqual(during, { '2026-11 newsroom-x': [0, cost], '2026-11 *': [0, cost] });
  assert.deepEqual(await sumsOf(bench), {
    '2026-11 newsroom-x': [cost, 0],
    '2026-11 *': [cost, 0],
  });
  assert.deepEqual((await bench.ledger.get(NAME))?.spent, { amount: cost, currency: 'USD' });
});

test('a second word of the same receipt, from whomever, counts nothing', async () => {
  const bench = openLedger();
  await bench.ledger.add(aLinkPost());
  const claim = await bench.startSending({ claimant: { terms: terms() } });

  for (let i = 0; i < 3; i++) await bench.ledger.finish(NAME, claim.fence, posted());
  await bench.ledger.judge(NAME, { number: 0, doubtAt: 0 }, found());
  await bench.ledger.confirm(NAME, aReceipt(), 'ada');

  assert.deepEqual((await sumsOf(bench))['2026-11 *'], [LINK, 0]);
});

for (const [words, outcome] of [
  ['refused', rejected()],
  ['not sent', notSent()],
  ['put off', notSent({ spendsAttempt: false })],
  ['refused with its account', accountRefused()],
] as const) {
  test(`what was set aside for one that is ${words} is given back`, async () => {
    const bench = openLedger();
    await bench.ledger.add(aLinkPost());
    const claim = await bench.startSending({ claimant: { terms: terms() } });

    await bench.ledger.finish(NAME, claim.fence, outcome);

    assert.deepEqual((await sumsOf(bench))['2026-11 newsroom-x'], [0, 0]);
  });
}

test('one in doubt stays set aside: found it is spent, proven absent it is given back', async () => {
  for (const [verdict, expected] of [
    [found(), [LINK, 0]],
    [absent({ isFinal: true }), [0, 0]],
  ] as const) {
    const bench = openLedger();
    await bench.ledger.add(aLinkPost());
    const claim = await bench.startSending({ claimant: { terms: terms() } });
    await bench.ledger.finish(NAME, claim.fence, unknown());
    assert.deepEqual((await sumsOf(bench))['2026-11 *'], [0, LINK]);
    const look = await bench.claimToLook();

    await bench.ledger.judge(NAME, look, verdict);

    assert.deepEqual((await sumsOf(bench))['2026-11 *'], expected);
  }
});

test('a receipt that comes after its part was given up is spent all the same', async () => {
  const bench = openLedger();
  await bench.ledger.add(aLinkPost());
  const claim = await bench.startSending({ claimant: { terms: terms() } });
  await bench.ledger.finish(NAME, claim.fence, unknown());
  const look = await bench.claimToLook();
  await bench.ledger.judge(NAME, look, absent({ isFinal: true }));

  await bench.ledger.finish(NAME, claim.fence, posted());

  assert.deepEqual((await sumsOf(bench))['2026-11 *'], [LINK, 0]);
});

test('what a person posted by hand costs nothing', async () => {
  const bench = openLedger();
  await bench.ledger.add(aLinkPost());
  const claim = await bench.startSending({ claimant: { terms: terms() } });
  await bench.ledger.finish(NAME, claim.fence, rejected());

  await bench.ledger.confirm(NAME, aReceipt(), 'ada');

  assert.equal(await bench.state(), 'published');
  assert.deepEqual((await sumsOf(bench))['2026-11 *'], [0, 0]);
});

test('twenty claims at once never overshoot a budget', async () => {
  const bench = openLedger();
  const names = Array.from({ length: 20 }, (_, i) => `post-${i}/newsroom-x`);
  for (const publication of names) await bench.ledger.add(aLinkPost({ publication }));
  const claimant = { terms: terms({ budget: 7 * LINK + POST }) };

  const directives = await Promise.all(names.map((name) => bench.claim(claimant, name)));

  assert.equal(directives.filter(({ to }) => to === 'publish').length, 7);
  const held = await bench.ledger.list(['held']);
  assert.equal(held.length, 13);
  assert.match(
    held[0]?.error?.message ?? '',
    /it costs 0\.20 USD, and newsroom-x has 0\.015 USD left of its budget of 1\.415 USD for November 2026/,
  );
  assert.match(held[0]?.error?.advice ?? '', /Raise "budget"/);
});

test('the budget of all accounts holds for each of them', async () => {
  const bench = openLedger();
  const claimant = { terms: terms({ budgetOfAll: LINK }) };
  await bench.ledger.add(aLinkPost());
  await bench.ledger.add(aLinkPost({ publication: 'other/other-x' }));

  await bench.claimToPublish(claimant);
  const second = await bench.claim(claimant, 'other/other-x');

  assert.deepEqual(second, { to: 'go-home', because: 'held' });
});

test('a claim that another follows sets nothing aside twice', async () => {
  const bench = openLedger();
  await bench.ledger.add(aLinkPost());
  await bench.claimToPublish({ terms: terms(), leaseMs: 0 });

  await bench.claimToPublish({ terms: terms() });

  assert.deepEqual((await sumsOf(bench))['2026-11 *'], [0, LINK]);
});

test('what is held goes on once the budget is raised', async () => {
  const bench = openLedger();
  await bench.ledger.add(aLinkPost());
  await bench.claim({ terms: terms({ budget: POST }) });
  const reconsider = (budget: number) =>
    bench.ledger.reconsider(new Map([['newsroom-x', terms({ budget })]]), 0);

  const tooLow = await reconsider(LINK - 1);
  const enough = await reconsider(LINK);
  const again = await reconsider(LINK);

  assert.deepEqual([tooLow, enough, again], [[], [NAME], []]);
  await bench.claimToPublish({ terms: terms({ budget: LINK }) });
});

test('what is held goes on when the month turns', async () => {
  const bench = openLedger();
  const now = await bench.ledger.now();
  const months = (turn: number) => [
    { name: '2026-11', from: 0 },
    { name: '2026-12', from: turn },
  ];
  const before = terms({ budget: LINK, months: months(now + 3_600_000) });
  const after = terms({ budget: LINK, months: months(now - 1) });
  await bench.ledger.add(aLinkPost());
  await bench.ledger.add(aLinkPost({ publication: 'second/newsroom-x' }));
  await bench.claimToPublish({ terms: before });
  await bench.claim({ terms: before }, 'second/newsroom-x');

  const stays = await bench.ledger.reconsider(new Map([['newsroom-x', before]]), 0);
  const goes = await bench.ledger.reconsider(new Map([['newsroom-x', after]]), 0);

  assert.deepEqual([stays, goes], [[], ['second/newsroom-x']]);
  const claim = await bench.claimToPublish({ terms: after }, 'second/newsroom-x');
  await bench.ledger.begin('second/newsroom-x', claim.fence, 0, 60_000);
  await bench.ledger.finish('second/newsroom-x', claim.fence, posted({ receipt: aReceipt('2') }));
  assert.deepEqual((await sumsOf(bench))['2026-12 newsroom-x'], [LINK, 0]);
});

test('what is held until its last moment is missed, and says why', async () => {
  const bench = openLedger();
  await bench.ledger.add(aLinkPost());
  await bench.claim({ terms: terms({ budget: 0 }) });
  await bench.endTime('publishBy');

  await bench.ledger.miss(NAME);

  const record = await bench.ledger.get(NAME);
  assert.equal(record?.state, 'missed');
  assert.equal(record?.error?.code, 'over-budget');
  assert.match(record?.error?.message ?? '', /The budget had no room for it/);
  assert.deepEqual(await bench.redis.keys(`${bench.prefix}:ledger:over-budget:*`), []);
});

test('a person lets exactly what was shown go beyond the budget', async () => {
  const bench = openLedger();
  await bench.ledger.add(aLinkPost());
  const claimant = { terms: terms({ budget: 0 }) };
  await bench.claim(claimant);
  const { fingerprint = '', due = 0 } = (await bench.ledger.get(NAME)) ?? {};

  const other = await bench.ledger.exceedBudget(NAME, { fingerprint: 'other', due }, 'ada');
  const step = await bench.ledger.exceedBudget(NAME, { fingerprint, due }, 'ada');

  assert.equal(other.changed, false);
  assert.equal(step.changed, true);
  await bench.claimToPublish(claimant);
});

test('a thread of which a part is up is finished, whatever the budget', async () => {
  const bench = openLedger();
  const charges = [{ post: 1 }, { post: 1 }, { postWithLink: 1 }];
  await bench.ledger.add(anIntent({ post: aThread(), charges }));
  const claim = await bench.startSending({ claimant: { terms: terms() } });
  await bench.ledger.finish(NAME, claim.fence, posted());
  await bench.ledger.begin(NAME, claim.fence, 1, 60_000);
  await bench.ledger.finish(NAME, claim.fence, notSent());
  assert.deepEqual((await sumsOf(bench))['2026-11 *'], [POST, 0]);

  const rest = await bench.claimToPublish({ terms: terms({ budget: 0 }) });

  assert.equal(rest.parts.length, 1);
  assert.deepEqual((await sumsOf(bench))['2026-11 *'], [POST, POST + LINK]);
});

test('what costs nothing goes out with an empty purse, and one without terms counts nothing', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ charges: [{ somethingFree: 1 }] }));
  await bench.ledger.add(aLinkPost({ publication: 'free/newsroom-page' }));

  await bench.claimToPublish({ terms: terms({ budget: 0 }) });
  await publishAll(bench, 'free/newsroom-page');

  assert.deepEqual(await sumsOf(bench), {});
});

test('the prices of the claim count, not those of the plan', async () => {
  const bench = openLedger();
  await bench.ledger.add(aLinkPost());
  const dearer = terms({ prices: { postWithLink: 3 * LINK } });

  await bench.ledger.claim(NAME, await bench.generation(), aClaimant({ terms: dearer }));

  assert.deepEqual((await sumsOf(bench))['2026-11 *'], [0, 3 * LINK]);
});
