import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useCommands } from '../support/command-bench.ts';

const openBench = useCommands();

async function benchAfterPublishing() {
  const bench = openBench();
  bench.writeEntries({ id: 'one', to: ['newsroom-x', 'newsroom-page'] });
  await bench.run(['apply']);
  await bench.workUntil('one/newsroom-x', 'published');
  await bench.workUntil('one/newsroom-page', 'published');
  return bench;
}

test('what went out once on every account is verified', async () => {
  const { run, ledger } = await benchAfterPublishing();

  const text = await run(['verify']);
  const json = await run(['verify', '--json', '--since', '1h']);

  assert.deepEqual(text, {
    status: 0,
    out: '2 publications intended: 2 live once, 0 missing, 0 twice, 0 unknown.\n',
    err: '',
  });
  const urls = await Promise.all(
    ['one/newsroom-x', 'one/newsroom-page'].map(
      async (name) => (await ledger.get(name))?.receipt?.url,
    ),
  );
  const { publications, ...sums } = JSON.parse(json.out) as {
    publications: { publication: string; verdict: string; urls: string[] }[];
  };
  assert.deepEqual(sums, { intended: 2, liveOnce: 2, missing: 0, twice: 0, unknown: 0 });
  assert.deepEqual(publications.map((one) => one.urls[0]).sort(), urls.sort());
});

test('a second post of the same text is found, and the command fails', async () => {
  const { run, sandbox } = await benchAfterPublishing();
  await sandbox('/2/tweets', { text: 'Our report is out' }, 'newsroom-x');

  const { status, out } = await run(['verify']);

  assert.equal(status, 1);
  assert.match(out, /^one\/newsroom-x is there more than once\.\n {4}https:.*\n {4}https:/);
  assert.match(out, /1 live once, 0 missing, 1 twice, 0 unknown\.\n$/);
});

test('an account that cannot be read is unknown, and the command does not fail for it', async () => {
  const { run, sandbox } = await benchAfterPublishing();
  await sandbox('/faults', { network: 'facebook', kind: 'unauthorized', on: 'read', count: 20 });

  const { status, out, err } = await run(['verify']);

  assert.equal(status, 0);
  assert.match(err, /^newsroom-page could not be read: /);
  assert.match(out, /1 live once, 0 missing, 0 twice, 1 unknown\.\n$/);
});
