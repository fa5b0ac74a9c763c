import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Account } from '../../src/core/account.ts';
import { openTwitterSession } from '../../src/networks/twitter/session.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { type AnsweringServer, startAnsweringServer } from '../support/answering-server.ts';
import { holdCredentials } from '../support/credentials.ts';
import { errorOf, makeIo, makePost, makeWindow } from './contract.ts';

const unstopped = new AbortController().signal;
const hourMs = 3_600_000;

function makeAccount(apiUrl: string, over: Partial<Account> = {}): Account {
  const secrets = { CLIENT_ID: 'the-app', CLIENT_SECRET: 'secret:of the app' };
  return {
    name: 'news-x',
    network: 'twitter',
    apiUrl,
    sandbox: false,
    settings: {},
    secrets,
    ...over,
  };
}

/** X as far as tokens go: `refuses` says which access tokens it does not accept. */
function startX(refuses: (token: string) => boolean = () => false): Promise<AnsweringServer> {
  let given = 0;
  return startAnsweringServer((heard) => {
    if (heard.url === '/2/oauth2/token') {
      given += 1;
      const body = {
        access_token: `access-${given}`,
        refresh_token: `refresh-${given}`,
        expires_in: 7200,
      };
      return { body };
    }
    const token = (heard.headers.authorization ?? '').replace('Bearer ', '');
    if (refuses(token))
      return { status: 401, body: { title: 'Unauthorized', type: 'about:blank' } };
    return { status: 201, body: { data: { id: '5', username: 'news' } } };
  });
}

const pathsOf = (server: AnsweringServer) =>
  server.heard.map(({ method, url }) => `${method} ${url.split('?', 1)[0]}`);

describe('the access token of X', () => {
  it('is renewed before a post, five minutes before it ends, and never in the midst of one', async () => {
    const server = await startX();
    let now = Date.now();
    const clock = { now: () => now, monotonic: () => 0 };
    const credentials = holdCredentials(
      { ACCESS_TOKEN: 'access-0', REFRESH_TOKEN: 'refresh-0' },
      { connectedAt: now, expiresAt: now + 2 * hourMs },
    );
    const session = await openTwitterSession(
      makeAccount(server.url),
      makeIo({ clock, credentials }),
    );
    const post = makePost('twitter');

    for (const passedMs of [0, 114 * 60_000, 60_000]) {
      now += passedMs;
      const draft = await session.prepare(post, 0, undefined, unstopped);
      await session.publish(post, 0, draft, makeWindow());
    }

    await server.close();
    assert.deepEqual(pathsOf(server), [
      'POST /2/tweets',
      'POST /2/tweets',
      'POST /2/oauth2/token',
      'POST /2/tweets',
    ]);
    const [, , exchange, last] = server.heard;
    const form = Object.fromEntries(new URLSearchParams(exchange?.body));
    assert.deepEqual(form, {
      grant_type: 'refresh_token',
      refresh_token: 'refresh-0',
      client_id: 'the-app',
    });
    const basic = Buffer.from('the-app:secret%3Aof%20the%20app').toString('base64');
    assert.equal(exchange?.headers.authorization, `Basic ${basic}`);
    assert.equal(last?.headers.authorization, 'Bearer access-1');
  });

  it('is renewed once where X refuses it, and a read is made again with the new one', async () => {
    const server = await startX((token) => token === 'access-0');
    const credentials = holdCredentials({ ACCESS_TOKEN: 'access-0', REFRESH_TOKEN: 'refresh-0' });
    const session = await openTwitterSession(makeAccount(server.url), makeIo({ credentials }));

    const whose = await session.identify(unstopped);

    await server.close();
    assert.equal(whose, '@news');
    assert.deepEqual(pathsOf(server), [
      'GET /2/users/me',
      'POST /2/oauth2/token',
      'GET /2/users/me',
    ]);
  });

  it('makes a post wait where X refuses it, at no cost, and is new at the next try', async () => {
    const server = await startX((token) => token === 'access-0');
    const credentials = holdCredentials({ ACCESS_TOKEN: 'access-0', REFRESH_TOKEN: 'refresh-0' });
    const session = await openTwitterSession(makeAccount(server.url), makeIo({ credentials }));
    const post = makePost('twitter');

    const draft = await session.prepare(post, 0, undefined, unstopped);
    const error = await errorOf(session.publish(post, 0, draft, makeWindow()));
    const again = await session.prepare(post, 0, draft, unstopped);
    const receipt = await session.publish(post, 0, again, makeWindow());

    await server.close();
    assert.equal(error.name, 'RateLimitedError');
    assert.equal(error.code, 'twitter:401');
    assert.equal(receipt.remoteId, '5');
    assert.equal(pathsOf(server).filter((path) => path.endsWith('/token')).length, 1);
  });

  it('holds the account where X refuses even a new one, instead of renewing for ever', async () => {
    const server = await startX(() => true);
    const credentials = holdCredentials({ ACCESS_TOKEN: 'access-0', REFRESH_TOKEN: 'refresh-0' });
    const session = await openTwitterSession(makeAccount(server.url), makeIo({ credentials }));
    const post = makePost('twitter');
    const names: string[] = [];

    for (let tries = 0; tries < 3; tries++) {
      const run = async () =>
        session.publish(
          post,
          0,
          await session.prepare(post, 0, undefined, unstopped),
          makeWindow(),
        );
      names.push((await errorOf(run())).name);
    }

    await server.close();
    assert.deepEqual(names, ['RateLimitedError', 'RateLimitedError', 'UnauthorizedError']);
    assert.equal(pathsOf(server).filter((path) => path.endsWith('/token')).length, 1);
  });

  it('is that of another user once somebody else is connected, and posts are looked for there', async () => {
    const server = await startAnsweringServer((heard) => {
      const token = (heard.headers.authorization ?? '').replace('Bearer of-', '');
      const me = { data: { id: `id-${token}`, username: token } };
      return {
        body: heard.url.includes('/users/me') ? me : { data: [], meta: { result_count: 0 } },
      };
    });
    const connectedAs = (name: string, connectedAt: number) =>
      holdCredentials({ ACCESS_TOKEN: `of-${name}` }, { connectedAt });
    let credentials = connectedAs('ada', 1);
    const session = await openTwitterSession(
      makeAccount(server.url),
      makeIo({ credentials: { ...credentials, read: () => credentials.read() } }),
    );
    const look = () =>
      session.find(makePost('twitter'), 0, {
        since: new Date(),
        draft: undefined,
        signal: unstopped,
      });

    await look();
    await look();
    credentials = connectedAs('bob', 2);
    await look();

    await server.close();
    assert.deepEqual(pathsOf(server), [
      'GET /2/users/me',
      'GET /2/users/id-ada/tweets',
      'GET /2/users/id-ada/tweets',
      'GET /2/users/me',
      'GET /2/users/id-bob/tweets',
    ]);
  });

  it('is no post’s fault: what X says to an exchange never refuses a post', async () => {
    const stale = { REFRESH_TOKEN: 'canary-refresh' };
    for (const [reply, name, words] of [
      [{ status: 400, body: { error: 'invalid_grant' } }, 'UnauthorizedError', /Connect .*again/],
      [{ status: 400, body: { error: 'invalid_request' } }, 'UnauthorizedError', /Connect .*again/],
      [{ status: 401, body: { error: 'invalid_client' } }, 'UnauthorizedError', /CLIENT_SECRET/],
      [{ status: 403, body: { title: 'Forbidden' } }, 'UnauthorizedError', /Connect .*again/],
      [{ status: 429, body: {} }, 'RateLimitedError', /wait/],
      [{ status: 503, body: '' }, 'TransientError', /failed/],
      [{ status: 200, body: '<html>' }, 'TransientError', /no JSON/],
    ] as const) {
      const server = await startAnsweringServer(() => reply);
      const credentials = holdCredentials(stale);
      const session = await openTwitterSession(makeAccount(server.url), makeIo({ credentials }));

      const error = await errorOf(session.prepare(makePost('twitter'), 0, undefined, unstopped));

      await server.close();
      assert.equal(error.name, name, JSON.stringify(reply));
      assert.match(error.message, words);
      assert.doesNotMatch(JSON.stringify([error.message, error.advice, error.stack]), /canary/);
      if (/Connect/.test(error.message))
        assert.match(error.advice ?? '', /carillon connect news-x/);
    }
  });
});

describe('a token of the sandbox', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ port: 0 });
  });
  after(() => sandbox.close());
  const tell = (path: string, body: object) =>
    fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('is spent by an exchange whose answer is lost, and a person is told to connect again', async () => {
    await tell('/faults', {
      network: 'twitter',
      kind: 'stored-then-reset',
      on: 'prepare',
      count: 1,
    });
    const account = makeAccount(sandbox.url, { sandbox: true, secrets: {} });
    const credentials = holdCredentials({ REFRESH_TOKEN: 'sandbox-refresh:news-x:lost' });
    const session = await openTwitterSession(account, makeIo({ credentials }));
    const prepare = () => session.prepare(makePost('twitter'), 0, undefined, unstopped);

    const lost = await errorOf(prepare());
    const dead = await errorOf(prepare());

    assert.equal(lost.name, 'TransientError');
    assert.equal(dead.name, 'UnauthorizedError');
    assert.match(dead.advice ?? '', /carillon connect news-x/);
  });

  it('lasts as long as the sandbox was told', async () => {
    await tell('/tokens', { lifeSeconds: 60 });
    const account = makeAccount(sandbox.url, { sandbox: true, secrets: {} });
    const credentials = holdCredentials({ REFRESH_TOKEN: 'sandbox-refresh:news-x:short' });
    const session = await openTwitterSession(account, makeIo({ credentials }));

    assert.match(await session.identify(unstopped), /^@/);

    const lifeMs = ((await credentials.read())?.expiresAt ?? 0) - Date.now();
    assert.ok(lifeMs > 50_000 && lifeMs <= 60_000, String(lifeMs));
  });
});
