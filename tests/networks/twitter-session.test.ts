import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Account } from '../../src/core/account.ts';
import { openTwitterSession } from '../../src/networks/twitter/session.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { startAnsweringServer } from '../support/answering-server.ts';
import { makePng } from '../support/png.ts';
import { startTap } from '../support/tap.ts';
import { xDescription } from '../support/x-description.ts';
import {
  errorOf,
  itKeepsTheContract,
  makeIo,
  makeIoFor,
  makePost,
  makeWindow,
} from './contract.ts';

itKeepsTheContract({
  name: 'a session on X',
  network: 'twitter',
  open: openTwitterSession,
  settings: () => ({ handle: '@newsroom' }),
  secretFields: ['API_KEY', 'API_SECRET', 'ACCESS_TOKEN', 'ACCESS_SECRET'],
  description: xDescription,
  publishes: /^POST \/2\/tweets$/,
  hasAltTexts: true,
});

const unstopped = new AbortController().signal;
const secrets = {
  API_KEY: 'key-of-the-app',
  API_SECRET: 'secret-of-the-app',
  ACCESS_TOKEN: 'token-of-the-user',
  ACCESS_SECRET: 'secret-of-the-user',
};

function makeAccount(apiUrl: string, over: Partial<Account> = {}): Account {
  return {
    name: 'x',
    network: 'twitter',
    apiUrl,
    sandbox: true,
    settings: {},
    secrets: {},
    ...over,
  };
}

/** Posts as X shows them, to be read by a session. */
async function readBack(posts: readonly object[], over: { date?: Date; since?: Date } = {}) {
  const server = await startAnsweringServer((heard) =>
    heard.url.startsWith('/2/users/me')
      ? { body: { data: { id: '7', username: 'newsroom' } } }
      : {
          headers: over.date ? { date: over.date.toUTCString() } : {},
          body: { data: posts, meta: { result_count: posts.length } },
        },
  );
  const session = await openTwitterSession(makeAccount(server.url), makeIo());
  const read = await session.recent(over.since ?? new Date(0), unstopped);
  await server.close();
  return { read, session };
}

describe('a thread on X', () => {
  it('answers with each part to the part before, and is found part by part', async () => {
    const sandbox = await startSandbox({ port: 0 });
    const session = await openTwitterSession(makeAccount(sandbox.url), makeIo());
    const post = makePost('twitter', {
      thread: [`Second ${randomUUID()}`, `Third ${randomUUID()}`],
    });

    const ids: string[] = [];
    for (const part of [0, 1, 2]) {
      const draft = await session.prepare(post, part, undefined, unstopped);
      const { remoteId } = await session.publish(post, part, draft, makeWindow({ earlier: ids }));
      ids.push(remoteId);
    }

    const log = (await (await fetch(`${sandbox.url}/log`)).json()) as { replyTo?: string }[];
    const since = new Date(Date.now() - 5000);
    const third = await session.find(post, 2, { since, draft: undefined, signal: unstopped });
    await sandbox.close();
    assert.deepEqual(
      log.map(({ replyTo }) => replyTo),
      [undefined, ids[0], ids[1]],
    );
    assert.deepEqual(
      third.map(({ remoteId }) => remoteId),
      [ids[2]],
    );
  });

  it('sends no part without the one before it', async () => {
    const session = await openTwitterSession(makeAccount('http://127.0.0.1:1'), makeIo());
    const post = makePost('twitter', { thread: ['Second'] });

    const error = await errorOf(session.publish(post, 1, { part: 1 }, makeWindow()));

    assert.equal(error.code, 'twitter:no-earlier-part');
  });
});

describe('what X is sent', () => {
  it('is signed for the address that is called', async () => {
    const server = await startAnsweringServer(() => ({ status: 201, body: { data: { id: '5' } } }));
    const account = makeAccount(server.url, { secrets, sandbox: false });
    const session = await openTwitterSession(account, makeIoFor(account));
    const post = makePost('twitter');

    const draft = await session.prepare(post, 0, undefined, unstopped);
    await session.publish(post, 0, draft, makeWindow());

    await server.close();
    const header = server.heard[0]?.headers.authorization ?? '';
    const fields = new Map(
      [...header.matchAll(/(oauth_\w+)="([^"]*)"/g)].map(([, name, value]) => [
        name ?? '',
        value ?? '',
      ]),
    );
    const signature = decodeURIComponent(fields.get('oauth_signature') ?? '');
    fields.delete('oauth_signature');
    const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1)).map((pair) => pair.join('='));
    const base = ['POST', `${server.url}/2/tweets`, sorted.join('&')]
      .map(encodeURIComponent)
      .join('&');
    const key = `${secrets.API_SECRET}&${secrets.ACCESS_SECRET}`;
    assert.equal(signature, createHmac('sha1', key).update(base).digest('base64'));
    assert.equal(fields.get('oauth_token'), secrets.ACCESS_TOKEN);
  });

  it('carries a token of OAuth 2 if that is all there is', async () => {
    const server = await startAnsweringServer(() => ({ status: 201, body: { data: { id: '5' } } }));
    const account = makeAccount(server.url, { secrets: { ACCESS_TOKEN: 'of-the-user' } });
    const session = await openTwitterSession(account, makeIoFor(account));
    const post = makePost('twitter');

    const draft = await session.prepare(post, 0, undefined, unstopped);
    const receipt = await session.publish(post, 0, draft, makeWindow());

    await server.close();
    assert.equal(server.heard[0]?.headers.authorization, 'Bearer of-the-user');
    assert.equal(receipt.url, 'https://x.com/i/status/5');
  });

  it('is nothing without a token', async () => {
    const account = makeAccount('http://127.0.0.1:1', { sandbox: false });
    const session = await openTwitterSession(account, makeIo());

    const error = await errorOf(session.identify(unstopped));

    assert.equal(error.name, 'UnauthorizedError');
    assert.match(
      error.message,
      /not connected.*carillon connect.*API_KEY, API_SECRET, ACCESS_TOKEN and ACCESS_SECRET/,
    );
  });

  it('uploads an image anew when X is about to forget it', async () => {
    const sandbox = await startSandbox({ port: 0 });
    const tap = await startTap(sandbox.url);
    let now = Date.now();
    const clock = { now: () => now, monotonic: () => 0 };
    const { bytes, media } = makePng('grey');
    const io = makeIo({ clock, media: async () => bytes });
    const session = await openTwitterSession(makeAccount(tap.url), io);
    const post = makePost('twitter', { media: [media] });
    const first = await session.prepare(post, 0, undefined, unstopped);

    now += 22 * 3600_000;
    const kept = await session.prepare(post, 0, first, unstopped);
    now += 1.5 * 3600_000;
    const anew = await session.prepare(post, 0, first, unstopped);

    await tap.close();
    await sandbox.close();
    assert.deepEqual(kept, first);
    assert.notDeepEqual(anew.mediaIds, first.mediaIds);
  });
});

describe('what X shows', () => {
  it('is paid for post by post, so a look for one reads the latest ten', async () => {
    const server = await startAnsweringServer((heard) =>
      heard.url.startsWith('/2/users/me')
        ? { body: { data: { id: '7' } } }
        : { body: { meta: { result_count: 0 } } },
    );
    const session = await openTwitterSession(makeAccount(server.url), makeIo());

    await session.find(makePost('twitter'), 0, {
      since: new Date(),
      draft: undefined,
      signal: unstopped,
    });

    await server.close();
    const query = new URL(server.heard[1]?.url ?? '', server.url).searchParams;
    assert.equal(query.get('max_results'), '10');
    assert.equal(query.get('start_time'), null, 'the clocks of X and of this machine may differ');
  });

  it('is read with the whole of a long text, its links and no link to its own images', async () => {
    const created_at = '2026-11-22T10:00:00.000Z';
    const urls = [
      { url: 'https://t.co/a', expanded_url: 'http://Socket.io', display_url: 'Socket.io' },
      { url: 'https://t.co/b', expanded_url: 'https://x.com/n/status/1/photo/1', media_key: '3_1' },
    ];
    const long = {
      text: 'All of https://t.co/a &amp; &amp;lt; https://t.co/b',
      entities: { urls },
    };

    for (const name of ['note_tweet', 'note_post']) {
      const { read } = await readBack([{ id: '1', text: 'All…', created_at, [name]: long }]);

      assert.equal(read[0]?.text, 'All of http://Socket.io & &lt;');
      assert.deepEqual(read[0]?.links, ['http://Socket.io']);
      assert.equal(read[0]?.url, 'https://x.com/newsroom/status/1');
    }
  });

  it('matches own words in which X made a link of a bare name', async () => {
    const urls = [
      { url: 'https://t.co/a', expanded_url: 'http://Socket.io', display_url: 'Socket.io' },
    ];
    const created_at = '2026-11-22T10:00:00.000Z';
    const text = 'https://t.co/a 5 is out';
    const { read, session } = await readBack([{ id: '1', text, created_at, entities: { urls } }]);

    const remote = read[0] ?? assert.fail();
    assert.ok(session.matches(makePost('twitter', { text: 'Socket.io 5 is out' }), 0, remote));
    assert.ok(!session.matches(makePost('twitter', { text: 'Socket.io 6 is out' }), 0, remote));
  });

  it('counts as new though the clock of X is behind ours', async () => {
    const since = new Date();
    const date = new Date(since.getTime() - 600_000);
    const created_at = new Date(Math.floor(date.getTime() / 1000) * 1000).toISOString();

    const { read } = await readBack([{ id: '1', text: 'a', created_at }], { date, since });

    assert.equal(read.length, 1);
  });
});

describe('a post that X says it has not deleted', () => {
  it('does not count as gone', async () => {
    const server = await startAnsweringServer(() => ({ body: { data: { deleted: false } } }));
    const account = {
      ...{ name: 'newsroom', network: 'twitter', sandbox: true, settings: {}, secrets: {} },
      apiUrl: server.url,
    };
    const session = await openTwitterSession(account, makeIo());

    const error = await errorOf(session.remove('1', new AbortController().signal));

    await server.close();
    assert.equal(error.name, 'TransientError');
  });
});
