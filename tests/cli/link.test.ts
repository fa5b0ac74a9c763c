import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useCommands } from '../support/command-bench.ts';

const bench = useCommands();

const config = (more = '') => `timezone: Europe/Paris
sandbox: true
approval: required
${more}accounts:
  newsroom-x: { network: twitter }
  newsroom-tube: { network: youtube, channelId: UCabcdefghijklmnopqrstuv, approval: none }
publications:
  - { id: report, at: 2099-11-24 09:00, to: [newsroom-x], article: { title: Our report } }
  - { id: tube, at: 2099-11-24 09:00, to: [newsroom-tube], article: { title: Our report } }
`;

test('prints a link that lets somebody approve, or post by hand, for a while', async () => {
  const { run, writeConfig } = bench();
  writeConfig(config('dashboard: { url: https://carillon.example.org }\n'));
  await run(['apply', '--yes']);

  const approve = await run(['link', 'approve', 'report/newsroom-x', '--for', 'Anna']);
  const handOff = await run([
    'link',
    'hand-off',
    'tube/newsroom-tube',
    '--for-days',
    '2',
    '--json',
  ]);

  assert.equal(approve.status, 0, approve.err);
  assert.match(approve.out, /^https:\/\/carillon\.example\.org\/link\/[\w-]+\.[\w-]+\n$/);
  assert.match(approve.err, /^For Anna, until /);
  assert.doesNotMatch(approve.err, /this machine only/);
  const { url, until, deed } = JSON.parse(handOff.out);
  assert.match(url, /\/link\//);
  assert.equal(deed, 'hand-off');
  const days = (Date.parse(until) - Date.now()) / 86_400_000;
  assert.ok(days > 1.9 && days < 2.1);
});

test('says that a link without an address of the dashboard leads to this machine only', async () => {
  const { run, writeConfig } = bench();
  writeConfig(config());
  await run(['apply', '--yes']);

  const { out, err } = await run(['link', 'approve', 'report/newsroom-x']);

  assert.match(out, /^http:\/\/127\.0\.0\.1:8420\/link\//);
  assert.match(err, /leads to this machine only: write the address/);
});

test('makes no link to what cannot be done, and takes no nonsense', async () => {
  const { run, writeConfig } = bench();
  writeConfig(config());
  await run(['apply', '--yes']);

  const notWaiting = await run(['link', 'approve', 'tube/newsroom-tube']);
  const notByHand = await run(['link', 'hand-off', 'report/newsroom-x']);

  assert.equal(notWaiting.status, 1);
  assert.match(notWaiting.err, /does not wait for an approval that a link can give/);
  assert.equal(notByHand.status, 1);
  assert.match(notByHand.err, /is not to be posted by hand: it is held/);
  for (const argv of [
    ['link', 'cancel', 'report/newsroom-x'],
    ['link', 'approve', 'reprot/newsroom-x'],
    ['link', 'approve'],
    ['link', 'approve', 'report/newsroom-x', '--for-days', '0'],
    ['link', 'approve', 'report/newsroom-x', '--for-days', '61'],
    ['link', 'approve', 'report/newsroom-x', '--for', ' '],
  ]) {
    assert.equal((await run(argv)).status, 2, argv.join(' '));
  }
});
