import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  OutcomeUnknownError,
  RateLimitedError,
  RejectedError,
  TransientError,
  UnauthorizedError,
} from '../../src/core/errors.ts';
import { backoffMs, type Circumstances, outcomeOf } from '../../src/publishing/outcome.ts';
import { someSettings } from '../support/publishing.ts';

const NOW = 1_800_000_000_000;
const code = { code: 'twitter:x' };

test('a wait that the network asks for is kept, and never none at all', () => {
  const limited = (inMs: number) =>
    outcomeOf(
      new RateLimitedError('slow', { ...code, retryAt: new Date(NOW + inMs) }),
      circumstances(),
    );

  assert.deepEqual(
    [limited(60_000), limited(-5_000)].map((one) => one.kind === 'not-sent' && one.retryInMs),
    [60_000, 1_000],
  );
});

test('a wait that no network asks for is nobody’s limit: only this attempt waits', () => {
  const limitOf = (of?: 'account' | 'app' | 'nobody') => {
    const error = new RateLimitedError('slow', { ...code, retryAt: new Date(NOW), of });
    const outcome = outcomeOf(error, circumstances());
    return outcome.kind === 'not-sent' && outcome.limit;
  };

  assert.deepEqual(
    [undefined, 'app', 'nobody'].map((of) => limitOf(of as 'app')),
    ['account', 'app', undefined],
  );
});

test('"already there" is evidence only after a doubt, and only of a request that left', () => {
  const duplicate = new RejectedError('twice', { ...code, isDuplicate: true });
  const kind = (over: Partial<Circumstances>) => outcomeOf(duplicate, circumstances(over)).kind;

  assert.equal(kind({ hadDoubt: true, hasBegun: true }), 'unknown');
  assert.equal(kind({ hadDoubt: false, hasBegun: true }), 'rejected');
  assert.equal(kind({ hadDoubt: true, hasBegun: false }), 'rejected');
});

test('every error is a sentence with one thing to do, and keeps its code', () => {
  const errors = [
    new TransientError('Away.', code),
    new RateLimitedError('Slow.', { ...code, retryAt: new Date(NOW) }),
    new OutcomeUnknownError('Reset.', code),
    new RejectedError('Too long.', code),
    new RejectedError('Twice.', { ...code, isDuplicate: true }),
    new UnauthorizedError('Dead.', code),
  ];

  for (const error of errors) {
    const outcome = outcomeOf(error, circumstances());
    assert.ok(outcome.kind !== 'posted');
    assert.equal(outcome.error.code, 'twitter:x');
    assert.equal(outcome.error.message, error.message);
    assert.match(outcome.error.advice, /^[A-Z].*\.$/);
  }
});

test('an account is held with the reason, for the command that lets it go on', () => {
  const outcome = outcomeOf(new UnauthorizedError('The token is dead.', code), circumstances());

  assert.ok(outcome.kind === 'account-refused');
  assert.deepEqual(outcome.hold, {
    kind: 'refused',
    by: 'carillon',
    reason: 'The token is dead.',
    code: 'twitter:x',
    at: NOW,
  });
  assert.match(outcome.error.advice, /carillon resume newsroom-x/);
});

test('a bug after the begin is a doubt, before it a failed try', () => {
  const bug = new TypeError('x is not a function');

  const before = outcomeOf(bug, circumstances({ hasBegun: false }));
  const after = outcomeOf(bug, circumstances({ hasBegun: true }));

  assert.equal(before.kind === 'not-sent' && before.spendsAttempt, true);
  assert.equal(after.kind, 'unknown');
  assert.ok(after.kind === 'unknown' && after.error.code === 'carillon:bug');
});

test('the waits double with each attempt, from half to whole, up to an hour', () => {
  const settings = someSettings({ backoffMs: 30_000 });
  const wait = (attempt: number, random: number) => backoffMs({ attempt, random, settings });

  assert.deepEqual(
    [1, 2, 3, 4].map((attempt) => wait(attempt, 1)),
    [30_000, 60_000, 120_000, 240_000],
  );
  assert.equal(wait(1, 0), 15_000);
  fc.assert(
    fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const ms = wait(attempt, random);
      assert.ok(ms >= 15_000 && ms <= 3_600_000);
    }),
  );
});

function circumstances(over: Partial<Circumstances> = {}): Circumstances {
  return {
    account: 'newsroom-x',
    attempt: 1,
    hadDoubt: false,
    hasBegun: true,
    settings: someSettings(),
    now: NOW,
    random: 1,
    ...over,
  };
}
