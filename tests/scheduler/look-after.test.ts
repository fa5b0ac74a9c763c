import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import type { Log } from '../../src/core/log.ts';
import type { Sight } from '../../src/core/sight.ts';
import { nextLook, openLookAfter } from '../../src/scheduler/look-after.ts';
import {
  anIntent,
  type Bench,
  inconsistenciesOf,
  NAME,
  publishAll,
  useLedgers,
} from '../support/ledger.ts';

const openLedger = useLedgers();
const hidden: Sight = { seen: 'hidden', message: 'Strangers do not see it.', advice: 'Look.' };
const unproven: Sight = { seen: 'unproven', message: 'It proves nothing.', advice: '' };

function openLook(bench: Bench, afterMs: readonly number[], sights: readonly (Sight | Error)[]) {
  const warned: string[] = [];
  const log: Log = {
    debug() {},
    info() {},
    warn: (...words: unknown[]) => void warned.push(String(words.at(-1))),
    error() {},
  };
  let looks = 0;
  const onlooker = {
    afterMs,
    look: async () => {
      const sight = sights[looks] ?? assert.fail('One look too many.');
      looks += 1;
      if (sight instanceof Error) throw sight;
      return sight;
    },
  };
  const start = openLookAfter({ ledger: bench.ledger, log, onlooker: () => onlooker, everyMs: 0 });
  return { start, warned, looks: () => looks };
}

/** So many rounds that whatever is to come has come. */
async function rounds(start: () => void, isOver: () => boolean | Promise<boolean>): Promise<void> {
  for (let turns = 0; turns < 400 && !(await isOver()); turns += 1) {
    start();
    await wait(5);
  }
  for (let turns = 0; turns < 10; turns += 1) {
    start();
    await wait(2);
  }
}

test('each look is made once, also by another scheduler, and what was seen is kept and told', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  await publishAll(bench);
  const first = openLook(bench, [1, 40], [unproven, hidden]);

  await rounds(first.start, () => first.looks() === 2);
  const second = openLook(bench, [1, 40], []);
  await rounds(second.start, () => second.looks() > 0);

  assert.deepEqual(first.warned, ['Strangers do not see it. Look.']);
  assert.deepEqual((await bench.ledger.get(NAME))?.sight, hidden);
  const seen = (await bench.kinds()).filter((kind) => kind === 'seen by strangers');
  assert.equal(seen.length, 2);
  assert.equal(await bench.state(), 'published');
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('what was taken back is not looked at, and a look that breaks is made again', async () => {
  const bench = openLedger();
  for (const publication of [NAME, 'gone/newsroom-x']) {
    await bench.ledger.add(anIntent({ publication }));
    await publishAll(bench, publication);
  }
  await bench.redis.hset(
    `${bench.prefix}:ledger:publication:gone/newsroom-x`,
    'state',
    'retracted',
  );
  const { start, looks } = openLook(bench, [1], [new Error('broken'), unproven]);

  await rounds(start, () => looks() === 2);

  assert.deepEqual((await bench.ledger.get(NAME))?.sight, unproven);
  assert.equal((await bench.ledger.get('gone/newsroom-x'))?.sight, undefined);
  assert.deepEqual(await bench.ledger.sightsDue(10), []);
});

test('a look that comes late is recorded once, and never brings a state back', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  assert.equal(await bench.ledger.noteSight(NAME, 1, hidden, undefined), false);
  await publishAll(bench);

  assert.equal(await bench.ledger.noteSight(NAME, 2, hidden, undefined), true);
  assert.equal(await bench.ledger.noteSight(NAME, 1, unproven, undefined), false);
  assert.deepEqual((await bench.ledger.get(NAME))?.sight, hidden);
});

test('without an onlooker nothing is asked of anybody', () => {
  const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
  openLookAfter({ ledger: undefined as never, log, onlooker: () => undefined })();
});

test('of overdue looks the last one is made, and none twice', () => {
  const after = fc
    .uniqueArray(fc.nat(10_000), { maxLength: 6 })
    .map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(after, fc.nat(20_000), fc.nat(7), (afterMs, now, done) => {
      const next = nextLook({ publishedAt: 0, done }, afterMs, now);
      if (next === undefined) return assert.ok(done >= afterMs.length);
      assert.ok(next.number > done && next.number <= afterMs.length);
      assert.equal(next.at, afterMs[next.number - 1]);
      const later = afterMs.slice(next.number);
      assert.ok(
        later.every((at) => at > now),
        'no later one is due',
      );
      if (next.at > now) assert.equal(next.number, done + 1);
    }),
    { numRuns: 3_000 },
  );
});
