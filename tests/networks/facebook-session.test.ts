import assert from 'node:assert/strict';
import { createHmac, randomInt } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Account } from '../../src/core/account.ts';
import { openFacebookSession } from '../../src/networks/facebook/session.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { startAnsweringServer } from '../support/answering-server.ts';
import { graphDescription } from '../support/graph-description.ts';
import { makePng } from '../support/png.ts';
import { startTap } from '../support/tap.ts';
import {
  errorOf,
  itKeepsTheContract,
  makeIo,
  makeIoFor,
  makePost,
  makeWindow,
} from './contract.ts';

for (const facebook of ['two-phase', 'direct'] as const) {
  itKeepsTheContract({
    name: `a session for a Facebook Page, ${facebook}`,
    network: 'facebook',
    open: openFacebookSession,
    settings: () => ({ pageId: `1000${randomInt(1e9, 9e9)}` }),
    secretFields: ['PAGE_TOKEN', 'APP_SECRET'],
    description: graphDescription,
    publishes: facebook === 'direct' ? /^POST \/v24\.0\/\d+\/feed$/ : /^POST \/v24\.0\/\d+_\d+$/,
    hasAltTexts: true,
    facebook,
  });
}

const unstopped = new AbortController().signal;
const pageId = '1000200030004';

function makeAccount(apiUrl: string, secrets: Record<string, string> = {}): Account {
  return {
    name: 'page',
    network: 'facebook',
    apiUrl,
    sandbox: true,
    settings: { pageId },
    secrets,
  };
}

/** A sandbox, a session whose clock can be moved, and what the session asks of the sandbox. */
async function openTapped() {
  const sandbox = await startSandbox({ port: 0 });
  const tap = await startTap(sandbox.url);
  const time = { offsetMs: 0 };
  const { bytes, media } = makePng('grey');
  const clock = { now: () => Date.now() + time.offsetMs, monotonic: () => 0 };
  const io = makeIo({ clock, media: async () => bytes });
  const session = await openFacebookSession(makeAccount(tap.url), io);
  const remove = (id: unknown) =>
    fetch(`${sandbox.url}/v24.0/${id}`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer sandbox:page' },
    });
  const close = async () => {
    await tap.close();
    await sandbox.close();
  };
  return { session, tap, time, media, remove, close };
}

describe('a draft on Facebook', () => {
  it('is made anew once its photos may be gone', async () => {
    const { session, time, media, close } = await openTapped();
    const post = makePost('facebook', { media: [media] });
    const draft = await session.prepare(post, 0, undefined, unstopped);

    time.offsetMs = 19 * 3600_000;
    const kept = await session.prepare(post, 0, draft, unstopped);
    time.offsetMs = 21 * 3600_000;
    const anew = await session.prepare(post, 0, draft, unstopped);

    await close();
    assert.deepEqual(kept, draft);
    assert.notEqual(anew.postId, draft.postId);
    assert.notDeepEqual(anew.photoIds, draft.photoIds);
  });

  it('that is out already stays as it is, however old', async () => {
    const { session, time, close } = await openTapped();
    const post = makePost('facebook');
    const draft = await session.prepare(post, 0, undefined, unstopped);
    const receipt = await session.publish(post, 0, draft, makeWindow());

    time.offsetMs = 48 * 3600_000;
    const kept = await session.prepare(post, 0, draft, unstopped);
    const again = await session.publish(post, 0, kept, makeWindow());

    const all = await session.recent(new Date(0), unstopped);
    await close();
    assert.deepEqual(again, receipt);
    assert.equal(all.length, 1);
  });

  it('that somebody deleted is made anew', async () => {
    const { session, remove, close } = await openTapped();
    const post = makePost('facebook');
    const draft = await session.prepare(post, 0, undefined, unstopped);
    await remove(draft.postId);

    const error = await errorOf(session.publish(post, 0, draft, makeWindow()));
    const anew = await session.prepare(post, 0, draft, unstopped);
    await session.publish(post, 0, anew, makeWindow());

    const all = await session.recent(new Date(0), unstopped);
    await close();
    assert.equal(error.name, 'TransientError');
    assert.equal(error.code, 'facebook:100/33');
    assert.equal(all.length, 1);
  });

  it('is found although its post has another text by now', async () => {
    const { session, close } = await openTapped();
    const post = makePost('facebook');
    const draft = await session.prepare(post, 0, undefined, unstopped);
    const { remoteId } = await session.publish(post, 0, draft, makeWindow());
    const options = { since: new Date(Date.now() + 3600_000), draft, signal: unstopped };

    const found = await session.find({ ...post, text: 'Edited by hand' }, 0, options);

    await close();
    assert.deepEqual(
      found.map((one) => one.remoteId),
      [remoteId],
    );
  });

  it('is deleted when it is discarded', async () => {
    const { session, tap, close } = await openTapped();
    const draft = await session.prepare(makePost('facebook'), 0, undefined, unstopped);

    await session.discard(draft, unstopped);
    await session.discard(draft, unstopped);

    await close();
    const deletions = tap.requests.filter((line) => line.startsWith('DELETE'));
    assert.deepEqual(deletions, [`DELETE /v24.0/${draft.postId}`]);
  });

  it('is harmless to lose: its errors are never of unknown outcome', async () => {
    for (const reply of [
      { status: 500, body: { error: { code: 2 } } },
      { body: '<html>' },
      { body: {} },
    ]) {
      const server = await startAnsweringServer(() => reply);
      const session = await openFacebookSession(makeAccount(server.url), makeIo());

      const error = await errorOf(session.prepare(makePost('facebook'), 0, undefined, unstopped));

      await server.close();
      assert.equal(error.name, 'TransientError');
    }
  });
});

describe('a post that Facebook does not show', () => {
  const missing = { error: { message: 'Unsupported get request.', code: 100, error_subcode: 33 } };

  it('counts as gone only if the Page answers this token', async () => {
    for (const isPageShown of [true, false]) {
      const server = await startAnsweringServer(({ method }) =>
        method === 'GET' && isPageShown ? { body: { id: pageId } } : { status: 400, body: missing },
      );
      const session = await openFacebookSession(makeAccount(server.url), makeIo());

      const removed = session.remove(`${pageId}_1`, unstopped);

      if (isPageShown) await removed;
      else assert.equal((await errorOf(removed)).name, 'UnauthorizedError');
      await server.close();
    }
  });
});

describe('what Facebook is sent', () => {
  it('proves the app, and never has the token in an address or a body', async () => {
    const server = await startAnsweringServer(() => ({
      body: { id: '1', success: true, data: [] },
    }));
    const secrets = { PAGE_TOKEN: 'token-of-the-page', APP_SECRET: 'secret-of-the-app' };
    const account = makeAccount(server.url, secrets);
    const session = await openFacebookSession(account, makeIoFor(account));

    const draft = await session.prepare(makePost('facebook'), 0, undefined, unstopped);
    await session.publish(makePost('facebook'), 0, draft, makeWindow());
    await session.recent(new Date(), unstopped);
    await session.remove('1', unstopped);

    await server.close();
    const proof = createHmac('sha256', secrets.APP_SECRET).update(secrets.PAGE_TOKEN).digest('hex');
    assert.equal(server.heard.length, 4);
    for (const { url, body, headers } of server.heard) {
      assert.ok(`${url} ${body}`.includes(proof));
      assert.doesNotMatch(`${url} ${body}`, /-of-the-/);
      assert.equal(headers.authorization, 'Bearer token-of-the-page');
    }
  });

  it('has only parameters that the calls know', async () => {
    const server = await startAnsweringServer(() => ({ body: { id: '1_2', success: true } }));
    const session = await openFacebookSession(makeAccount(server.url), makeIo());
    const post = makePost('facebook', { link: 'https://news.example.org/a' });

    const draft = await session.prepare(post, 0, undefined, unstopped);
    await session.publish(post, 0, draft, makeWindow());

    await server.close();
    const sent = server.heard.map(({ method, url, body }) => [method, url, JSON.parse(body)]);
    assert.deepEqual(sent, [
      ['POST', `/v24.0/${pageId}/feed`, { message: post.text, link: post.link, published: false }],
      ['POST', '/v24.0/1_2', { is_published: true }],
    ]);
  });

  it('makes no process-wide listener for crashes, as the SDK would', () => {
    assert.equal(process.listeners('uncaughtException').filter(isOfSdk).length, 0);
  });
});

function isOfSdk(listener: (...values: never[]) => unknown): boolean {
  return /instruments|crash/i.test(listener.toString());
}

describe('a post on Facebook', () => {
  const base = { remoteId: '1', url: 'https://www.facebook.com/1', createdAt: new Date() };

  it('is told from another by the link of its card', async () => {
    const session = await openFacebookSession(makeAccount('http://127.0.0.1:1'), makeIo());
    const post = makePost('facebook', { text: 'Read', link: 'https://news.example.org/a' });
    const matches = (...links: string[]) =>
      session.matches(post, 0, { ...base, text: 'Read', links });

    assert.ok(matches('https://news.example.org/a/?fbclid=x'));
    assert.ok(matches(), 'Facebook shows no card where it could not read the page');
    assert.ok(!matches('https://news.example.org/b'));
  });

  it('is read with the address behind the page that Facebook leads clicks through', async () => {
    const shim = 'https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example.org%2Fa&h=AT0';
    const attachments = {
      data: [
        { type: 'share', url: shim },
        { type: 'photo', url: 'https://www.facebook.com/p' },
      ],
    };
    const shown = {
      id: '1_2',
      message: 'Read',
      created_time: '2026-11-22T10:00:00+0000',
      attachments,
    };
    const server = await startAnsweringServer(() => ({ body: { data: [shown] } }));
    const session = await openFacebookSession(makeAccount(server.url), makeIo());

    const [read] = await session.recent(new Date(0), unstopped);

    await server.close();
    assert.deepEqual(read, {
      remoteId: '1_2',
      url: 'https://www.facebook.com/1_2',
      text: 'Read',
      links: ['https://news.example.org/a'],
      createdAt: new Date('2026-11-22T10:00:00Z'),
    });
  });
});
