import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { loadConfig } from '../../config/load.ts';
import { openApp } from '../../src/app.ts';
import type { Config } from '../../src/core/config.ts';
import { silentLog } from '../../src/core/log.ts';
import { useCommands } from '../support/command-bench.ts';
import { type Item, rss } from '../support/feed.ts';

const openBench = useCommands();
let body = rss();
const site = http.createServer((request, response) => {
  const isFeed = request.url === '/feed.xml';
  response.writeHead(isFeed ? 200 : 404, { 'content-type': 'application/rss+xml' });
  response.end(isFeed ? body : '');
});
before(async () => {
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
});
after(() => site.close());

const night: Item = {
  title: 'Night opening',
  guid: '17',
  link: 'https://library.example.org/news/night',
  text: 'Until midnight.',
  category: 'Press',
};

function benchWithFeed(path = '/feed.xml', more = '') {
  const bench = openBench();
  const { port } = site.address() as AddressInfo;
  bench.writeConfig(`timezone: Europe/Paris
sandbox: true
accounts:
  newsroom-x: { network: twitter, handle: "@newsroom" }
fetch: { allow: ["127.0.0.1"] }
feeds:
  - { id: news, url: "http://127.0.0.1:${port}${path}", to: [newsroom-x], backfill: 1, after: 1h${more} }
`);
  return bench;
}

/** Does what the scheduler does with the feeds, until this is so. */
async function pollUntil(
  bench: ReturnType<typeof openBench>,
  isSo: () => Promise<boolean>,
): Promise<void> {
  const { config } = await loadConfig({ cwd: bench.folder, env: bench.env });
  const redisUrl = bench.env.REDIS_URL;
  const dataDir = `${bench.folder}/data`;
  await using app = await openApp(config, {
    redisUrl,
    dataDir,
    mayStartRedis: false,
    log: silentLog,
  });
  await using _feeds = await app.startFeeds((): Config => config, { tickMs: 10 });
  for (const end = Date.now() + 10_000; !(await isSo()); ) {
    assert.ok(Date.now() < end, 'It did not happen in time.');
    await new Promise((done) => setTimeout(done, 20));
  }
}

test('the preview of a feed shows its newest articles as they would go out, and remembers nothing', async () => {
  body = rss(night, {
    ...night,
    title: 'Other',
    guid: '18',
    link: 'https://a.example/o',
    category: 'Diary',
  });
  const { run } = benchWithFeed('/feed.xml', ', only: [press]');

  const { status, out, err } = await run(['preview', 'news']);
  const feeds = await run(['feeds']);

  assert.equal(status, 0);
  assert.match(out, /^news-[0-9a-f]{10}\/newsroom-x$/m);
  assert.match(
    out,
    /Night opening\n\nUntil midnight\.\n\nhttps:\/\/library\.example\.org\/news\/night #Press/,
  );
  assert.doesNotMatch(out, /Other/);
  assert.match(err, /The feed shows 2 articles, 1 of them in the categories of the config\./);
  assert.match(
    feeds.out,
    /^news\n {2}http.*\n {2}Asked every 15 minutes; not asked yet: the scheduler does it\.$/m,
  );
});

test('a feed that cannot be read is told in one sentence by preview and by check --online', async () => {
  const { run } = benchWithFeed('/none');

  const preview = await run(['preview', 'news']);
  const check = await run(['check', '--online']);
  const plain = await run(['check']);

  assert.equal(preview.status, 2);
  assert.match(
    preview.err,
    /^The feed "news" cannot be read: The server says that there is no such page \(404\)/m,
  );
  assert.equal(check.status, 0);
  assert.match(check.out, /carillon\.yaml:7:5 warning: The feed "news": .*404/);
  assert.match(plain.out, /The config is fine, and has no publications but those of 1 feed\.$/m);
});

test('what a feed has given is planned, shown with where it comes from, and cancelled with its feed', async () => {
  body = rss(night);
  const bench = benchWithFeed();
  const { run, ledger } = bench;
  await pollUntil(bench, async () => (await ledger.list()).length === 1);
  const name = (await ledger.list())[0]?.publication ?? '';

  const plan = await run(['plan', '--detailed-exitcode']);
  const show = await run(['show', name]);
  const json = JSON.parse((await run(['show', name, '--json'])).out) as {
    origin: { feed: string; title: string };
  };
  const feeds = JSON.parse((await run(['feeds', '--json'])).out) as { coming: object[] }[];
  bench.writeEntries();
  const without = await run(['plan']);

  assert.match(name, /^news-[0-9a-f]{10}\/newsroom-x$/);
  assert.equal(plan.status, 0);
  assert.match(show.out, /From the feed news, first seen there .*: Night opening/);
  assert.deepEqual([json.origin.feed, json.origin.title], ['news', 'Night opening']);
  assert.equal(feeds[0]?.coming.length, 1);
  assert.match(without.out, new RegExp(`- +${name}[^]*no longer in the config`));
});

test('an article that its publisher edits before its time goes out as it is by then', async () => {
  body = rss(night);
  const bench = benchWithFeed();
  const { run, ledger } = bench;
  await pollUntil(bench, async () => (await ledger.list()).length === 1);
  const name = (await ledger.list())[0]?.publication ?? '';

  body = rss({ ...night, title: 'Night opening on Saturday' });
  // Another address is asked at once.
  const { port } = site.address() as AddressInfo;
  bench.writeConfig(`timezone: Europe/Paris
sandbox: true
accounts: { newsroom-x: { network: twitter, handle: "@newsroom" } }
fetch: { allow: ["127.0.0.1"] }
feeds: [{ id: news, url: "http://127.0.0.1:${port}/feed.xml#again", to: [newsroom-x] }]
`);
  await pollUntil(bench, async () => (await ledger.post(name))?.text.includes('Saturday') === true);

  assert.equal((await ledger.list()).length, 1);
  const story = (await ledger.story(name)).map(({ kind }) => kind);
  assert.deepEqual(story, ['planned', 'rewritten']);
  assert.match((await run(['show', name])).out, /The post was changed\./);
});

test('a feed that fails stands in status and doctor with the reason', async () => {
  const bench = benchWithFeed('/none');
  const { run } = bench;
  const states = async () =>
    JSON.parse((await run(['feeds', '--json'])).out) as { failures: number }[];
  await pollUntil(bench, async () => (await states())[0]?.failures === 1);

  const status = await run(['status']);
  const doctor = await run(['doctor']);

  assert.match(
    status.out.replace(/\s+/g, ' '),
    /The feed news could not be read: The server says .* \(404\)/,
  );
  assert.match(doctor.out.replace(/\s+/g, ' '), /The feed news could not be read/);
});
