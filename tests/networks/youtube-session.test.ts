import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Account } from '../../src/core/account.ts';
import { nextPacificMidnight } from '../../src/networks/youtube/quota-day.ts';
import { openYoutubeSession } from '../../src/networks/youtube/session.ts';
import { startAnsweringServer } from '../support/answering-server.ts';
import { youtubeDescription } from '../support/youtube-description.ts';
import {
  errorOf,
  itKeepsTheContract,
  makeIo,
  makeIoFor,
  makePost,
  makeWindow,
} from './contract.ts';

itKeepsTheContract({
  name: 'a session for a YouTube channel',
  network: 'youtube',
  open: openYoutubeSession,
  settings: () => ({ channelId: `UC${randomBytes(11).toString('hex')}`, mode: 'api' }),
  secretFields: ['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'],
  description: youtubeDescription,
  publishes: /^POST \/youtube\/v3\/posts$/,
  hasAltTexts: false,
});

const unstopped = new AbortController().signal;
const channelId = 'UCabcdefghijklmnopqrstuv';
const secrets = {
  CLIENT_ID: 'the-client',
  CLIENT_SECRET: 'the-secret',
  REFRESH_TOKEN: 'the-refresh',
};

function makeAccount(apiUrl: string, over: Partial<Account> = {}): Account {
  const settings = { channelId, mode: 'api' };
  return { name: 'tube', network: 'youtube', apiUrl, sandbox: false, settings, secrets, ...over };
}

const token = { access_token: 'the-access', expires_in: 3600, token_type: 'Bearer' };

describe('the token of a channel', () => {
  it('is fetched before the post and kept for its life', async () => {
    const server = await startAnsweringServer((heard) => ({
      body: heard.url === '/token' ? token : { id: 'Ugk1', items: [] },
    }));
    let now = Date.now();
    const clock = { now: () => now, monotonic: () => 0 };
    const session = await openYoutubeSession(
      makeAccount(server.url),
      makeIoFor(makeAccount(server.url), { clock }),
    );
    const post = makePost('youtube');

    for (const passedMs of [0, 50 * 60_000, 10 * 60_000]) {
      now += passedMs;
      const draft = await session.prepare(post, 0, undefined, unstopped);
      await session.publish(post, 0, draft, makeWindow());
    }

    await server.close();
    const paths = server.heard.map(({ method, url }) => `${method} ${url.split('?', 1)[0]}`);
    const posts = 'POST /youtube/v3/posts';
    assert.deepEqual(paths, [
      'POST /token',
      'GET /youtube/v3/posts',
      posts,
      posts,
      'POST /token',
      posts,
    ]);
    const form = new URLSearchParams(server.heard[0]?.body);
    assert.equal(form.get('refresh_token'), secrets.REFRESH_TOKEN);
    assert.equal(form.get('grant_type'), 'refresh_token');
    assert.match(server.heard[0]?.headers['content-type'] ?? '', /^application\/x-www-form-/);
    assert.equal(server.heard[2]?.headers.authorization, 'Bearer the-access');
  });

  it('is never fetched in the middle of a post', async () => {
    const server = await startAnsweringServer(() => ({ body: token }));
    const session = await openYoutubeSession(
      makeAccount(server.url),
      makeIoFor(makeAccount(server.url)),
    );

    const error = await errorOf(session.publish(makePost('youtube'), 0, { part: 0 }, makeWindow()));

    await server.close();
    assert.equal(error.code, 'youtube:no-token');
    assert.equal(error.name, 'TransientError');
    assert.deepEqual(server.heard, []);
  });

  it('is asked for once, whatever the answer', async () => {
    for (const [reply, name, code] of [
      [
        { status: 400, body: { error: 'invalid_grant' } },
        'UnauthorizedError',
        'youtube:invalid_grant',
      ],
      [{ status: 503, body: '' }, 'TransientError', 'youtube:503'],
      [{ status: 200, body: {} }, 'TransientError', 'youtube:no-id'],
    ] as const) {
      const server = await startAnsweringServer(() => reply);
      const session = await openYoutubeSession(
        makeAccount(server.url),
        makeIoFor(makeAccount(server.url)),
      );

      const error = await errorOf(session.prepare(makePost('youtube'), 0, undefined, unstopped));

      await server.close();
      assert.deepEqual([error.name, error.code], [name, code]);
      assert.equal(server.heard.length, 1);
    }
  });
});

describe('a channel outside the pilot', () => {
  it('is told to be assisted before anything is sent', async () => {
    for (const body of [
      '<html>Not Found</html>',
      { error: { errors: [{ reason: 'notFound' }] } },
    ]) {
      const server = await startAnsweringServer((heard) =>
        heard.url === '/token' ? { body: token } : { status: 404, body },
      );
      const session = await openYoutubeSession(
        makeAccount(server.url),
        makeIoFor(makeAccount(server.url)),
      );

      const errors = [
        await errorOf(session.prepare(makePost('youtube'), 0, undefined, unstopped)),
        await errorOf(session.publish(makePost('youtube'), 0, { part: 0 }, makeWindow())),
        await errorOf(session.recent(new Date(), unstopped)),
        await errorOf(session.remove('Ugk1', unstopped)),
      ];

      await server.close();
      for (const error of errors) {
        assert.equal(error.name, 'UnauthorizedError');
        assert.equal(error.code, 'youtube:not-enabled');
        assert.match(error.message, /mode: assisted/);
      }
    }
  });
});

describe('an assisted channel', () => {
  it('opens without credentials, says whose it is, and sends nothing', async () => {
    const settings = { channelId, mode: 'assisted', handle: '@newsroom' };
    const server = await startAnsweringServer(() => ({}));
    const account = makeAccount(server.url, { settings, secrets: {} });
    const session = await openYoutubeSession(account, makeIo());
    const post = makePost('youtube');

    const draft = await session.prepare(post, 0, undefined, unstopped);
    const error = await errorOf(session.publish(post, 0, draft, makeWindow()));

    await server.close();
    assert.deepEqual([error.name, error.code], ['RejectedError', 'youtube:assisted']);
    assert.equal(await session.identify(unstopped), '@newsroom');
    assert.deepEqual(server.heard, []);
  });
});

describe('a post on YouTube', () => {
  it('matches whether YouTube gives its text as it is or as HTML', async () => {
    const session = await openYoutubeSession(makeAccount('http://127.0.0.1:1'), makeIo());
    const post = makePost('youtube', {
      text: 'If 1 < 2 &\n"so": https://a.example/?b=1&c=2 &amp;',
    });
    const html =
      'If 1 &lt; 2 &amp;<br>&quot;so&quot;: <a href="https://a.example/?b=1&amp;c=2">https://a.exam…</a> &amp;amp;';
    const base = {
      remoteId: '1',
      url: 'https://www.youtube.com/post/1',
      links: [],
      createdAt: new Date(),
    };

    assert.ok(session.matches(post, 0, { ...base, text: post.text }));
    assert.ok(session.matches(post, 0, { ...base, text: html }));
    assert.ok(!session.matches(post, 0, { ...base, text: html.replace('b=1', 'b=2') }));
  });
});

describe('the day of a quota', () => {
  it('ends at midnight in California, also when the clocks change', () => {
    const cases = {
      '2026-11-22T10:00:00.500Z': '2026-11-23T08:00:00.000Z',
      '2026-07-01T06:59:59.999Z': '2026-07-01T07:00:00.000Z',
      '2026-03-08T08:30:00.000Z': '2026-03-09T07:00:00.000Z',
      '2026-11-01T07:30:00.000Z': '2026-11-02T08:00:00.000Z',
      '2026-11-02T08:00:00.000Z': '2026-11-03T08:00:00.000Z',
    };
    for (const [now, midnight] of Object.entries(cases))
      assert.equal(nextPacificMidnight(Date.parse(now)).toISOString(), midnight);
  });
});
