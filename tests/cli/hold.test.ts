import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useCommands } from '../support/command-bench.ts';

const openBench = useCommands();

async function benchWithTwo() {
  const bench = openBench();
  bench.writeEntries(
    { id: 'one', at: '2099-01-01 09:00' },
    { id: 'two', at: '2099-01-02 09:00', title: 'Two' },
  );
  await bench.run(['apply']);
  return bench;
}

test('one is held with a reason, says so everywhere, and is released', async () => {
  const bench = await benchWithTwo();

  const held = await bench.run(['hold', 'one/newsroom-x', '--reason', 'the lawyer reads it']);
  const again = await bench.run(['hold', 'one/newsroom-x']);
  const shown = await bench.run(['show', 'one/newsroom-x']);
  const listed = await bench.run(['status']);
  const moved = await bench.run(['move', 'one/newsroom-x', '2099-02-01 09:00']);
  const released = await bench.run(['release', 'one/newsroom-x']);

  assert.match(held.out, /one\/newsroom-x is held: it is not sent until somebody releases it/);
  assert.match(again.out, /is held already, by /);
  assert.match(shown.out, /Held by .*: the lawyer reads it\./);
  assert.match(shown.out, /"carillon release one\/newsroom-x" lets it go on/);
  assert.match(listed.out, /the lawyer reads it/);
  assert.match(moved.out, /holds it: "carillon release one\/newsroom-x"/);
  assert.match(released.out, /one\/newsroom-x is released\. It goes out at its time\./);
  assert.equal((await bench.ledger.get('one/newsroom-x'))?.state, 'scheduled');
});

test('many are held and released at once, and what is not held is left alone', async () => {
  const bench = await benchWithTwo();

  const held = await bench.run(['hold', '--account', 'newsroom-x', '--yes', '--json']);
  const states = (await bench.ledger.list()).map(({ state }) => state);
  const released = await bench.run(['release', '--entry', 'two', '--yes']);
  const left = await bench.ledger.list(['held']);

  assert.equal(JSON.parse(held.out).length, 2);
  assert.deepEqual(states, ['held', 'held']);
  assert.match(released.out, /two\/newsroom-x is released/);
  assert.deepEqual(
    left.map(({ publication }) => publication),
    ['one/newsroom-x'],
  );
});

test('what was cancelled is not held, and why is said', async () => {
  const bench = await benchWithTwo();
  await bench.run(['cancel', 'one/newsroom-x']);

  const { status, err } = await bench.run(['hold', 'one/newsroom-x']);
  const never = await bench.run(['release', 'two/newsroom-x']);

  assert.equal(status, 1);
  assert.match(err, /is not held\. It is cancelled and is not sent/);
  assert.match(never.out, /two\/newsroom-x is not held by hand/);
});
