import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type CallbackServer, openCallbackServer } from '../../src/connecting/callback-server.ts';

const state = 'the-state-of-this-request';
const target = 'https://network.example/authorize?state=the-state-of-this-request';

async function open(
  foreign: string[] = [],
): Promise<{ server: CallbackServer; begin: string } & AsyncDisposable> {
  const server = await openCallbackServer(0);
  const onForeign = (message: string) => foreign.push(message);
  const begin = server.expect({ state, target, onForeign });
  return { server, begin, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

interface Page {
  readonly status: number;
  readonly html: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Asks as a browser would, under any name. */
function ask(
  { port }: CallbackServer,
  path: string,
  { method = 'GET', host = `127.0.0.1:${port}` } = {},
): Promise<Page> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, host: '127.0.0.1', path, method, headers: { host } });
    outgoing.on('error', reject);
    outgoing.on('response', async (incoming) => {
      let html = '';
      for await (const chunk of incoming) html += String(chunk);
      resolve({ status: incoming.statusCode ?? 0, html, headers: incoming.headers });
    });
    outgoing.end();
  });
}

/** Whether an answer has been taken. */
async function isAnswered({ answered }: CallbackServer): Promise<boolean> {
  return Promise.race([answered.then(() => true), wait(30, false)]);
}

describe('the address that the browser comes back to', () => {
  it('takes the code that comes with the state', async () => {
    await using bench = await open();

    const page = await ask(bench.server, `/callback?code=abc&state=${state}`);

    assert.deepEqual(await bench.server.answered, { kind: 'code', code: 'abc' });
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.html, /abc|the-state/);
    assert.equal(page.headers['cache-control'], 'no-store');
    assert.match(String(page.headers['content-security-policy']), /default-src 'none'/);
  });

  it('takes one answer and no second one', async () => {
    await using bench = await open();

    await ask(bench.server, `/callback?code=first&state=${state}`);
    const second = await ask(bench.server, `/callback?code=second&state=${state}`);

    assert.equal(second.status, 410);
    assert.deepEqual(await bench.server.answered, { kind: 'code', code: 'first' });
  });

  for (const [what, query] of [
    ['no state', 'code=abc'],
    ['an empty state', 'code=abc&state='],
    ['another state', 'code=abc&state=the-state-of-this-requesT'],
    ['two states', `code=abc&state=${state}&state=${state}`],
    ['an error without the state', 'error=access_denied'],
  ] as const) {
    it(`takes nothing that comes with ${what}`, async () => {
      const foreign: string[] = [];
      await using bench = await open(foreign);

      const page = await ask(bench.server, `/callback?${query}`);

      assert.equal(page.status, 400);
      assert.equal(await isAnswered(bench.server), false);
      assert.equal(foreign.length, 1);
    });
  }

  it('is there under the names of this machine only, so that no page elsewhere reaches it by a name of its own', async () => {
    await using bench = await open();
    const { server } = bench;
    const path = `/callback?code=abc&state=${state}`;

    const strange = [
      'evil.example',
      `evil.example:${server.port}`,
      '127.0.0.1',
      'localhost:1',
      '[::1]',
    ];
    const refused = await Promise.all(strange.map((host) => ask(server, path, { host })));
    assert.deepEqual(
      refused.map(({ status }) => status >= 400),
      strange.map(() => true),
    );
    assert.equal(await isAnswered(server), false);

    assert.equal((await ask(server, path, { host: `localhost:${server.port}` })).status, 200);
  });

  it('knows no other path and no other method', async () => {
    await using bench = await open();
    const query = `?code=abc&state=${state}`;

    const statuses = [];
    for (const path of ['/', '/callback/', '/callback/x', '//callback', '/begin/guess'])
      statuses.push((await ask(bench.server, `${path}${query}`)).status);
    statuses.push((await ask(bench.server, `/callback${query}`, { method: 'POST' })).status);

    assert.deepEqual(statuses, [404, 404, 404, 404, 404, 405]);
    assert.equal(await isAnswered(bench.server), false);
  });

  it('shows nothing of a hostile address', async () => {
    await using bench = await open();
    const script = encodeURIComponent('<script>alert(1)</script>');

    const page = await ask(
      bench.server,
      `/callback?error=${script}&error_description=${script}&state=${state}`,
    );

    assert.doesNotMatch(page.html, /script|alert/);
    const callback = await bench.server.answered;
    assert.equal(callback.kind, 'refused');
    assert.match('message' in callback ? callback.message : '', /\(scriptalert1script\)/);
  });

  it('refuses an address or a code beyond all measure, and lives on', async () => {
    await using bench = await open();

    const long = await ask(bench.server, `/callback?state=${state}&code=${'x'.repeat(9_000)}`);
    const longer = await ask(bench.server, `/callback?code=${'x'.repeat(100_000)}`);
    const page = await ask(bench.server, `/callback?code=abc&state=${state}`);

    assert.ok(long.status >= 400);
    assert.equal(longer.status, 431);
    assert.equal(page.status, 200);
  });

  it('leads to the network once, so that who reads the arguments of the browser gets nothing', async () => {
    await using bench = await open();
    const path = new URL(bench.begin).pathname;

    const first = await ask(bench.server, path);
    const second = await ask(bench.server, path);

    assert.equal(first.headers.location, target);
    assert.equal(second.status, 404);
    assert.ok(!bench.begin.includes(state));
  });

  it('is gone once the connection is made, while a browser still holds on to it', async () => {
    const server = await openCallbackServer(0);
    await ask(server, '/');

    await server[Symbol.asyncDispose]();

    await assert.rejects(ask(server, '/'), /ECONNREFUSED/);
  });
});
