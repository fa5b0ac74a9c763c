import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { silentLog } from '../../src/core/log.ts';
import { openDailyCheck } from '../../src/doctor/daily-check.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { createLog } from '../../src/logging/log.ts';

const tokenEnds = (stage: string): Finding => ({
  ...{ check: 'account', account: 'page', code: `end of its token, ${stage}`, severity: 'warning' },
  ...{ message: `page: its token ends (${stage}).`, remedy: 'Connect it.' },
});
const unreachable: Finding = {
  ...{ check: 'account', account: 'page', code: 'refused facebook:timeout', severity: 'error' },
  ...{ message: 'page: no answer.', remedy: 'Look.' },
};
const note: Finding = {
  ...{ check: 'account', account: 'x', code: 'label', severity: 'note' },
  ...{ message: 'x: a note.', remedy: 'Look.' },
};

/** A check whose every examination gives the next of these, or fails. */
function openBench(rounds: readonly (readonly Finding[] | Error)[], everyMs = 0, retryMs = 0) {
  const said: string[] = [];
  let told: ReadonlyMap<string, string> = new Map();
  let examined = 0;
  const lines = new Writable({
    write(line, _, done) {
      const { level, msg } = JSON.parse(String(line)) as { level: string; msg: string };
      said.push(`${level}: ${msg}`);
      done();
    },
  });
  const log = createLog({ part: 'test', level: 'info', stream: lines });
  const tick = openDailyCheck({
    async examine() {
      const round = rounds[examined++] ?? [];
      if (round instanceof Error) throw round;
      return round;
    },
    examinations: {
      told: async () => told,
      keepTold: async (next) => {
        told = next;
      },
    },
    ...{ log, afterMs: 0, everyMs, retryMs },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    said,
    examined: () => examined,
    async tick() {
      tick();
      await settle();
    },
  };
}

test('a fault is logged once, again when it has become another, and when it is over', async () => {
  const rounds = [[tokenEnds('7')], [tokenEnds('7'), note], [tokenEnds('3')], []];
  const { tick, said } = openBench(rounds);

  for (const _ of rounds) await tick();

  assert.deepEqual(said, [
    'warn: page: its token ends (7). Connect it.',
    'warn: page: its token ends (3). Connect it.',
    'info: No longer so: page: its token ends (7).',
    'info: No longer so: page: its token ends (3).',
  ]);
});

test('a day passes between two checks, and less after one that could not ask an account', async () => {
  const day = openBench([[note], [note]], 60_000);
  const hour = openBench([[unreachable], [note], [note]], 60_000);

  for (const _ of [1, 2, 3, 4]) {
    await day.tick();
    await hour.tick();
  }

  assert.equal(day.examined(), 1);
  assert.equal(hour.examined(), 2);
});

test('a check that fails is said, harms nobody and is tried again', async () => {
  const { tick, said, examined } = openBench([new Error('no process'), [tokenEnds('7')]], 60_000);

  await tick();
  await tick();

  assert.equal(examined(), 2);
  assert.match(said[0] ?? '', /^warn: The daily check could not be done/);
  assert.match(said[1] ?? '', /its token ends/);
});

test('an examination that is called off as its process stops is no failure', async () => {
  const { tick, said } = openBench([new DOMException('Stopped.', 'AbortError')]);

  await tick();

  assert.deepEqual(said, []);
});

test('an examination that is under way is not begun again', async () => {
  let begun = 0;
  const tick = openDailyCheck({
    examine() {
      begun += 1;
      return new Promise(() => {});
    },
    examinations: { told: async () => new Map(), keepTold: async () => {} },
    log: silentLog,
    ...{ afterMs: 0, everyMs: 0, retryMs: 0 },
  });

  tick();
  tick();

  assert.equal(begun, 1);
});

test('nothing is examined in the first moments of a start', () => {
  const tick = openDailyCheck({
    examine: () => assert.fail('it was examined'),
    examinations: { told: async () => new Map(), keepTold: async () => {} },
    log: silentLog,
  });

  tick();
});
