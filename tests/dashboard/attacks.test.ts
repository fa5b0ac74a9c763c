import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import type { DashboardPerson } from '../../src/core/dashboard-settings.ts';
import { createBoard } from '../../src/dashboard/bull-board.ts';
import { startTestDashboard } from '../support/dashboard.ts';
import { askRaw } from '../support/raw-request.ts';

const PASSWORD = 'a long sentence of hers';
const anna: DashboardPerson = { name: 'anna', role: 'operator', password: PASSWORD };
const omid: DashboardPerson = { name: 'omid', role: 'operator', password: 'a sentence of his' };
const people = [anna, omid];

type TestDashboard = Awaited<ReturnType<typeof startTestDashboard>>;

/** What is answered without a login, and why that gives nothing away. */
const OPEN = new Set([
  ...['GET /healthz', 'GET /readyz'], // that it is alive, and a number
  ...['GET /style.css', 'GET /post.css', 'GET /live.js', 'GET /hand-off.js', 'GET /icon.svg'], // the same for everybody
  ...['GET /enter', 'POST /enter'],
  ...['GET /link/:token', 'POST /link/:token', 'GET /link/:token/image/:hash'], // only with a token
]);

/** An address as somebody would ask for it. */
const fill = (path: string) =>
  path
    .replaceAll(/:\w+\{[^}]*\}/g, 'spring-report/newsroom-x')
    .replaceAll(/:\w+/g, 'x')
    .replaceAll('*', 'x');

async function enter({ post }: TestDashboard, headers: Record<string, string> = {}) {
  const answer = await post('/enter', { name: 'anna', password: PASSWORD }, headers);
  return { answer, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

async function formOf({ get }: TestDashboard, cookie: string) {
  const page = await (await get('/', { cookie })).text();
  return /name="form" value="([^"]+)"/.exec(page)?.[1] ?? '';
}

test('without a login no address answers but those that give nothing away', async () => {
  const dashboard = await startTestDashboard({ people });
  const closed = dashboard.addresses.filter(({ method, path }) => !OPEN.has(`${method} ${path}`));
  assert.ok(closed.length > 20, `only ${closed.length}`);

  for (const { method, path } of closed) {
    const { status, text } = await askRaw(dashboard.url, fill(path), {
      method,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    assert.ok(status === 401 || status === 405, `${method} ${path}: ${status}`);
    assert.doesNotMatch(text, /newsroom/, path);
  }
  for (const one of OPEN) {
    const isThere = dashboard.addresses.some(({ method, path }) => one === `${method} ${path}`);
    assert.ok(isThere, `${one} is not there any more`);
  }
});

test('a login that is none opens nothing', async () => {
  const dashboard = await startTestDashboard({ people });
  const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

  for (const headers of [
    { cookie: 'carillon-session=session-1' },
    { cookie: 'carillon-session=' },
    { cookie: '__Host-carillon-session=x; carillon-visit=x' },
    { authorization: basic('anna:') },
    { authorization: basic(':') },
    { authorization: basic(`anna:${'x'.repeat(10_000)}`) },
    { authorization: 'Basic %%%' },
    { authorization: 'Bearer x' },
  ]) {
    const { status } = await askRaw(dashboard.url, '/metrics', { headers });
    assert.equal(status, 401, JSON.stringify(headers).slice(0, 80));
  }
});

for (const [host, settings, bound, expected] of [
  ['evil.example', {}, '127.0.0.1', 403],
  ['127.0.0.1.evil.example', {}, '127.0.0.1', 403],
  ['localhost.evil.example:8420', {}, '127.0.0.1', 403],
  ['carillon.example.org', {}, '127.0.0.1', 403],
  ['localhost:1234', {}, '127.0.0.1', 200],
  ['[::1]:1234', {}, '127.0.0.1', 200],
  ['LOCALHOST', {}, '127.0.0.1', 200],
  ['carillon.example.org', { url: 'https://carillon.example.org' }, '127.0.0.1', 200],
  ['Carillon.Example.Org:443', { url: 'https://carillon.example.org' }, '127.0.0.1', 200],
  ['evil.example', { url: 'https://carillon.example.org' }, '0.0.0.0', 403],
  ['192.0.2.7', { url: 'https://carillon.example.org' }, '0.0.0.0', 403],
  // As another Carillon on this machine asks whether this one is there.
  ['0.0.0.0:8420', { url: 'https://carillon.example.org' }, '0.0.0.0', 200],
  ['evil.example', {}, '0.0.0.0', 403],
  ['192.0.2.7:8420', {}, '0.0.0.0', 200],
  ['192.0.2.7.evil.example', {}, '0.0.0.0', 403],
] as const) {
  const where = `${bound}${'url' in settings ? ` as ${settings.url}` : ''}`;
  test(`under the name ${host}, ${where} answers ${expected}`, async () => {
    const dashboard = await startTestDashboard({
      people,
      host: bound,
      settings: () => ({ ...settings, people }),
    });
    const url = dashboard.url.replace('0.0.0.0', '127.0.0.1');

    for (const path of ['/enter', '/healthz']) {
      assert.equal((await askRaw(url, path, { headers: { host } })).status, expected);
    }
  });
}

test('does nothing that a page elsewhere asks for, however it asks', async () => {
  const dashboard = await startTestDashboard({ people });
  const { cookie } = await enter(dashboard);
  const form = await formOf(dashboard, cookie);
  const send = (body: string, headers: Record<string, string>) =>
    fetch(`${dashboard.url}/leave`, {
      method: 'POST',
      redirect: 'manual',
      body,
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  const good = `form=${form}`;

  const answers = await Promise.all([
    send(good, { origin: 'https://evil.example' }),
    send(good, { origin: 'null' }),
    send(good, { origin: dashboard.url.replace('http:', 'https:').replace(/\d+$/, '1') }),
    send(good, { 'sec-fetch-site': 'cross-site' }),
    send(good, { 'sec-fetch-site': 'same-site', origin: dashboard.url }),
    send('', {}),
    send('form=x', {}),
    send(`form=${form}x`, {}),
    send(good, { 'content-type': 'text/plain' }),
    send(JSON.stringify({ form }), { 'content-type': 'application/json' }),
    send(good, { 'content-type': 'multipart/form-data' }),
  ]);
  const still = await dashboard.get('/', { cookie });
  const own = await send(good, { origin: dashboard.url, 'sec-fetch-site': 'same-origin' });

  assert.deepEqual(
    answers.map(({ status }) => status),
    [403, 403, 403, 403, 403, 403, 403, 403, 415, 415, 400],
  );
  assert.equal(still.status, 200, 'the session goes on');
  assert.equal(own.status, 303);
});

test('takes no form of one visitor from another', async () => {
  const dashboard = await startTestDashboard({ people });
  const one = await enter(dashboard);
  const other = await enter(dashboard);

  const { status } = await dashboard.post(
    '/leave',
    { form: await formOf(dashboard, one.cookie) },
    { cookie: other.cookie },
  );

  assert.equal(status, 403);
});

test('whoever tries many names from one address is stopped, and nobody else', async () => {
  const dashboard = await startTestDashboard({
    settings: () => ({ people, isBehindProxy: true }),
  });
  const from = (address: string) => ({ 'x-forwarded-for': `192.0.2.1, ${address}` });

  for (let i = 0; i < 10; i++) {
    await dashboard.post('/enter', { name: `guess-${i}`, password: 'x' }, from('198.51.100.7'));
  }

  assert.equal((await enter(dashboard, from('198.51.100.7'))).answer.status, 429);
  assert.equal((await enter(dashboard, from('198.51.100.8'))).answer.status, 303);
});

test('whoever tries one name from many addresses is stopped, and nobody of another name', async () => {
  const dashboard = await startTestDashboard({
    settings: () => ({ people, isBehindProxy: true }),
  });
  const from = (i: number) => ({ 'x-forwarded-for': `198.51.100.${i}` });

  for (let i = 0; i < 30; i++) {
    await dashboard.post('/enter', { name: 'anna', password: `${i}` }, from(i));
  }
  const asOmid = { name: 'omid', password: omid.password ?? '' };

  assert.equal((await enter(dashboard, from(99))).answer.status, 429);
  assert.equal((await dashboard.post('/enter', asOmid, from(99))).status, 303);
});

test('a household of IPv6 addresses is one address, and a header counts only from a proxy of ours', async () => {
  const behind = await startTestDashboard({ settings: () => ({ people, isBehindProxy: true }) });
  const direct = await startTestDashboard({ people });
  const tryTen = async (dashboard: TestDashboard, addressOf: (i: number) => string) => {
    for (let i = 0; i < 10; i++) {
      const headers = { 'x-forwarded-for': addressOf(i) };
      await dashboard.post('/enter', { name: `guess-${i}`, password: 'x' }, headers);
    }
    return (await enter(dashboard, { 'x-forwarded-for': addressOf(11) })).answer.status;
  };

  assert.equal(await tryTen(behind, (i) => `2001:db8:1:2::${i}`), 429);
  assert.equal(await tryTen(direct, (i) => `198.51.100.${i}`), 429);
});

test('a crowd of tries at once gets no more than the same tries one by one', async () => {
  const dashboard = await startTestDashboard({ people });

  const tries = Array.from({ length: 60 }, (_, i) =>
    dashboard.post('/enter', { name: 'anna', password: `wrong ${i}` }),
  );
  const statuses = (await Promise.all(tries)).map(({ status }) => status);

  assert.equal(statuses.filter((status) => status === 401).length, 10);
  assert.equal(statuses.filter((status) => status === 429).length, 50);
});

test('a session is made anew at every login, whatever cookie somebody was given before', async () => {
  const dashboard = await startTestDashboard({ people });
  const planted = 'carillon-session=planted-by-somebody';

  const first = await enter(dashboard, { cookie: planted });
  const second = await enter(dashboard, { cookie: first.cookie });

  assert.notEqual(first.cookie, planted);
  assert.notEqual(second.cookie, first.cookie);
  for (const [cookie, status] of [
    [planted, 303],
    [first.cookie, 303],
    [second.cookie, 200],
  ] as const) {
    assert.equal((await dashboard.get('/', { cookie })).status, status);
  }
});

test('no script reads a cookie, no page elsewhere sends it, and over https it goes no other way', async () => {
  const plain = await startTestDashboard({ people });
  const safe = await startTestDashboard({
    settings: () => ({ people, url: 'https://carillon.example.org' }),
  });

  const cookieOf = async (dashboard: TestDashboard) =>
    (await enter(dashboard)).answer.headers.get('set-cookie') ?? '';

  assert.match(await cookieOf(plain), /^carillon-session=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
  assert.match(
    await cookieOf(safe),
    /^__Host-carillon-session=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
});

test('every answer, refusals included, forbids frames, keeping and guessing of types', async () => {
  const dashboard = await startTestDashboard({ people });
  const { cookie } = await enter(dashboard);
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    askRaw(dashboard.url, path, { method, headers });

  const answers = [
    ...(await Promise.all(
      dashboard.addresses
        .filter(({ method, path }) => method === 'GET' && path !== '/live')
        .map(({ path }) => ask(fill(path), { cookie, accept: 'text/html' })),
    )),
    await ask('/', { host: 'evil.example' }),
    await ask('/', {}),
    await ask('/nothing-here', { cookie }),
    await ask('/', { cookie }, 'DELETE'),
    await ask('/enter', { 'sec-fetch-site': 'cross-site' }, 'POST'),
  ];

  for (const { headers } of answers) {
    assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/);
    assert.match(String(headers['content-security-policy']), /script-src 'self';/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cache-control'], 'no-store');
    assert.notEqual(headers['access-control-allow-origin'], '*');
  }
});

test('names that lead out of their folder lead nowhere', async () => {
  const dashboard = await startTestDashboard({ people });
  const { cookie } = await enter(dashboard);

  for (const path of [
    '/../../../../etc/passwd',
    '/queues/static/../../../../package.json',
    '/queues/static/..%2f..%2f..%2fpackage.json',
    '/queues/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/queues/static//etc/passwd',
    '/queues/static/..%5c..%5cpackage.json',
    '/language/..%2f..%2f',
    '/%',
    '/%00',
    '/%ff%fe',
    '/queues/static/%00',
  ]) {
    const { status, text } = await askRaw(dashboard.url, path, { headers: { cookie } });
    assert.ok([303, 400, 403, 404].includes(status), `${path}: ${status}`);
    assert.doesNotMatch(text, /root:|"dependencies"/, path);
  }
  assert.deepEqual(dashboard.errors, []);
});

test('knows no other verbs, and does nothing of a queue', async () => {
  const dashboard = await startTestDashboard({ people });
  const { cookie } = await enter(dashboard);
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };

  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
    const answer = await askRaw(dashboard.url, '/', { method, headers });
    assert.equal(answer.status, 405, method);
    assert.equal(answer.headers.allow, 'GET, HEAD, POST');
  }
  const board = createBoard('/queues', { queues: [], hideSecrets: (text) => text });
  const acts = board.routes.filter(
    ({ method, path }) =>
      path.startsWith('/queues') && ['POST', 'PUT', 'DELETE', 'PATCH'].includes(method),
  );
  assert.ok(acts.length > 5);
  for (const { method, path } of acts) {
    const { status } = await askRaw(dashboard.url, fill(path), { method, headers });
    assert.ok(status >= 400 && status < 500, `${method} ${path}: ${status}`);
  }
  assert.equal((await askRaw(dashboard.url, '/', { method: 'HEAD', headers })).status, 200);
});

test('reads no more of a body than a form of its own has', async () => {
  const dashboard = await startTestDashboard({ people });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const piece = `name=${'x'.repeat(10_000)}&`;

  const told = await fetch(`${dashboard.url}/enter`, {
    method: 'POST',
    headers,
    body: piece.repeat(500),
  });
  const untold = await askRaw(dashboard.url, '/enter', {
    method: 'POST',
    headers: { ...headers, 'transfer-encoding': 'chunked' },
    pieces: Array.from({ length: 30 }, () => piece),
  });
  const longName = await dashboard.post('/enter', { name: 'x'.repeat(50_000), password: 'x' });

  assert.equal(told.status, 413);
  assert.equal(untold.status, 413);
  assert.equal(longName.status, 401);
  assert.ok((await longName.text()).length < 5_000, 'what was sent does not come back');
  assert.deepEqual(dashboard.errors, []);
});

test('does not wait for whoever takes for ever to ask', async () => {
  const dashboard = await startTestDashboard({ patience: { headers: 100, request: 200 } });
  const socket = connect(Number(new URL(dashboard.url).port), '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');

  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });

  assert.match(answer, /^HTTP\/1\.1 408 /);
});
