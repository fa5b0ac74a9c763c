import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import type { Account } from '../../src/core/account.ts';
import { systemClock } from '../../src/core/clock.ts';
import { type AnyPublishError, isPublishError } from '../../src/core/errors.ts';
import type { Post } from '../../src/core/post.ts';
import type { NetworkIo, SendWindow, Session } from '../../src/networks/network.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { startAnsweringServer } from '../support/answering-server.ts';
import { makePng } from '../support/png.ts';
import { startTap, type Tap } from '../support/tap.ts';

/** A network as the contract's suite needs it. */
export interface Candidate {
  /** What the tests call it. */
  readonly name: string;
  readonly network: 'twitter' | 'facebook' | 'youtube';
  open(account: Account, io: NetworkIo): Promise<Session>;
  settings(): Record<string, unknown>;
  /** Every secret that an account of the network may have. */
  readonly secretFields: readonly string[];
  /** The one request that makes a post visible. */
  readonly publishes: RegExp;
  readonly hasAltTexts: boolean;
  readonly facebook?: NetworkIo['facebook'];
}

const picture = makePng('Three people around a table, «laughing» & waving');
/** A ZWNJ in می‌خواهیم, an emoji of several parts, the characters of HTML, and a link. */
const difficultText =
  'می‌خواهیم ببینیم 👩‍👩‍👧 if 1 < 2 && 3 > 2 & "so" on: https://news.example.org/a?b=1&c=%D9%81#d';

export function makePost(network: string, over: Partial<Post> = {}): Post {
  return { network, text: `Hello ${randomUUID()}`, media: [], ...over };
}

export function makeIo(over: Partial<NetworkIo> = {}): NetworkIo {
  return {
    clock: systemClock,
    requestTimeoutMs: 5000,
    media: async () => picture.bytes,
    facebook: 'two-phase',
    ...over,
  };
}

export function makeWindow(over: Partial<SendWindow> = {}): SendWindow {
  return { isFresh: () => true, signal: new AbortController().signal, earlier: [], ...over };
}

/** Runs what is to fail, and gives its error, which must be one of ours. */
export async function errorOf(run: Promise<unknown>): Promise<AnyPublishError> {
  const error = await run.then(
    () => assert.fail('it succeeded'),
    (thrown: unknown) => thrown,
  );
  assert.ok(isPublishError(error), `${inspect(error)} is no PublishError`);
  return error;
}

const unstopped = new AbortController().signal;

/** What every network promises, tried against the sandbox. */
export function itKeepsTheContract(candidate: Candidate): void {
  const { network } = candidate;

  describe(candidate.name, () => {
    let sandbox: Sandbox;
    let tap: Tap;
    before(async () => {
      sandbox = await startSandbox({ port: 0 });
      tap = await startTap(sandbox.url);
    });
    after(async () => {
      await tap.close();
      await sandbox.close();
    });

    const open = async (over: Partial<NetworkIo> = {}) => {
      const io = makeIo({
        ...(candidate.facebook ? { facebook: candidate.facebook } : {}),
        ...over,
      });
      const account: Account = {
        name: `contract-${randomUUID()}`,
        network,
        apiUrl: tap.url,
        sandbox: true,
        settings: candidate.settings(),
        secrets: {},
      };
      return { account, session: await candidate.open(account, io) };
    };
    const setFault = async (account: Account, kind: string, on?: string) => {
      const answer = await fetch(`${sandbox.url}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          network,
          kind,
          count: 1,
          account: account.name,
          ...(on ? { on } : {}),
        }),
      });
      assert.equal(answer.status, 201, await answer.text());
    };
    const readLog = async (account: Account) => {
      const entries = (await (await fetch(`${sandbox.url}/log`)).json()) as LogEntry[];
      return entries.filter((entry) => entry.account === account.name);
    };
    const publish = async (session: Session, post: Post, window = makeWindow()) => {
      const draft = await session.prepare(post, 0, undefined, unstopped);
      // What the ledger gives back has been through JSON.
      return session.publish(post, 0, JSON.parse(JSON.stringify(draft)), window);
    };
    const publishRequests = () => tap.requests.filter((line) => candidate.publishes.test(line));
    const find = (session: Session, post: Post, since = new Date(Date.now() - 5000)) =>
      session.find(post, 0, { since, draft: undefined, signal: unstopped });

    it('publishes exactly one visible post with exactly one request', async () => {
      const { account, session } = await open();
      const post = makePost(network);
      const draft = await session.prepare(post, 0, undefined, unstopped);
      assert.deepEqual(await readLog(account), [], 'preparing must show followers nothing');

      tap.forget();
      const receipt = await session.publish(post, 0, draft, makeWindow());

      assert.equal(tap.requests.length, 1);
      assert.match(tap.requests[0] ?? '', candidate.publishes);
      const log = await readLog(account);
      assert.deepEqual(
        log.map(({ id, text }) => ({ id, text })),
        [{ id: receipt.remoteId, text: post.text }],
      );
      assert.ok(URL.canParse(receipt.url));
    });

    const faults: Record<string, Expectation> = {
      refuse: { name: 'RejectedError', isShown: false },
      'rate-limit': { name: 'RateLimitedError', isShown: false },
      quota: {
        name: network === 'twitter' ? 'UnauthorizedError' : 'RateLimitedError',
        isShown: false,
      },
      unauthorized: { name: 'UnauthorizedError', isShown: false },
      forbidden: { name: 'UnauthorizedError', isShown: false },
      blocked: {
        name: network === 'facebook' ? 'RateLimitedError' : 'UnauthorizedError',
        isShown: false,
      },
      duplicate: { name: 'RejectedError', isShown: false },
      'server-error': { name: 'OutcomeUnknownError', isShown: false },
      html: { name: 'OutcomeUnknownError', isShown: false },
      reset: { name: 'OutcomeUnknownError', isShown: false },
      hang: { name: 'OutcomeUnknownError', isShown: false },
      'stored-then-error': { name: 'OutcomeUnknownError', isShown: true },
      'stored-then-hang': { name: 'OutcomeUnknownError', isShown: true },
      'stored-then-reset': { name: 'OutcomeUnknownError', isShown: true },
      'no-id': { name: 'OutcomeUnknownError', isShown: true },
      empty: { name: 'OutcomeUnknownError', isShown: true },
      truncated: { name: 'OutcomeUnknownError', isShown: true },
    };
    for (const [kind, expected] of Object.entries(faults)) {
      it(`tells ${kind} by ${expected.name} after one request`, async () => {
        const { account, session } = await open({ requestTimeoutMs: 1500 });
        const post = makePost(network);
        const draft = await session.prepare(post, 0, undefined, unstopped);
        await setFault(account, kind);
        tap.forget();

        const error = await errorOf(session.publish(post, 0, draft, makeWindow()));

        assert.equal(error.name, expected.name, inspect(error));
        assert.equal(publishRequests().length, 1);
        assert.match(error.code, new RegExp(`^${network}:\\S+$`));
        assert.equal((await readLog(account)).length, expected.isShown ? 1 : 0);
        if (error.name === 'RateLimitedError') assert.ok(error.retryAt.getTime() > Date.now());
        if (error.name === 'RejectedError') assert.equal(error.isDuplicate, kind === 'duplicate');
      });
    }

    it('tells an address where nobody listens by TransientError', async () => {
      const { session } = await open();
      const post = makePost(network);
      const draft = await session.prepare(post, 0, undefined, unstopped);
      const closed = await startAnsweringServer(() => undefined);
      await closed.close();
      const account = { name: 'a', network, apiUrl: closed.url, sandbox: true, secrets: {} };
      const lost = await candidate.open({ ...account, settings: candidate.settings() }, makeIo());

      const errors = [
        await errorOf(
          lost
            .prepare(makePost(network, { media: [picture.media] }), 0, undefined, unstopped)
            .then((d) => lost.publish(post, 0, d, makeWindow())),
        ),
        await errorOf(lost.recent(new Date(), unstopped)),
        await errorOf(lost.identify(unstopped)),
      ];

      assert.deepEqual(draft.part, 0);
      for (const error of errors) {
        assert.equal(error.name, 'TransientError');
        assert.equal(error.code, `${network}:ECONNREFUSED`);
      }
    });

    it('sends not one byte once the attempt has run out of time', async () => {
      const { account, session } = await open();
      const post = makePost(network);
      const draft = await session.prepare(post, 0, undefined, unstopped);
      tap.forget();

      const error = await errorOf(
        session.publish(post, 0, draft, makeWindow({ isFresh: () => false })),
      );

      assert.equal(error.name, 'TransientError');
      assert.equal(error.code, `${network}:stale`);
      assert.equal(tap.connections, 1, 'it asks after connecting, not before');
      assert.equal(tap.bytesSent, 0);
      assert.deepEqual(await readLog(account), []);
    });

    it('asks whether there is time exactly once, with the connection open', async () => {
      const { session } = await open();
      const post = makePost(network);
      const draft = await session.prepare(post, 0, undefined, unstopped);
      tap.forget();
      const seen: number[] = [];
      const isFresh = () => {
        seen.push(tap.bytesSent);
        return true;
      };

      await session.publish(post, 0, draft, makeWindow({ isFresh }));

      assert.deepEqual(seen, [0]);
    });

    it('stops at a signal, and says whether the request had left', async () => {
      const { account, session } = await open();
      const post = makePost(network);
      const draft = await session.prepare(post, 0, undefined, unstopped);
      await setFault(account, 'hang');
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 200);
      const began = performance.now();

      const during = await errorOf(
        session.publish(post, 0, draft, makeWindow({ signal: stop.signal })),
      );
      tap.forget();
      const early = await errorOf(
        session.publish(post, 0, draft, makeWindow({ signal: AbortSignal.abort() })),
      );

      assert.equal(during.name, 'OutcomeUnknownError');
      assert.equal(during.code, `${network}:aborted`);
      assert.equal(early.name, 'TransientError');
      assert.equal(tap.bytesSent, 0);
      assert.ok(performance.now() - began < 2500);
    });

    it('finds what it published, and nothing else', async () => {
      const { session } = await open();
      const post = makePost(network, { text: `${difficultText} ${randomUUID()}` });
      const other = makePost(network);
      await publish(session, other);
      const receipt = await publish(session, post);

      const found = await find(session, post);

      assert.deepEqual(
        found.map((one) => one.remoteId),
        [receipt.remoteId],
      );
      assert.equal(session.matches(other, 0, found[0] ?? assert.fail()), false);
      assert.ok(Math.abs((found[0]?.createdAt.getTime() ?? 0) - Date.now()) < 10_000);
    });

    it('finds nothing where nothing was published', async () => {
      const { session } = await open();
      await publish(session, makePost(network));

      assert.deepEqual(await find(session, makePost(network)), []);
    });

    it('finds nothing on an account that never posted', async () => {
      const { session } = await open();

      assert.deepEqual(await find(session, makePost(network)), []);
    });

    for (const kind of ['stored-then-error', 'stored-then-reset', 'no-id']) {
      it(`finds what it published when the answer was lost (${kind})`, async () => {
        const { account, session } = await open();
        const post = makePost(network, { text: `${difficultText} ${randomUUID()}` });
        const draft = await session.prepare(post, 0, undefined, unstopped);
        await setFault(account, kind);
        const since = new Date();
        await errorOf(session.publish(post, 0, draft, makeWindow()));

        const found = await session.find(post, 0, { since, draft, signal: unstopped });

        const [shown] = await readLog(account);
        assert.deepEqual(
          found.map((one) => one.remoteId),
          [shown?.id],
        );
      });
    }

    it('reads the text back as people wrote it', async () => {
      const { session } = await open();
      const post = makePost(network, { text: `${difficultText} ${randomUUID()}` });
      const receipt = await publish(session, post);

      const [latest] = await session.recent(new Date(Date.now() - 5000), unstopped);

      assert.equal(latest?.remoteId, receipt.remoteId);
      assert.equal(latest?.text, post.text.normalize('NFC'));
      assert.deepEqual(latest?.links, ['https://news.example.org/a?b=1&c=%D9%81#d']);
      assert.ok(session.matches(post, 0, latest ?? assert.fail()));
    });

    it('takes an account that cannot be read for no proof of absence', async () => {
      const { account, session } = await open();
      const post = makePost(network);
      await publish(session, post);
      // Whose account it is, is known from here on: the faults are of the list itself.
      assert.equal((await find(session, post)).length, 1);
      for (const kind of ['html', 'empty', 'server-error', 'truncated', 'no-id']) {
        await setFault(account, kind, 'read');
        const error = await errorOf(find(session, post));
        assert.equal(error.name, 'TransientError', `${kind}: ${inspect(error)}`);
      }
    });

    it('looks through all that was posted since', async () => {
      const { session } = await open();
      const post = makePost(network);
      const receipt = await publish(session, post);
      for (let count = 0; count < 120; count += 1) await publish(session, makePost(network));

      const found = await find(session, post, new Date(Date.now() - 600_000));

      assert.deepEqual(
        found.map((one) => one.remoteId),
        [receipt.remoteId],
      );
    });

    it('shows an image with what it says to people who cannot see it', async () => {
      const { account, session } = await open();
      const post = makePost(network, { media: [picture.media] });

      const receipt = await publish(session, post);

      const [shown] = await readLog(account);
      assert.equal(shown?.id, receipt.remoteId);
      assert.deepEqual(shown?.media, [
        {
          type: 'image/png',
          alt: candidate.hasAltTexts ? picture.media.alt : '',
          bytes: picture.bytes.length,
          sha256: picture.media.hash,
        },
      ]);
      const [found] = await find(session, post);
      assert.equal(found?.text, post.text);
    });

    it('uploads an image once for several attempts', async () => {
      const { session } = await open();
      const post = makePost(network, { media: [picture.media] });
      const draft = await session.prepare(post, 0, undefined, unstopped);
      tap.forget();

      const again = await session.prepare(post, 0, JSON.parse(JSON.stringify(draft)), unstopped);
      const uploads = tap.requests.filter((line) => /media|photos|upload|feed/.test(line));
      const changed = { ...post, media: [{ ...picture.media, hash: 'other' }] };
      const anew = await session.prepare(changed, 0, draft, unstopped);

      assert.deepEqual(again, draft);
      assert.deepEqual(uploads, []);
      assert.notDeepEqual(anew, draft, 'an old draft must not go out with a changed post');
    });

    it('removes a post, and minds not if it is gone', async () => {
      const { account, session } = await open();
      const receipt = await publish(session, makePost(network));

      await session.remove(receipt.remoteId, unstopped);
      await session.remove(receipt.remoteId, unstopped);

      assert.ok((await readLog(account))[0]?.deletedAt);
      assert.deepEqual(await session.recent(new Date(Date.now() - 5000), unstopped), []);
    });

    it('removes that post and no other, also where the same stands beside it', async () => {
      const { account, session } = await open();
      const first = await publish(session, makePost(network));
      const second = await publish(session, makePost(network));

      await session.remove(first.remoteId, unstopped);

      const left = (await readLog(account)).filter(({ deletedAt }) => deletedAt === undefined);
      assert.deepEqual(
        left.map(({ id }) => id),
        [second.remoteId],
      );
    });

    it('may be asked to remove again after a lost answer, and says when to wait and what is refused', async () => {
      const { account, session } = await open();
      const receipt = await publish(session, makePost(network));
      const remove = () => session.remove(receipt.remoteId, unstopped);

      await setFault(account, 'rate-limit', 'change');
      assert.equal((await errorOf(remove())).name, 'RateLimitedError');
      await setFault(account, 'unauthorized', 'change');
      assert.equal((await errorOf(remove())).name, 'UnauthorizedError');
      for (const kind of ['server-error', 'html', 'stored-then-reset']) {
        await setFault(account, kind, 'change');
        assert.equal((await errorOf(remove())).name, 'TransientError', kind);
      }
      await remove();

      assert.ok((await readLog(account))[0]?.deletedAt);
    });

    it('changes the text of what is out, and nothing else, where the network can', async () => {
      const { account, session } = await open();
      if (session.edit === undefined) return;
      const post = makePost(network, { media: [picture.media] });
      const { remoteId } = await publish(session, post);
      const corrected = { ...post, text: difficultText };
      const since = new Date(Date.now() - 5000);

      await session.edit(remoteId, corrected, unstopped);
      await session.edit(remoteId, corrected, unstopped);

      const shown = await session.read?.(remoteId, { since, signal: unstopped });
      assert.ok(shown && session.matches(corrected, 0, shown));
      const [logged, ...others] = await readLog(account);
      assert.deepEqual([logged?.id, logged?.text, others], [remoteId, difficultText, []]);
      assert.equal((logged?.media as unknown[]).length, 1);
      assert.ok(logged?.editedAt);
    });

    it('shows after a lost answer whether the text was changed', async () => {
      const { account, session } = await open();
      if (session.edit === undefined) return;
      for (const kind of ['stored-then-error', 'stored-then-reset', 'server-error', 'reset']) {
        const post = makePost(network);
        const { remoteId } = await publish(session, post);
        const corrected = { ...post, text: `${post.text}, corrected` };
        await setFault(account, kind, 'change');

        const error = await errorOf(session.edit(remoteId, corrected, unstopped));

        assert.equal(error.name, 'TransientError', kind);
        const since = new Date(Date.now() - 5000);
        const shown = await session.read?.(remoteId, { since, signal: unstopped });
        const isDone = kind.startsWith('stored');
        assert.equal(shown?.text, isDone ? corrected.text : post.text, kind);
      }
    });

    it('refuses to change what is gone', async () => {
      const { session } = await open();
      if (session.edit === undefined) return;
      const post = makePost(network);
      const { remoteId } = await publish(session, post);
      await session.remove(remoteId, unstopped);

      const error = await errorOf(session.edit(remoteId, post, unstopped));

      assert.equal(error.name, 'RejectedError');
      const since = new Date(Date.now() - 5000);
      assert.equal(await session.read?.(remoteId, { since, signal: unstopped }), undefined);
    });

    it('never discards what is published', async () => {
      const { session } = await open();
      const post = makePost(network);
      const draft = await session.prepare(post, 0, undefined, unstopped);
      await session.publish(post, 0, draft, makeWindow());

      await session.discard(draft, unstopped);

      assert.equal((await find(session, post)).length, 1);
    });

    it('says whose account it is', async () => {
      const { session } = await open();

      assert.notEqual((await session.identify(unstopped)).trim(), '');
    });

    it('shows no secret, whatever a network echoes', async () => {
      const echo = await startAnsweringServer((heard) => {
        if (heard.url === '/token')
          return { body: { access_token: 'canary-fetched-token', expires_in: 3600 } };
        const words = `${heard.url} ${JSON.stringify(heard.headers)} ${heard.body}`;
        const error = { message: words, code: 100, errors: [{ message: words, reason: words }] };
        return { status: 400, body: { title: words, detail: words, error } };
      });
      const silent = await startAnsweringServer(() => undefined);
      const secrets = Object.fromEntries(
        candidate.secretFields.map((field) => [field, `canary/${field}+"secret"=`]),
      );
      const account = {
        name: 'canary',
        network,
        sandbox: false,
        secrets,
        settings: candidate.settings(),
      };

      const shown: string[] = [];
      for (const apiUrl of [echo.url, silent.url, 'http://127.0.0.1:1']) {
        const session = await candidate.open(
          { ...account, apiUrl },
          makeIo({ requestTimeoutMs: 300 }),
        );
        const post = makePost(network, { media: [picture.media] });
        const draft = { part: 0 };
        for (const run of [
          () => session.prepare(post, 0, undefined, unstopped),
          () => session.publish(post, 0, draft, makeWindow()),
          () => find(session, post),
          () => session.recent(new Date(), unstopped),
          () => session.remove('1', unstopped),
          ...(session.edit ? [async () => session.edit?.('1', post, unstopped)] : []),
          () => session.identify(unstopped),
        ]) {
          const error = await errorOf(run());
          shown.push(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true }));
          shown.push(JSON.stringify(error), String(error.stack), String(error.cause));
        }
        shown.push(inspect(session, { depth: Number.POSITIVE_INFINITY, showHidden: true }));
      }
      await echo.close();
      await silent.close();

      const wire = JSON.stringify(echo.heard);
      assert.match(
        wire,
        /canary/,
        'the requests must have carried secrets for this to mean anything',
      );
      for (const text of shown) {
        assert.doesNotMatch(text, /canary[/%-]/, text);
        for (const secret of Object.values(secrets))
          assert.ok(!text.includes(Buffer.from(secret).toString('base64').slice(0, 24)), text);
      }
    });
  });
}

interface Expectation {
  readonly name: string;
  readonly isShown: boolean;
}

interface LogEntry {
  readonly account: string;
  readonly id: string;
  readonly text: string;
  readonly media: unknown;
  readonly editedAt?: string;
  readonly deletedAt?: string;
}
