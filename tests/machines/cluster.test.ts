import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findFreePort } from '../../src/redis/endpoint.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { runCommand } from '../support/command-line.ts';
import { rss } from '../support/feed.ts';
import { makePng } from '../support/png.ts';
import { startTestCluster, type TestCluster } from '../support/redis-cluster.ts';
import { until } from '../support/until.ts';
import { PATIENCE_MS, runCarillon } from './carillon-process.ts';

/** The whole main job on a Cluster of three masters, none of which knows more than its own slots. */
describe('Carillon on a Redis Cluster', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-cluster-'));
  let cluster: TestCluster;
  let sandbox: Sandbox;
  let env: Record<string, string>;
  let keys: readonly string[] = [];
  const site = http.createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    const link = 'https://news.example.org/lantern';
    response.end(
      rss({ title: 'A lantern walk', link, guid: 'lantern', date: new Date().toUTCString() }),
    );
  });

  before(async () => {
    cluster = await startTestCluster();
    sandbox = await startSandbox({ port: 0, takesRepeats: true });
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    const { port } = site.address() as AddressInfo;
    const file = join(folder, 'carillon.yaml');
    writeFileSync(join(folder, 'grey.png'), makePng('', 64).bytes);
    writeFileSync(file, configOf(sandbox.url, port));
    env = {
      REDIS_URL: cluster.url,
      CARILLON_CONFIG: file,
      CARILLON_DATA_DIR: join(folder, 'data'),
      CARILLON_DASHBOARD_PORT: String(await findFreePort()),
      CARILLON_DASHBOARD_PASSWORD: 'a long enough password',
      ...Object.fromEntries(SECRETS.map((name) => [`CARILLON_${name}`, `the-${name}`])),
    };
  });
  after(async () => {
    site.close();
    await sandbox?.close();
    await cluster?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it('does all that it does', { timeout: 180_000 }, async () => {
    await using running = runCarillon(['start', '--yes'], env);
    const command = (...argv: string[]) => runCommand(argv, { env, cwd: folder });
    const states = async () => {
      const { out } = await command('status', '--json');
      const lines = JSON.parse(out || '[]') as { publication: string; state: string }[];
      return Object.fromEntries(lines.map(({ publication, state }) => [publication, state]));
    };
    await running.untilItSays(/Ready after/);
    await until(
      async () =>
        Object.values(await states()).filter((state) => state === 'published').length >= 10,
      `published on every network\n${running.said()}`,
      PATIENCE_MS,
    );

    await visitDashboard(env);
    for (const argv of [
      ...[
        ['pause', 'a-page'],
        ['resume', 'a-page'],
        ['hold', 'later/a-x', '--yes'],
      ],
      ...[['release', 'later/a-x', '--yes'], ['move', 'later/a-x', '2030-01-01 10:00'], ['feeds']],
      ...[['cancel', 'later/a-tube', '--yes'], ['show', 'p0/a-x'], ['verify', '--json'], ['plan']],
      ...[['retract', 'p1/a-page', '--yes'], ['doctor']],
    ]) {
      const { status, out, err } = await command(...argv);
      assert.equal(status, 0, `${argv.join(' ')}: ${out}${err}`);
    }
    await until(
      async () => (await states())['p1/a-page'] === 'retracted',
      'retracted',
      PATIENCE_MS,
    );
    const log = (await (await fetch(`${sandbox.url}/log`)).json()) as {
      text: string;
      account: string;
    }[];
    const seen = log.map(({ account, text }) => `${account}: ${text}`);
    assert.equal(new Set(seen).size, seen.length, 'nothing went out twice');
    assert.doesNotMatch(running.said(), /MOVED|CROSSSLOT|same slot/);
    keys = (await Promise.all(cluster.masters.map((redis) => redis.keys('*')))).flat();
  });

  it('has put every key into one slot', async () => {
    const [any] = cluster.masters;

    const slots = await Promise.all(keys.map((key) => any?.cluster('KEYSLOT', key)));

    const kinds = ['ledger:publication', 'ledger:events', 'credentials:', 'feeds:', 'alerts:'];
    for (const kind of [
      ...kinds,
      'dashboard:',
      'ledger:media',
      'ledger:limit',
      'twitter:',
      'ledger:spent',
    ]) {
      assert.ok(
        keys.some((key) => key.startsWith(`{carillon}:${kind}`)),
        `${kind} in ${keys.join(' ')}`,
      );
    }
    assert.deepEqual(new Set(slots), new Set([await any?.cluster('KEYSLOT', '{carillon}')]));
  });
});

const SECRETS = [
  ...['API_KEY', 'API_SECRET', 'ACCESS_TOKEN', 'ACCESS_SECRET'].map((one) => `A_X_${one}`),
  ...['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'].map((one) => `B_X_${one}`),
  ...['PAGE_TOKEN', 'APP_ID', 'APP_SECRET'].map((one) => `A_PAGE_${one}`),
  ...['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'].map((one) => `A_TUBE_${one}`),
];

function configOf(apiUrl: string, feedPort: number): string {
  const words = ['amber', 'birch', 'cedar'];
  const entries = words.map(
    (word, i) =>
      `  - { id: p${i}, at: now, to: [a-x, a-page, a-tube], article: { title: "All of ${word}", image: { file: grey.png, alt: Grey } } }\n`,
  );
  return `timezone: UTC
sandbox: false
accounts:
  a-x: { network: twitter, apiUrl: "${apiUrl}", limits: { posts: 50 per 15m }, budget: 20 USD a month }
  b-x: { network: twitter, apiUrl: "${apiUrl}" }
  a-page: { network: facebook, pageId: "1000200030004", apiUrl: "${apiUrl}" }
  a-tube: { network: youtube, channelId: UCabcdefghijklmnopqrstuv, mode: api, apiUrl: "${apiUrl}" }
publishing: { confirmAfter: [3s, 8s], requestTimeout: 2s, backoff: 100ms }
alerts: { webhook: "http://127.0.0.1:9/nobody" }
fetch: { allow: ["127.0.0.1"] }
feeds: [{ id: news, url: "http://127.0.0.1:${feedPort}/feed.xml", to: [a-page], after: 0s, backfill: 1 }]
publications:
${entries.join('')}
  - { id: other, at: now, to: [b-x], article: { title: "Quite another thing to see" } }
  - { id: later, at: 2030-01-01 09:00, to: [a-x, a-tube], article: { title: "Much later" } }
  - { id: tips, every: "Tue,Fri 09:00", to: [a-page], article: { title: "Did you know?" } }
`;
}

async function visitDashboard(env: Readonly<Record<string, string>>): Promise<void> {
  const url = `http://127.0.0.1:${env.CARILLON_DASHBOARD_PORT}`;
  const form = { name: 'carillon', password: env.CARILLON_DASHBOARD_PASSWORD ?? '' };
  const body = new URLSearchParams(form);
  const entered = await fetch(`${url}/enter`, { method: 'POST', body, redirect: 'manual' });
  const headers = { cookie: entered.headers.get('set-cookie')?.split(';', 1)[0] ?? '' };
  for (const path of [
    ...['/', '/history', '/calendar', '/calendar.ics', '/metrics', '/healthz', '/readyz'],
    ...['/queues', '/queues/api/queues?status=completed', '/queues/queue/twitter'],
  ]) {
    const answer = await fetch(`${url}${path}`, { headers });
    assert.equal(answer.status, 200, `${path}: ${await answer.text()}`);
  }
}
