import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import ICAL from 'ical.js';
import { useCommands } from '../support/command-bench.ts';

const openBench = useCommands();
const withoutLedger = { env: { REDIS_URL: '' } };

function eventsIn(ics: string) {
  return new ICAL.Component(ICAL.parse(ics)).getAllSubcomponents('vevent').map((event) => ({
    uid: event.getFirstPropertyValue('uid'),
    status: event.getFirstPropertyValue('status'),
    url: event.getFirstPropertyValue('url'),
  }));
}

test('calendar lists day by day what the config plans, without a ledger', async () => {
  const { run, writeEntries } = openBench();
  writeEntries(
    { id: 'two', at: '2030-01-02 07:30', title: 'Two' },
    { id: 'one', at: '2030-01-01 09:00', to: ['newsroom-x', 'newsroom-page'] },
    { id: 'soon', title: 'Soon' },
  );

  const { status, out, err } = await run(['calendar'], withoutLedger);

  assert.equal(status, 0);
  assert.equal(
    out,
    `Tue 1 Jan 2030
  09:00  one/newsroom-page  Our report is out
  09:00  one/newsroom-x     Our report is out

Wed 2 Jan 2030
  07:30  two/newsroom-x     Two

Times are in Europe/Paris.
`,
  );
  assert.equal(err, '1 publication with "at: now" has no time before the first apply: left out.\n');
});

test('calendar --ics writes the file, or with - to standard output', async () => {
  const { run, writeEntries, folder } = openBench();
  writeEntries({ id: 'one', at: '2030-01-01 09:00' });

  const written = await run(['calendar', '--ics', 'out.ics'], withoutLedger);
  const printed = await run(['calendar', '--ics', '-'], withoutLedger);

  assert.deepEqual([written.status, written.out], [0, 'out.ics is written: 1 event.\n']);
  const expected = [{ uid: 'one/newsroom-x@carillon', status: 'TENTATIVE', url: null }];
  assert.deepEqual(eventsIn(await readFile(join(folder, 'out.ics'), 'utf8')), expected);
  assert.deepEqual(eventsIn(printed.out), expected);
});

test('with a ledger, the calendar knows what went out and what is cancelled', async () => {
  const { run, writeEntries, workUntil } = openBench();
  writeEntries({ id: 'one' }, { id: 'gone', at: '2030-01-01 09:00', title: 'Gone' });
  await run(['apply']);
  const { receipt } = await workUntil('one/newsroom-x', 'published');
  writeEntries({ id: 'one' }, { id: 'new', at: '2030-01-02 09:00', title: 'New' });
  await run(['cancel', 'gone/newsroom-x']);

  const { out, err } = await run(['calendar', '--ics', '-']);

  assert.equal(err, '');
  assert.deepEqual(eventsIn(out), [
    { uid: 'one/newsroom-x@carillon', status: 'CONFIRMED', url: receipt?.url },
    { uid: 'gone/newsroom-x@carillon', status: 'CANCELLED', url: null },
    { uid: 'new/newsroom-x@carillon', status: 'TENTATIVE', url: null },
  ]);
});

test('a ledger that does not answer is said, and the plan is written all the same', async () => {
  const { run, writeEntries } = openBench();
  writeEntries({ id: 'one', at: '2030-01-01 09:00' });

  const { status, out, err } = await run(['calendar', '--json'], {
    env: { REDIS_URL: 'redis://127.0.0.1:1' },
  });

  assert.equal(status, 0);
  assert.match(err, /Without the ledger, this is what the config plans\./);
  assert.deepEqual(JSON.parse(out), [
    {
      publication: 'one/newsroom-x',
      entry: 'one',
      account: 'newsroom-x',
      network: 'twitter',
      state: 'planned',
      at: '2030-01-01T08:00:00.000Z',
      text: 'Our report is out',
      url: null,
    },
  ]);
});

test('a calendar that cannot be written leaves nothing behind and exits with 2', async () => {
  const { run, writeEntries } = openBench();
  writeEntries({ id: 'one', at: '2030-01-01 09:00' });

  const { status, err } = await run(['calendar', '--ics', 'nowhere/out.ics'], withoutLedger);

  assert.equal(status, 2);
  assert.equal(
    err,
    '"nowhere/out.ics" cannot be written: its folder does not exist. Make it first.\n',
  );
});

test('calendar with a config that has mistakes exits with 2', async () => {
  const { run, writeConfig } = openBench();
  writeConfig('timezone: Europe/Paris\n');

  assert.equal((await run(['calendar', '--ics', '-'], withoutLedger)).status, 2);
});
