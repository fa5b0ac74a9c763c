import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Condition } from '../../src/alerts/condition.ts';
import { decide, type Known } from '../../src/alerts/decide.ts';
import { aCondition, alertSettings } from '../support/alerts.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const START = 1_700_000_000_000;

/** Remembers between rounds, as the store does. Answers what was told, as `tone about`. */
function openRounds(settings = alertSettings()) {
  const known = new Map<string, Known>();
  return {
    known,
    round(atMs: number, conditions: readonly Condition[]): string[] {
      const now = START + atMs;
      const { news, changes } = decide({ known, conditions, settings, now });
      for (const [key, value] of changes) {
        if (value === undefined) known.delete(key);
        else known.set(key, structuredClone(value));
      }
      return news.map(({ tone, about, escalates }) =>
        escalates ? `${tone} ${about}!` : `${tone} ${about}`,
      );
    },
  };
}

test('what comes within half a minute is told at once, and once', () => {
  const { round } = openRounds();
  const [a, b] = [aCondition({ about: 'a' }), aCondition({ about: 'b' })];

  assert.deepEqual(round(0, [a]), []);
  assert.deepEqual(round(20 * SECOND, [a, b]), []);
  assert.deepEqual(round(30 * SECOND, [a, b]), ['new a', 'new b']);
  assert.deepEqual(round(10 * MINUTE, [a, b]), []);
});

test('it is told when it is over, together with what is over as well', () => {
  const { round, known } = openRounds();
  const [a, b] = [aCondition({ about: 'a' }), aCondition({ about: 'b' })];
  round(0, [a, b]);
  round(MINUTE, [a, b]);

  assert.deepEqual(round(2 * MINUTE, [b]), []);
  assert.deepEqual(round(2 * MINUTE + 30 * SECOND, []), ['over a', 'over b']);
  assert.deepEqual(round(3 * MINUTE, []), []);
  round(60 * MINUTE, []);
  assert.equal(known.size, 0);
});

test('what is over before it was told is not told at all', () => {
  const { round } = openRounds();

  round(0, [aCondition()]);
  assert.deepEqual(round(10 * SECOND, []), []);
  assert.deepEqual(round(MINUTE, []), []);
});

test('what flickers is told once', () => {
  const { round } = openRounds();
  const a = aCondition({ about: 'a' });
  round(0, [a]);
  round(30 * SECOND, [a]);

  assert.deepEqual(round(40 * SECOND, []), []);
  assert.deepEqual(round(50 * SECOND, [a]), []);
  assert.deepEqual(round(5 * MINUTE, [a]), []);
});

test('what was told to be over and is so again is told when it has been quiet for long enough', () => {
  const { round } = openRounds();
  const a = aCondition({ about: 'a' });
  round(0, [a]);
  round(30 * SECOND, [a]);
  round(MINUTE, []);
  assert.deepEqual(round(2 * MINUTE, []), ['over a']);

  assert.deepEqual(round(3 * MINUTE, [a]), []);
  assert.deepEqual(round(31 * MINUTE, [a]), []);
  assert.deepEqual(round(33 * MINUTE, [a]), ['new a']);
});

test('what becomes something else is not said to be over', () => {
  const { round } = openRounds();
  const about = 'a';
  const unconfirmed = aCondition({ about, key: 'unconfirmed a', kind: 'unconfirmed' });
  round(0, [unconfirmed]);
  round(MINUTE, [unconfirmed]);

  const failed = aCondition({ about });
  assert.deepEqual(round(2 * MINUTE, [failed]), []);
  assert.deepEqual(round(3 * MINUTE, [failed]), ['new a']);
});

test('what has to last is told only when it has', () => {
  const { round } = openRounds();
  const doubt = aCondition({ lastsMs: 15 * MINUTE });

  round(0, [doubt]);
  assert.deepEqual(round(15 * MINUTE, [doubt]), []);
  assert.deepEqual(round(15 * MINUTE + 30 * SECOND, [doubt]), ['new spring-report/newsroom-x']);
});

test('a hand-off is told again after a quarter of an hour and an hour, the last time to others too', () => {
  const { round } = openRounds();
  const byHand = aCondition({ about: 'a', key: 'handoff a', kind: 'handoff', isReminded: true });
  round(0, [byHand]);
  round(30 * SECOND, [byHand]);

  assert.deepEqual(round(15 * MINUTE, [byHand]), []);
  assert.deepEqual(round(15 * MINUTE + 30 * SECOND, [byHand]), ['still a']);
  assert.deepEqual(round(16 * MINUTE, [byHand]), []);
  assert.deepEqual(round(61 * MINUTE, [byHand]), ['still a!']);
  assert.deepEqual(round(24 * 60 * MINUTE, [byHand]), []);
  round(24 * 60 * MINUTE + SECOND, []);
  assert.deepEqual(round(24 * 60 * MINUTE + MINUTE, []), ['over a']);
});

test('after a long absence there is one reminder, not one for each that was missed', () => {
  const { round } = openRounds();
  const byHand = aCondition({ about: 'a', isReminded: true });
  round(0, [byHand]);
  round(30 * SECOND, [byHand]);

  assert.deepEqual(round(5 * 60 * MINUTE, [byHand]), ['still a!']);
  assert.deepEqual(round(6 * 60 * MINUTE, [byHand]), []);
});

test('what is old is neither told nor said to be over', () => {
  const { round, known } = openRounds();
  const a = aCondition({ about: 'a' });
  const old = { ...a, isOld: true };

  round(0, [old]);
  assert.deepEqual(round(MINUTE, [old]), []);
  round(2 * MINUTE, [a]);
  assert.deepEqual(round(3 * MINUTE, [a]), ['new a']);
  round(4 * MINUTE, [old]);
  assert.deepEqual(round(5 * MINUTE, []), []);
  assert.equal(known.size, 0);
});

test('whatever comes and goes: nothing is told twice in a row, nothing over that was not told', () => {
  const names = ['a', 'b', 'c'] as const;
  const step = fc.record({
    waitMs: fc.integer({ min: 0, max: 40 * MINUTE }),
    so: fc.subarray([...names]),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { round, known } = openRounds();
      const told = new Map<string, string[]>(names.map((name) => [name, []]));
      let at = 0;
      for (const { waitMs, so } of steps) {
        at += waitMs;
        const conditions = so.map((about) => aCondition({ about, key: about }));
        for (const line of round(at, conditions)) {
          const [tone = '', name = ''] = line.split(' ');
          told.get(name)?.push(tone);
        }
      }
      for (const tones of told.values()) {
        tones.forEach((tone, i) => {
          assert.equal(tone, i % 2 === 0 ? 'new' : 'over');
        });
      }
      // In the end everybody knows how it is.
      round(at + 100 * MINUTE, []);
      round(at + 101 * MINUTE, []);
      round(at + 200 * MINUTE, []);
      assert.equal(known.size, 0);
    }),
  );
});
