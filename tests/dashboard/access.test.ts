import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { type LinkedDeed, readLink, signLink } from '../../src/dashboard/access/signed-link.ts';
import { startTestDashboard } from '../support/dashboard.ts';

const anna = { name: 'anna', role: 'editor', password: 'a long sentence of hers' } as const;

async function enter(dashboard: Awaited<ReturnType<typeof startTestDashboard>>, to = '/') {
  const answer = await dashboard.post('/enter', { name: anna.name, password: anna.password, to });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { answer, cookie };
}

test('leads whoever has not entered to the door, and back to the page that was asked for', async () => {
  const dashboard = await startTestDashboard({ people: [anna] });

  const turnedAway = await dashboard.get('/?a=1');
  const { answer, cookie } = await enter(dashboard, '/?a=1');
  const inside = await dashboard.get('/', { cookie });

  assert.equal(turnedAway.status, 303);
  assert.equal(turnedAway.headers.get('location'), '/enter?to=%2F%3Fa%3D1');
  assert.equal(answer.headers.get('location'), '/?a=1');
  assert.match(answer.headers.get('set-cookie') ?? '', /HttpOnly/);
  assert.match(answer.headers.get('set-cookie') ?? '', /SameSite=Lax/);
  assert.equal(inside.status, 200);
});

test('shows nothing without a login but that it is alive', async () => {
  const dashboard = await startTestDashboard({ people: [anna] });

  for (const path of ['/', '/metrics', '/calendar.ics', '/live', '/queues', '/queues/api/queues']) {
    const answer = await dashboard.get(path, { accept: '*/*' });
    assert.equal(answer.status, 401, path);
  }
  assert.equal((await dashboard.get('/healthz')).status, 200);
});

test('leads nobody to a page elsewhere after the login', async () => {
  const dashboard = await startTestDashboard({ people: [anna] });

  for (const to of [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/%09/evil.example',
    'javascript:1',
  ]) {
    const { answer } = await enter(dashboard, to);
    const location = new URL(answer.headers.get('location') ?? '', dashboard.url);
    assert.equal(location.origin, dashboard.url, to);
  }
});

test('lets nobody guess on: after ten wrong passwords even the right one is refused', async () => {
  const dashboard = await startTestDashboard({ people: [anna] });

  for (let i = 0; i < 10; i++) {
    const { status } = await dashboard.post('/enter', { name: 'anna', password: `wrong ${i}` });
    assert.equal(status, 401);
  }
  const { answer } = await enter(dashboard);

  assert.equal(answer.status, 429);
  assert.equal(answer.headers.get('set-cookie'), null);
});

test('ends a session for good when its visitor leaves, which only a form of ours can ask for', async () => {
  const dashboard = await startTestDashboard({ people: [anna] });
  const { cookie } = await enter(dashboard);
  const page = await (await dashboard.get('/', { cookie })).text();
  const form = /name="form" value="([^"]+)"/.exec(page)?.[1] ?? '';

  const forged = await dashboard.post('/leave', { form: 'x' }, { cookie });
  const left = await dashboard.post('/leave', { form }, { cookie });
  const after = await dashboard.get('/', { cookie });

  assert.equal(forged.status, 403);
  assert.equal(left.status, 303);
  assert.equal(after.status, 303);
});

test('does nothing that a page elsewhere asks for', async () => {
  const dashboard = await startTestDashboard();

  const byOrigin = await dashboard.post('/leave', {}, { origin: 'https://evil.example' });
  const bySite = await dashboard.post('/leave', {}, { 'sec-fetch-site': 'cross-site' });

  assert.equal(byOrigin.status, 403);
  assert.equal(bySite.status, 403);
});

test('answers on a loopback by the names of the loopback alone', async () => {
  const dashboard = await startTestDashboard();

  const status = await new Promise<number | undefined>((resolve, reject) => {
    request(`${dashboard.url}/`, { headers: { host: 'evil.example' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });

  assert.equal(status, 403);
});

test('runs no script and shows no frame but its own', async () => {
  const dashboard = await startTestDashboard();

  const policy = (await dashboard.get('/')).headers.get('content-security-policy') ?? '';

  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
});

test('reads a signed link as it was made, once altered or over not at all', () => {
  const key = Buffer.alloc(32, 1);
  const deed = {
    deed: 'approve',
    publication: 'spring-report/newsroom-x',
    fingerprint: 'f',
    due: 1,
    for: 'anna',
    expiresAt: 1_000,
  } as const;

  const link = signLink(key, deed);
  const [body = '', signature = ''] = link.split('.');
  const altered = Buffer.from(JSON.stringify({ ...deed, nonce: 'x', due: 2 })).toString(
    'base64url',
  );

  const { nonce, ...read } = readLink(key, link, 999) as LinkedDeed;
  assert.deepEqual(read, deed);
  assert.notEqual(nonce, '');
  assert.equal(readLink(key, link, 1_000), 'over');
  assert.equal(readLink(key, `${altered}.${signature}`, 1), 'altered');
  assert.equal(readLink(key, `${body}.`, 1), 'altered');
  assert.equal(readLink(key, `${link}.`, 1), 'altered');
  assert.equal(readLink(key, '', 1), 'altered');
  assert.equal(readLink(Buffer.alloc(32, 2), link, 1), 'altered');
});
