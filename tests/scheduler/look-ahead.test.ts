import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { LinkCheck } from '../../src/core/link-check.ts';
import type { Log } from '../../src/core/log.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLookAhead } from '../../src/scheduler/look-ahead.ts';
import { anIntent, aPost, type Bench, NAME, useLedgers } from '../support/ledger.ts';

const openLedger = useLedgers();
const minute = 60_000;
const links = ['https://news.example.org/a'];
const fault = { code: 'preflight:no-image', message: 'No image.', advice: 'Add one.' };
const flawed: LinkCheck = { links, faults: [{ ...fault, isFailure: false }] };

function openBench(bench: Bench, checkLinks: () => Promise<LinkCheck>) {
  const said: string[] = [];
  const log: Log = {
    debug() {},
    info() {},
    warn: (...words: unknown[]) => said.push(String(words.at(-1))),
    error() {},
  };
  let rounds = 0;
  const ledger: Ledger = {
    ...bench.ledger,
    async wakeable(...call) {
      rounds += 1;
      return bench.ledger.wakeable(...call);
    },
  };
  const look = openLookAhead({ ledger, log, gate: () => ({ check: checkLinks }), everyMs: 0 });
  return { look, said, rounds: () => rounds };
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let turns = 0; !(await holds()); turns++) {
    if (turns > 500) throw new Error('It does not come.');
    await wait(5);
  }
}

test('what is due within ten minutes is looked at once, and nothing later', async () => {
  const bench = openLedger();
  const now = await bench.ledger.now();
  await bench.ledger.add(anIntent({ due: now + 9 * minute }));
  await bench.ledger.add(anIntent({ publication: 'later/newsroom-x', due: now + 11 * minute }));
  let checks = 0;
  const { look, said, rounds } = openBench(bench, async () => {
    checks += 1;
    return flawed;
  });

  await until(() => {
    look();
    return said.length > 0 && rounds() >= 5;
  });

  assert.equal(checks, 1);
  assert.deepEqual(said, ['No image. Add one.']);
  assert.deepEqual(await bench.kinds(), ['planned', 'link in doubt']);
  assert.deepEqual(await bench.kinds('later/newsroom-x'), ['planned']);
});

test('a post that was changed is looked at again', async () => {
  const bench = openLedger();
  const due = (await bench.ledger.now()) + minute;
  await bench.ledger.add(anIntent({ due }));
  let checks = 0;
  const { look } = openBench(bench, async () => {
    checks += 1;
    return flawed;
  });
  look();
  await until(() => checks === 1);

  await bench.ledger.amend(anIntent({ due, post: aPost({ text: 'Other words' }) }), 1);

  await until(() => {
    look();
    return checks === 2;
  });
});

test('a link that never answers keeps nothing else from being looked at, nor from being claimed', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  let isFirst = true;
  const { look, said } = openBench(bench, () => {
    if (!isFirst) return Promise.resolve(flawed);
    isFirst = false;
    return new Promise(() => {});
  });
  look();
  await until(() => !isFirst);
  await bench.ledger.add(anIntent({ publication: 'other/newsroom-x' }));

  await until(() => {
    look();
    return said.length > 0;
  });

  assert.equal((await bench.claim()).to, 'publish');
  assert.equal(await bench.state(NAME), 'scheduled');
});
