import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { LimitSighting } from '../../src/core/limits.ts';
import { readFacebookLimits } from '../../src/networks/facebook/limits.ts';
import { readTwitterLimits } from '../../src/networks/twitter/limits.ts';
import { readYoutubeLimits } from '../../src/networks/youtube/limits.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const inSeconds = (seconds: number) => String(now / 1000 + seconds);
const tweet = { method: 'POST', path: 'tweets' };

const windowHeaders = (prefix: string, limit: unknown, remaining: unknown, reset: unknown) => ({
  [`${prefix}-limit`]: String(limit),
  [`${prefix}-remaining`]: String(remaining),
  [`${prefix}-reset`]: String(reset),
});
const rate = (limit: unknown, remaining: unknown, reset: unknown) =>
  windowHeaders('x-rate-limit', limit, remaining, reset);

function readTweet(headers: Record<string, string>): readonly LimitSighting[] {
  return readTwitterLimits(tweet, { headers }, now);
}

describe('limits in the headers of X', () => {
  it('are the counts of a quarter of an hour, of the day, and of the day of the app', () => {
    const headers = {
      ...rate(100, 37, inSeconds(300)),
      ...windowHeaders('x-user-limit-24hour', 500, 12, inSeconds(3_600)),
      ...windowHeaders('x-app-limit-24hour', 10_000, 0, inSeconds(7_200)),
    };

    assert.deepEqual(
      readTweet(headers).map(
        (seen) =>
          seen.kind === 'window' && [seen.of, seen.name, seen.most, seen.left, seen.resetInMs],
      ),
      [
        ['account', 'posts', 100, 37, 301_000],
        ['account', 'user-day', 500, 12, 3_601_000],
        ['app', 'day', 10_000, 0, 7_201_000],
      ],
    );
  });

  it('are counted from the time of X, not from ours', () => {
    const headers = {
      ...rate(100, 0, inSeconds(300 - 600)),
      date: new Date(now - 600_000).toUTCString(),
    };

    assert.deepEqual(
      readTweet(headers).map((seen) => seen.kind === 'window' && seen.resetInMs),
      [301_000],
    );
  });

  it('are bounded, and nothing where they cannot be', () => {
    const yearsAhead = readTweet(rate(100, 0, inSeconds(1e8)));
    assert.deepEqual(
      yearsAhead.map((seen) => seen.kind === 'window' && seen.resetInMs),
      [960_000],
    );
    for (const headers of [
      {},
      rate(100, 0, inSeconds(-60)),
      rate(0, 0, inSeconds(60)),
      rate(100, 101, inSeconds(60)),
      rate('many', 3, inSeconds(60)),
      rate(100, -1, inSeconds(60)),
      rate(100, '1e2', inSeconds(60)),
      { 'x-rate-limit-limit': '100', 'x-rate-limit-reset': inSeconds(60) },
    ]) {
      assert.deepEqual(readTweet(headers), [], JSON.stringify(headers));
    }
  });

  it('of a read stop nothing but the looks, and only once they are used up', () => {
    const read = (left: number) =>
      readTwitterLimits(
        { method: 'GET', path: 'users/1/tweets' },
        { headers: rate(900, left, inSeconds(60)) },
        now,
      );

    assert.deepEqual(read(5), []);
    assert.deepEqual(read(0), [{ kind: 'stop', of: 'account', what: 'reads', forMs: 61_000 }]);
  });
});

describe('limits in the headers of Facebook', () => {
  const ofPage = (percent: number, minutes = 0, status = 200, body: unknown = {}) =>
    readFacebookLimits({
      status,
      body,
      headers: {
        'x-business-use-case-usage': JSON.stringify({
          '1000': [
            {
              type: 'pages',
              call_count: 3,
              total_cputime: percent,
              total_time: 1,
              estimated_time_to_regain_access: minutes,
            },
          ],
        }),
      },
    });

  it('slow the Page down from 80 per cent on, and stop it at 100', () => {
    const gap = ([seen]: readonly LimitSighting[]) => seen?.kind === 'pace' && seen.gapMs;
    assert.deepEqual(
      [12, 79, 80, 89, 90, 99].map((percent) => gap(ofPage(percent))),
      [0, 0, 60_000, 60_000, 300_000, 300_000],
    );
    assert.deepEqual(ofPage(100, 42), [
      { kind: 'stop', of: 'account', what: 'posts', forMs: 42 * 60_000 },
    ]);
    assert.equal(gap(ofPage(130)), 300_000);
    assert.deepEqual(ofPage(100, 1e9), [
      { kind: 'stop', of: 'account', what: 'posts', forMs: 24 * 3_600_000 },
    ]);
  });

  it('say nothing of the time after a refusal, which says itself how long it lasts', () => {
    assert.deepEqual(ofPage(100, 0, 400), []);
    assert.deepEqual(ofPage(95, 0, 403), []);
    assert.deepEqual(ofPage(100, 0, 200, { error: { code: 32 } }), []);
  });

  it('are of the app or of the Page', () => {
    const usage = JSON.stringify({ call_count: 85, total_time: 2, total_cputime: 3 });
    const seen = readFacebookLimits({
      status: 200,
      body: {},
      headers: { 'x-app-usage': usage, 'x-page-usage': usage },
    });

    assert.deepEqual(
      seen.map(({ of }) => of),
      ['account', 'app'],
    );
  });
});

describe('limits of YouTube', () => {
  const spent = {
    status: 403,
    headers: {},
    body: { error: { errors: [{ reason: 'quotaExceeded' }] } },
  };

  it('last until midnight in California, for posts or for looks', () => {
    const [posts] = readYoutubeLimits({ method: 'POST' }, spent, now);
    const [reads] = readYoutubeLimits({ method: 'GET' }, spent, now);

    // 02:00 there.
    assert.deepEqual(posts, { kind: 'stop', of: 'app', what: 'posts', forMs: 22 * 3_600_000 });
    assert.deepEqual(reads, { kind: 'stop', of: 'account', what: 'reads', forMs: 22 * 3_600_000 });
    assert.deepEqual(readYoutubeLimits({ method: 'POST' }, { ...spent, status: 200 }, now), []);
  });
});

it('whatever headers say, they are read in bounds and never fail', () => {
  const names = ['x-rate-limit', 'x-user-limit-24hour', 'x-app-limit-24hour'].flatMap((prefix) =>
    ['limit', 'remaining', 'reset'].map((part) => `${prefix}-${part}`),
  );
  const usages = ['x-business-use-case-usage', 'x-app-usage', 'x-page-usage'];
  const text = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String), fc.json());
  const headers = fc.dictionary(fc.constantFrom(...names, ...usages, 'date'), text);
  fc.assert(
    fc.property(headers, (given) => {
      const all = [
        ...readTweet(given),
        ...readFacebookLimits({ status: 200, body: {}, headers: given }),
      ];
      for (const seen of all) {
        const ms = seen.kind === 'window' ? seen.resetInMs : seen.forMs;
        assert.ok(
          Number.isFinite(ms) && ms > 0 && ms <= 24 * 3_600_000 + 60_000,
          JSON.stringify(seen),
        );
      }
    }),
  );
});
