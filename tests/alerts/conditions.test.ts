import assert from 'node:assert/strict';
import { test } from 'node:test';
import { budgetConditions } from '../../src/alerts/budget-conditions.ts';
import { findingConditions } from '../../src/alerts/finding-conditions.ts';
import { lateConditions } from '../../src/alerts/late-conditions.ts';
import { obstacleConditions } from '../../src/alerts/obstacle-conditions.ts';
import { conditionOf } from '../../src/alerts/publication-condition.ts';
import type { Account } from '../../src/core/account.ts';
import { openCalendar } from '../../src/core/say-time.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import type { Wakeable } from '../../src/ledger/ledger.ts';
import { aHold, anError } from '../support/ledger.ts';
import { aPublication, DUE } from '../support/publications.ts';

const settings = { confirmAfterMs: [15_000, 900_000], requestTimeoutMs: 30_000 };
const calendar = openCalendar('Europe/Paris');

test('what has failed, was missed or waits for a person is told in the words of the ledger', () => {
  const error = anError();
  const told = (['failed', 'missed', 'handoff'] as const).map((state) =>
    conditionOf(aPublication({ state, error }), settings, DUE),
  );

  assert.deepEqual(
    told.map((one) => [one?.kind, one?.message, one?.advice, one?.isReminded]),
    [
      ['failed', error.message, error.advice, undefined],
      ['missed', error.message, error.advice, undefined],
      ['handoff', error.message, error.advice, true],
    ],
  );
});

test('what goes its way is not told', () => {
  for (const state of ['scheduled', 'held', 'sending', 'published', 'cancelled'] as const) {
    assert.equal(conditionOf(aPublication({ state }), settings, DUE), undefined);
  }
});

test('what is held for lack of money is told, what a person holds is not', () => {
  const held = (code: string) =>
    conditionOf(aPublication({ state: 'held', error: anError({ code }) }), settings, DUE)?.kind;

  assert.equal(held('over-budget'), 'budget');
  assert.equal(held('waits-for-approval'), undefined);
});

test('an unconfirmed publication is told once its looks should be over', () => {
  const condition = conditionOf(aPublication({ state: 'unconfirmed' }), settings, DUE);

  assert.equal(condition?.lastsMs, 900_000 + 60_000 + 60_000);
});

test('what a person has sent again and failed again is another failure', () => {
  const [once, again] = [1, 2].map((generation) =>
    conditionOf(aPublication({ state: 'failed', generation }), settings, DUE),
  );

  assert.notEqual(once?.key, again?.key);
});

test('a failure of long ago is old, unless a retry has given it new time', () => {
  const day = 86_400_000;
  const failed = aPublication({ state: 'failed' });

  assert.equal(conditionOf(failed, settings, DUE + day)?.isOld, false);
  assert.equal(conditionOf(failed, settings, DUE + 8 * day)?.isOld, true);
  const again = { ...failed, publishBy: DUE + 8 * day };
  assert.equal(conditionOf(again, settings, DUE + 8 * day)?.isOld, false);
});

test('a frozen ledger, a refused account, a second post and a broken config are told, a pause is not', () => {
  const conditions = obstacleConditions(
    {
      frozen: { reason: 'a restore', by: 'ada', at: DUE },
      holds: new Map([
        ['newsroom-x', aHold({ kind: 'refused', code: 'twitter:401', reason: 'Token ended.' })],
        ['newsroom-page', aHold()],
        ['*', aHold()],
      ]),
      duplicates: [{ publication: 'a/newsroom-x', url: 'https://x.example/2' }],
      brokenConfig: { file: 'carillon.yaml', since: DUE, problems: [], count: 0, by: 'host:1:1' },
    },
    calendar,
  );

  assert.deepEqual(
    conditions.map(({ kind, key }) => `${kind}: ${key}`),
    [
      'frozen: obstacle frozen',
      'refused: obstacle held newsroom-x',
      'duplicate: duplicate https://x.example/2',
      'config: obstacle broken config',
    ],
  );
  assert.match(conditions[0]?.message ?? '', /^The ledger is frozen since .* by ada \(a restore\)/);
  assert.match(conditions[1]?.advice ?? '', /carillon connect newsroom-x/);
});

test('of what the daily examination finds, warnings and errors are told', () => {
  const findings: readonly Finding[] = [
    { check: 'clock', code: 'on time', severity: 'ok', message: 'The clocks agree.' },
    ...[
      {
        check: 'account',
        code: 'access ends',
        severity: 'warning',
        account: 'newsroom-x',
      } as const,
      { check: 'disk', code: 'full', severity: 'error' } as const,
      { check: 'account', code: 'seen by people', severity: 'note', account: 'a' } as const,
    ].map((one) => ({ ...one, message: 'It is so.', remedy: 'Mend it.' })),
  ];

  assert.deepEqual(
    findingConditions(findings).map(({ kind, about, message, advice }) => [
      ...[kind, about, message, advice],
    ]),
    [
      ['access', 'account newsroom-x access ends', 'It is so.', 'Mend it.'],
      ['machine', 'disk full', 'It is so.', 'Mend it.'],
    ],
  );
});

function wakeables(n: number, over: Partial<Wakeable> = {}): readonly Wakeable[] {
  return Array.from({ length: n }, (_, i) => ({
    ...{ publication: `a${i}/newsroom-x`, network: 'twitter', account: 'newsroom-x' },
    ...{ state: 'scheduled', generation: 1, fence: 0, sender: undefined },
    ...{ publishBy: DUE, wakeInMs: -200_000, attempts: 0, ...over },
  }));
}

const moving = {
  ...{ hasLeader: true, hasWork: true, overdue: [], isMore: false },
  isStopped: () => false,
};

test('it is told when nobody leads though there is work, and when work does not move', () => {
  assert.deepEqual(lateConditions(moving), []);
  assert.deepEqual(lateConditions({ ...moving, hasLeader: false, hasWork: false }), []);

  const [nobody] = lateConditions({ ...moving, hasLeader: false });
  assert.equal(nobody?.lastsMs, 60_000);
  assert.match(nobody?.message ?? '', /^No scheduler runs/);

  const [one] = lateConditions({ ...moving, overdue: wakeables(1) });
  assert.match(one?.message ?? '', /^1 publication has been due for more than 2 minutes/);
  const [many] = lateConditions({ ...moving, overdue: wakeables(200), isMore: true });
  assert.match(many?.message ?? '', /^At least 200 publications have been due .* \(twitter\)\.$/);
});

test('what somebody has stopped, or what a person or a look is due for, is not late', () => {
  const overdue = wakeables(3);

  assert.deepEqual(lateConditions({ ...moving, overdue, isStopped: () => true }), []);
  assert.deepEqual(lateConditions({ ...moving, overdue: wakeables(3, { state: 'held' }) }), []);
});

function spending(spent: number, reserved = 0) {
  const account = {
    name: 'newsroom-x',
    budget: { amount: 20_000_000, currency: 'USD' },
  } as unknown as Account;
  return budgetConditions({
    config: { accounts: new Map([[account.name, account]]), timezone: 'Europe/Paris' },
    sums: [
      ...[{ account: 'newsroom-x', month: '2026-10', currency: 'USD', spent: 20e6, reserved: 0 }],
      ...[{ account: 'newsroom-x', month: '2026-11', currency: 'USD', spent, reserved }],
    ],
    now: DUE,
  });
}

test('a budget is told when four fifths of it are used, and when it is used up', () => {
  assert.deepEqual(spending(15_990_000), []);
  const [near] = spending(15_000_000, 1_000_000);
  assert.equal(
    near?.message,
    'newsroom-x has used 16.00 USD of its budget of 20.00 USD for November 2026: 80 %.',
  );
  const [reached] = spending(20_000_000);
  assert.match(reached?.message ?? '', /: what costs more is held\.$/);
  assert.notEqual(reached?.key, near?.key);
  assert.equal(reached?.about, near?.about);
});
