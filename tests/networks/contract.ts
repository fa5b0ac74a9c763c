import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import type { Account } from '../../src/core/account.ts';
import { systemClock } from '../../src/core/clock.ts';
import { type AnyPublishError, isPublishError } from '../../src/core/errors.ts';
import type { Media, Post } from '../../src/core/post.ts';
import type { NetworkIo, SendWindow, Session } from '../../src/networks/network.ts';
import { findNetwork } from '../../src/networks/registry.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { startAnsweringServer } from '../support/answering-server.ts';
import { holdCredentials } from '../support/credentials.ts';
import { type Description, operationsOf } from '../support/description.ts';
import { movingGif, noise } from '../support/pictures.ts';
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
  /** What every request is held against. */
  readonly description: Description;
}

/** An image of which the bytes are given, and what a post says of it. */
function imageOf(bytes: Buffer, alt: string, type: Media['type'] = 'image/png') {
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { bytes, media: { hash, type, size: bytes.length, alt, file: 'image' } satisfies Media };
}

function bytesOf(pictures: readonly { bytes: Buffer; media: Media }[]): NetworkIo['media'] {
  return async (hash) =>
    pictures.find(({ media }) => media.hash === hash)?.bytes ?? assert.fail(hash);
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
    credentials: holdCredentials(),
    media: async () => picture.bytes,
    facebook: 'two-phase',
    ...over,
  };
}

/** As `makeIo`, with the account's own secrets as its tokens. */
export function makeIoFor({ secrets }: Account, over: Partial<NetworkIo> = {}): NetworkIo {
  const has = Object.keys(secrets).length > 0;
  return makeIo({ credentials: holdCredentials(has ? secrets : undefined), ...over });
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

    it('shows several images in their order, large ones too, each with its own words', async () => {
      const composer = await findNetwork(network)?.loadComposer();
      const many = composer?.images.most ?? assert.fail();
      const large = await noise(900, 900).png().toBuffer();
      const pictures = Array.from({ length: many }, (_, i) =>
        i === 0 ? imageOf(large, 'Grain') : makePng(`Number ${i}: «ب» & "c"`, 8 + i),
      );
      const { account, session } = await open({ media: bytesOf(pictures) });

      await publish(session, makePost(network, { media: pictures.map(({ media }) => media) }));

      const [shown] = await readLog(account);
      assert.ok(large.length > 2 * 1024 * 1024, 'it must be longer than any piece of an upload');
      assert.deepEqual(
        shown?.media,
        pictures.map(({ bytes, media }) => ({
          type: 'image/png',
          alt: candidate.hasAltTexts ? media.alt : '',
          bytes: bytes.length,
          sha256: media.hash,
        })),
      );
    });

    it('shows a moving image whole, where the network has such', async () => {
      const { images } = (await findNetwork(network)?.loadComposer()) ?? assert.fail();
      const gif = imageOf(await movingGif(3), 'It moves', 'image/gif');
      const { account, session } = await open({ media: bytesOf([gif]) });
      // Where it has none, the fitter makes a still one of it: no session ever gets it.
      if (images.moving === undefined) return assert.ok(!images.types.includes('image/gif'));

      await publish(session, makePost(network, { media: [gif.media] }));

      const [shown] = (await readLog(account)) as { media: { type: string; sha256: string }[] }[];
      assert.deepEqual(
        shown?.media.map(({ type, sha256 }) => [type, sha256]),
        [['image/gif', gif.media.hash]],
      );
    });

    it('is refused an image beyond what the network takes, and has published nothing', async () => {
      const bytes = Buffer.concat([picture.bytes, Buffer.alloc(17 * 1024 * 1024)]);
      const huge = imageOf(bytes, 'Too large');
      const { account, session } = await open({ media: bytesOf([huge]) });
      tap.forget();

      const error = await errorOf(
        session.prepare(makePost(network, { media: [huge.media] }), 0, undefined, unstopped),
      );

      assert.equal(error.name, 'RejectedError', inspect(error));
      assert.deepEqual(publishRequests(), []);
      assert.deepEqual(await readLog(account), []);
    });

    const uploadFaults: Record<string, string> = {
      'rate-limit': 'RateLimitedError',
      'server-error': 'TransientError',
      html: 'TransientError',
      hang: 'TransientError',
      reset: 'TransientError',
      empty: 'TransientError',
      truncated: 'TransientError',
      'no-id': 'TransientError',
      'stored-then-error': 'TransientError',
      'stored-then-hang': 'TransientError',
      unauthorized: 'UnauthorizedError',
      refuse: 'RejectedError',
    };
    for (const [kind, name] of Object.entries(uploadFaults)) {
      it(`has provably sent nothing when the upload ends in ${kind}, and shows the image once after it`, async () => {
        const { account, session } = await open({ requestTimeoutMs: 700 });
        const post = makePost(network, { media: [picture.media] });
        await setFault(account, kind, 'prepare');
        tap.forget();

        const error = await errorOf(session.prepare(post, 0, undefined, unstopped));

        assert.equal(error.name, name, inspect(error));
        assert.deepEqual(publishRequests(), []);
        assert.deepEqual(await readLog(account), []);
        await publish(session, post);
        const log = await readLog(account);
        assert.deepEqual(
          log.map(({ media }) => (media as { sha256: string }[]).map(({ sha256 }) => sha256)),
          [[picture.media.hash]],
        );
      });
    }

    it('uploads an image again once the network has forgotten it', async () => {
      let offsetMs = 0;
      const now = () => Date.now() + offsetMs;
      const forgetful = await startSandbox({ port: 0, now });
      const account: Account = {
        name: `contract-${randomUUID()}`,
        network,
        apiUrl: forgetful.url,
        sandbox: true,
        settings: candidate.settings(),
        secrets: {},
      };
      const session = await candidate.open(
        account,
        makeIo({
          clock: { now, monotonic: () => now() },
          ...(candidate.facebook ? { facebook: candidate.facebook } : {}),
        }),
      );
      const post = makePost(network, { media: [picture.media] });
      const old = await session.prepare(post, 0, undefined, unstopped);

      offsetMs = 25 * 3600_000;
      const anew = await session.prepare(post, 0, JSON.parse(JSON.stringify(old)), unstopped);
      const receipt = await session.publish(post, 0, anew, makeWindow());

      const log = (await (await fetch(`${forgetful.url}/log`)).json()) as LogEntry[];
      await forgetful.close();
      assert.notDeepEqual(anew, old);
      assert.deepEqual(
        log.map(({ id }) => id),
        [receipt.remoteId],
      );
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
      assert.ok(Array.isArray(logged?.media) && logged.media.length === 1);
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
          makeIoFor({ ...account, apiUrl }, { requestTimeoutMs: 300 }),
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

    it('edits the text of a post where it can, reads it back, and knows its account', async () => {
      const { account, session } = await open();
      const { remoteId } = await publish(session, makePost(network));
      const text = `Corrected ${randomUUID()}`;

      await session.edit?.(remoteId, makePost(network, { text }), unstopped);
      const read = await session.read?.(remoteId, { since: new Date(0), signal: unstopped });
      const facts = await session.examine(unstopped);

      const [shown] = await readLog(account);
      assert.equal(session.edit === undefined, session.read === undefined);
      if (session.edit) assert.deepEqual([shown?.text, read?.text], [text, text]);
      assert.ok(facts);
    });

    // The last, so that it sees all that the others made the sessions send.
    it(`has sent nothing but what is in ${candidate.description.name}`, {
      skip: candidate.description.absent,
    }, () => {
      const problemsOf = candidate.description.read();

      const problems = tap.heard.flatMap((heard) =>
        problemsOf(heard).map((told) => `${heard.method} ${heard.url}: ${told}`),
      );

      assert.deepEqual([...new Set(problems)], []);
      const seen = [...operationsOf(tap.heard)];
      const paths = tap.heard.map(({ method, url }) => `${method} ${url.split('?', 1)[0]}`);
      assert.ok(paths.some((path) => candidate.publishes.test(path)));
      assert.ok(seen.length >= 2, `It saw ${seen.join(', ')} only.`);
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
