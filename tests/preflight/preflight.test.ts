import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeVisit } from '../../src/preflight/judge-visit.ts';
import { openPreflight } from '../../src/preflight/preflight.ts';
import { makePng } from '../support/png.ts';
import { type Page, type SmallWeb, startSmallWeb } from '../support/small-web.ts';
import { onFacebook, onX } from '../support/visits.ts';

const names = {
  'news.example': ['93.184.216.34'],
  'other.example': ['93.184.216.35'],
  'wiki.lan': ['10.0.0.7'],
};
const url = (path: string, host = 'news.example') => `http://${host}${path}`;
const paragraph = '<p>Twelve years after the last cement was poured, otters are back again.</p>';
const article = (head = '') =>
  `<html><head><title>Otters</title>${head}</head><body><article>${paragraph.repeat(12)}</article></body></html>`;
const goodHead =
  '<meta property="og:title" content="Otters"><meta property="og:image" content="/otter.png"><meta name="twitter:card" content="summary_large_image">';

async function codesOf(web: SmallWeb, link: string, options = {}): Promise<readonly string[]> {
  const preflight = openPreflight({ allow: [], wire: web.wire, timeoutMs: 5_000, ...options });
  return judgeVisit(await preflight.visit(link), [onX, onFacebook]).map(({ code }) =>
    code.replace('preflight:', ''),
  );
}

const pages: Readonly<Record<string, Page>> = {
  '/good': { body: article(goodHead) },
  '/otter.png': { headers: { 'content-type': 'image/png' }, body: makePng('', 700).bytes },
  '/gone': { status: 404 },
  '/closed': { status: 403 },
  '/broken': { status: 500 },
  '/loop': { status: 302, headers: { location: '/loop' } },
  '/to-login': { status: 302, headers: { location: '/login' } },
  '/login': { body: '<title>Hello</title><form><input type="password"></form>' },
  '/private': { status: 302, headers: { location: 'http://wiki.lan/' } },
  '/file': { headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.7' },
  '/no-image': { body: article(goodHead.replace('/otter.png', '/good')) },
  '/half-image': { body: article(goodHead.replace('/otter.png', '/half.png')) },
  '/half.png': { body: makePng('', 700).bytes.subarray(0, 20) },
  '/huge': { body: Buffer.alloc(6_000_000, '<p>') },
};

test('each way in which a link can fail has its finding, and none is a crash', async () => {
  await using web = await startSmallWeb(names, (asked) => pages[new URL(asked).pathname]);
  const expected: Readonly<Record<string, readonly string[]>> = {
    '/good': [],
    '/gone': ['not-found'],
    '/closed': ['login'],
    '/broken': ['server-error'],
    '/loop': ['unreachable'],
    '/to-login': ['login'],
    '/private': ['private-address'],
    '/file': ['no-page'],
    '/no-image': ['image-unreachable'],
    '/half-image': ['image-unreachable'],
    '/huge': ['unreachable'],
  };

  for (const [path, codes] of Object.entries(expected)) {
    assert.deepEqual(await codesOf(web, url(path)), codes, path);
  }
  assert.deepEqual(await codesOf(web, 'http://nowhere.example/'), ['unreachable']);
  assert.deepEqual(await codesOf(web, 'http://127.0.0.1/'), ['private-address']);
  assert.ok(!web.dialled.includes('10.0.0.7'));
});

test('a server that never answers is told in its time, and so is a page that never ends to be read', async () => {
  const deep = `${'<div>'.repeat(200_000)}`;
  await using web = await startSmallWeb(names, (asked) =>
    asked.endsWith('/deep') ? { body: deep } : undefined,
  );

  assert.deepEqual(await codesOf(web, url('/silent'), { timeoutMs: 100 }), ['unreachable']);
  const [code] = await codesOf(web, url('/deep'));
  assert.ok(code === 'unreadable' || code === 'no-card', code);
});

test('a link is followed once, however often it is asked for, until it counts no more', async () => {
  await using web = await startSmallWeb(names, () => ({ body: article() }));
  let now = 0;
  const preflight = openPreflight({ allow: [], wire: web.wire, keepMs: 1_000, now: () => now });

  await Promise.all([preflight.visit(url('/a')), preflight.visit(url('/a'))]);
  await preflight.visit(url('/a'));
  assert.equal(web.asked.length, 1);

  now = 1_000;
  await preflight.visit(url('/a'));
  assert.equal(web.asked.length, 2);
});

test('a host is asked for two pages at a time, while another host is asked too', async () => {
  const waiting: string[] = [];
  await using web = await startSmallWeb(names, (asked) => {
    waiting.push(asked);
    return undefined;
  });
  const preflight = openPreflight({ allow: [], wire: web.wire, timeoutMs: 300 });

  const links = ['/1', '/2', '/3', '/4'].map((path) => url(path));
  const visits = [...links, url('/5', 'other.example')].map((link) => preflight.visit(link));
  await Promise.race(visits);

  assert.deepEqual(waiting.slice(0, 3).sort(), [links[0], links[1], url('/5', 'other.example')]);
  await Promise.all(visits);
  assert.equal(waiting.length, 5);
});

test('what is not looked at in the time for all is said to be', async () => {
  await using web = await startSmallWeb(names, () => ({ body: article() }));
  let now = 0;
  const preflight = openPreflight({ allow: [], wire: web.wire, totalMs: 10, now: () => now });
  now = 11;

  const visit = await preflight.visit(url('/a'));

  assert.equal(visit.kind === 'failed' && visit.finding.code, 'preflight:unfinished');
  assert.deepEqual(web.asked, []);
});

test('a host of the own network is followed if it is allowed', async () => {
  await using web = await startSmallWeb(names, () => ({ body: article() }));
  const codes = await codesOf(web, url('/', 'wiki.lan'), { allow: ['wiki.lan'] });
  assert.deepEqual(codes, ['no-card', 'no-image']);
});
