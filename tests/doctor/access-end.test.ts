import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openCalendar } from '../../src/core/say-time.ts';
import { judgeAccessEnd, type Planned } from '../../src/doctor/access-end.ts';
import { isFault, keyOf } from '../../src/doctor/finding.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24, 8);
const calendar = openCalendar('Europe/Paris');

function judge(inDays: number, dues: readonly number[] = []) {
  const planned = dues.map((days, i) => ({ publication: `p${i}/page`, due: NOW + days * DAY }));
  const end = { code: 'token', at: NOW + inDays * DAY, what: 'its token' };
  return judgeAccessEnd('page', end, { planned, now: NOW, calendar });
}

test('access that outlives all that is planned is well', () => {
  const finding = judge(60, [1, 30, 59]);

  assert.equal(finding.severity, 'ok');
  assert.equal(
    finding.message,
    'page: its token ends on Sat 23 Jan 2027 09:00, after all that is planned.',
  );
});

test('publications after the end are counted, with the first of them and what to do', () => {
  const finding = judge(20, [35, 21, 2, 28]);

  assert.equal(finding.severity, 'warning');
  assert.match(
    finding.message,
    /3 publications are at risk, the first of them p1\/page on Tue 15 Dec/,
  );
  assert.equal(
    finding.remedy,
    'Somebody who may manage the account runs "carillon connect page" before that.',
  );
  assert.match(judge(20, [21]).message, /one publication is at risk: p0\/page/);
});

test('people are told 14, 7, 3 and 1 days before the end, each once, and once it has ended', () => {
  const keys = (days: readonly number[]) => new Set(days.map((inDays) => keyOf(judge(inDays))));

  const stages = [14, 7, 3, 1, 0];

  assert.equal(keys(stages).size, stages.length);
  assert.deepEqual(keys([13.9, 7.1]), keys([14]));
  assert.deepEqual(keys([0.9, 0.1]), keys([1]));
  assert.deepEqual(keys([-1, -100]), keys([0]));
  assert.equal(judge(14.1).severity, 'ok');
});

test('what has ended, or ends within a day, is an error', () => {
  assert.equal(judge(-1, [1]).severity, 'error');
  assert.match(judge(-1, [1]).message, /its token has ended on Mon 23 Nov 2026 09:00, and one/);
  assert.equal(judge(0.5).severity, 'error');
  assert.match(judge(0.5).message, /nothing is planned after that/);
  assert.equal(judge(2.5).severity, 'warning');
});

test('where nobody knows whether its end does harm, it alarms nobody weeks before', () => {
  const severities = [20, 10, 0.5, -1].map((inDays) => {
    const planned = [{ publication: 'p/page', due: NOW + 90 * DAY }];
    const end = { code: 'data-access', at: NOW + inDays * DAY, what: 'it', isDoubtful: true };
    return judgeAccessEnd('page', end, { planned, now: NOW, calendar }).severity;
  });

  assert.deepEqual(severities, ['note', 'warning', 'warning', 'warning']);
});

test('whatever is planned after the end is never said to be well', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -400, max: 400 }),
      fc.array(fc.integer({ min: 0, max: 800 }), { maxLength: 5 }),
      (inDays, dues) => {
        const planned: readonly Planned[] = dues.map((days) => ({
          publication: 'p/page',
          due: NOW + days * DAY,
        }));
        const at = NOW + inDays * DAY;
        const finding = judgeAccessEnd(
          'page',
          { code: 'token', at, what: 'it' },
          { planned, now: NOW, calendar },
        );
        const isAtRisk = inDays <= 14 || planned.some(({ due }) => due >= at);
        assert.equal(isFault(finding), isAtRisk);
      },
    ),
  );
});
