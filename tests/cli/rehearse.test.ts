import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { startAnsweringServer } from '../support/answering-server.ts';
import { useCommands } from '../support/command-bench.ts';

const openBench = useCommands();
const MONTH = ['--from', '2030-01-01', '--to', '2030-01-31'];

interface RehearsedJson {
  readonly ok: boolean;
  readonly publications: readonly {
    readonly publication: string;
    readonly state: string;
    readonly appearsAt: string | null;
    readonly story: readonly { readonly kind: string; readonly at: string }[];
  }[];
}

const HEAD = `timezone: Europe/Paris
accounts:
  newsroom-x: { network: twitter }
  newsroom-page: { network: facebook, pageId: "1000200030004" }
  newsroom-tube: { network: youtube, channelId: UCabcdefghijklmnopqrstuv }
defaults: { to: [newsroom-x, newsroom-page] }
`;

test('a rehearsal shows what appears when and where, and touches neither ledger nor data', async () => {
  const { run, writeConfig, ledger, folder } = openBench();
  writeConfig(`${HEAD}sandbox: false
publications:
  - { id: soon, at: now, article: { title: Soon } }
  - { id: one, at: 2030-01-02 09:00, article: { title: One } }
  - { id: before, at: 2029-12-31 09:00, article: { title: Before } }
  - { id: after, at: 2030-02-01 09:00, article: { title: After } }
  - { id: by-hand, at: 2030-01-03 09:00, to: [newsroom-tube], article: { title: By hand } }
`);

  const { status, out, err } = await run(['rehearse', ...MONTH]);

  assert.equal(err, '');
  assert.equal(status, 0);
  assert.equal(
    out,
    `Tue 1 Jan 2030
  00:00  soon/newsroom-page     Soon
  00:00  soon/newsroom-x        Soon

Wed 2 Jan 2030
  09:00  one/newsroom-page      One
  09:00  one/newsroom-x         One

Thu 3 Jan 2030
  09:00  by-hand/newsroom-tube  handoff: By hand

Times are in Europe/Paris.

1 entry with an earlier time left out.
From Tue 1 Jan 2030 00:00 to Thu 31 Jan 2030 23:59: 4 would appear, 1 would wait for a person to post. Nothing would go wrong.
`,
  );
  assert.deepEqual(await ledger.list(), []);
  assert.equal(existsSync(join(folder, 'data')), false);
});

test('what recurs appears in all of its slots, planned again as time goes by', async () => {
  const { run, writeConfig } = openBench();
  writeConfig(`${HEAD}sandbox: true
publications:
  - { id: weekly, every: monday 09:00, to: [newsroom-x], article: { title: Weekly }, texts: [One, Two] }
`);

  const { status, out } = await run(['rehearse', '--from', '2030-01-01', '--to', '90d', '--json']);

  const { publications } = JSON.parse(out) as RehearsedJson;
  assert.equal(status, 0);
  assert.deepEqual(publications.map(({ publication }) => publication.slice(0, 17)).slice(0, 2), [
    'weekly@2030-01-07',
    'weekly@2030-01-14',
  ]);
  assert.equal(publications.length, 12);
});

test('the example month goes out whole, each post once', async () => {
  const { run } = openBench();
  const example = resolve(import.meta.dirname, '../../config/carillon.yaml');
  const month = ['--from', '2026-12-01', '--to', '2026-12-31'];

  const { status, out } = await run(['rehearse', ...month, '--config', example, '--json']);

  const { ok, publications } = JSON.parse(out) as RehearsedJson;
  assert.deepEqual([status, ok], [0, true]);
  assert.equal(publications.length, 12);
  assert.deepEqual(new Set(publications.map(({ state }) => state)), new Set(['published']));
  const winter = publications.filter(({ publication }) => publication.startsWith('winter-hours/'));
  for (const { appearsAt } of winter) assert.match(appearsAt ?? '', /^2026-12-01T08:00:0/);
});

test('people are taken to approve in time, and drafts stay drafts', async () => {
  const { run, writeConfig } = openBench();
  writeConfig(`${HEAD}sandbox: true
approval: required
publications:
  - { id: asked, at: 2030-01-02 09:00, to: [newsroom-x], article: { title: Asked } }
  - { id: draft, at: 2030-01-03 09:00, to: [newsroom-x], status: draft, article: { title: Draft } }
`);

  const { status, out } = await run(['rehearse', ...MONTH]);

  assert.equal(status, 0);
  assert.match(out, /^ {2}09:00 {2}asked\/newsroom-x {2}Asked$/m);
  assert.match(out, /^ {2}09:00 {2}draft\/newsroom-x {2}draft: Draft$/m);
  assert.match(out, /^1 publication would wait for approval: taken to be given in time\.$/m);
  assert.match(out, /: 1 would appear, 1 would stay in draft\. Nothing would go wrong\.$/m);
});

test('nothing reaches the address of an account, even one on this machine', async () => {
  const { run, writeConfig } = openBench();
  const server = await startAnsweringServer(() => ({ status: 500 }));
  writeConfig(`${HEAD.replace('network: twitter', `network: twitter, apiUrl: "${server.url}"`)}sandbox: false
publications:
  - { id: one, at: 2030-01-02 09:00, to: [newsroom-x], article: { title: One } }
`);

  const { status } = await run(['rehearse', ...MONTH]);
  await server.close();

  assert.equal(status, 0);
  assert.deepEqual(server.heard, []);
});

test('faults are met at the times of the rehearsal: a wait for the network takes no time', async () => {
  const { run, writeConfig } = openBench();
  writeConfig(`${HEAD}sandbox: true
publications:
  - { id: one, at: 2030-01-02 09:00, to: [newsroom-x], article: { title: One } }
  - { id: two, at: 2030-01-02 10:00, to: [newsroom-page], article: { title: Two } }
`);
  const faults = ['--fault', 'twitter:rate-limit,facebook:stored-then-error'];

  const { status, out } = await run(['rehearse', ...MONTH, ...faults, '--json']);

  const { ok, publications } = JSON.parse(out) as RehearsedJson;
  assert.deepEqual([status, ok], [0, true]);
  assert.deepEqual(
    publications.map(({ publication, state, appearsAt }) => [
      publication,
      state,
      appearsAt?.slice(0, 16),
    ]),
    [
      ['one/newsroom-x', 'published', '2030-01-02T08:15'],
      ['two/newsroom-page', 'published', '2030-01-02T09:00'],
    ],
  );
  assert.deepEqual(
    publications.map(({ story }) => story.map(({ kind }) => kind)),
    [
      ['planned', 'sending', 'put off', 'limited', 'sending', 'posted'],
      ['planned', 'sending', 'outcome unknown', 'posted'],
    ],
  );
});

test('what would fail or be missed is told, and the exit status is 1', async () => {
  const { run, writeConfig, folder } = openBench();
  writeConfig(`${HEAD}sandbox: true
publications:
  - { id: one, at: 2030-01-02 09:00, to: [newsroom-x], article: { title: One } }
  - { id: two, at: 2030-01-03 09:00, to: [newsroom-page], article: { title: Two } }
`);
  const faults = ['--fault', 'twitter:refuse,facebook:unauthorized'];

  const { status, out } = await run(['rehearse', ...MONTH, ...faults, '--html', 'page.html']);

  assert.equal(status, 1);
  assert.match(out, /^one\/newsroom-x failed$/m);
  assert.match(out, /^two\/newsroom-page missed$/m);
  assert.match(out, / 0 would appear, 1 would fail, 1 would be missed\. Not all goes well\.$/m);
  assert.match(readFileSync(join(folder, 'page.html'), 'utf8'), /What would go wrong/);
});

test('a config or a call that cannot be rehearsed exits with 2', async () => {
  const { run, writeConfig, writeEntries } = openBench();
  writeEntries({ id: 'one', at: '2030-01-01 09:00' });
  const backwards = await run(['rehearse', '--from', '2030-01-02', '--to', '2030-01-01']);
  const unknown = await run(['rehearse', '--fault', 'twitter:fire']);
  writeConfig('timezone: Europe/Paris\n');
  const broken = await run(['rehearse']);

  assert.deepEqual([backwards.status, unknown.status, broken.status], [2, 2, 2]);
  assert.match(unknown.err, /There is no fault "fire"/);
});

test('a rehearsal that is interrupted leaves nothing behind', async () => {
  const { writeEntries, folder, env } = openBench();
  const entries = Array.from({ length: 300 }, (_, i) => ({
    id: `entry-${i}`,
    at: `2030-01-${String(1 + (i % 28)).padStart(2, '0')} ${String(i % 24).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`,
  }));
  writeEntries(...entries);
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const isUnderWay = () =>
    readdirSync(temporary).some((name) => existsSync(join(temporary, name, 'journal')));

  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), resolve('src/cli/main.ts'), 'rehearse', ...MONTH],
    { cwd: folder, env: { ...process.env, ...env, TMPDIR: temporary }, stdio: 'ignore' },
  );
  while (!isUnderWay() && child.exitCode === null) await wait(20);
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number];

  assert.equal(code, 1);
  assert.deepEqual(
    readdirSync(temporary).filter((name) => name.startsWith('carillon-')),
    [],
  );
});
