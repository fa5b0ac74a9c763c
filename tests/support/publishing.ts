import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../../src/core/account.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { PublishingSettings } from '../../src/core/config.ts';
import { type Post, partsOf } from '../../src/core/post.ts';
import type { Next } from '../../src/core/wake-up.ts';
import { type Journal, openJournal } from '../../src/ledger/journal.ts';
import type { KnownRetraction } from '../../src/ledger/retractions.ts';
import type { RemotePost, SendWindow, Session } from '../../src/networks/network.ts';
import { handleWakeUp } from '../../src/publishing/handle-wake-up.ts';
import type { Publishing } from '../../src/publishing/publishing.ts';
import type { TakingBack } from '../../src/publishing/taking-back.ts';
import { type Bench, NAME } from './ledger.ts';

export function someSettings(over: Partial<PublishingSettings> = {}): PublishingSettings {
  return {
    requestTimeoutMs: 2_000,
    attempts: 3,
    backoffMs: 10,
    confirmAfterMs: [0, 0],
    publishByMs: 60_000,
    facebook: 'direct',
    resumeGapMs: 0,
    ...over,
  };
}

export function anAccount(over: Partial<Account> = {}): Account {
  return {
    name: 'newsroom-x',
    network: 'twitter',
    apiUrl: 'http://127.0.0.1:1',
    sandbox: true,
    settings: {},
    secrets: {},
    ...over,
  };
}

/** A session with an account that keeps its posts in memory. Each method may be replaced. */
export interface FakeSession extends Session {
  /** What followers see, oldest first. */
  readonly posts: RemotePost[];
  readonly calls: string[];
  /** The windows that `publish` was given. */
  readonly windows: SendWindow[];
  /** Puts a post on the account, as `publish` does if nothing replaces it. */
  show(text: string, id?: string): RemotePost;
}

export function aSession(
  over: Partial<
    Pick<Session, 'prepare' | 'publish' | 'find' | 'discard' | 'remove' | 'edit' | 'read'>
  > = {},
): FakeSession {
  const posts: RemotePost[] = [];
  const calls: string[] = [];
  const windows: SendWindow[] = [];
  let shown = 0;
  const show = (text: string, id = `id-${shown + 1}`): RemotePost => {
    shown++;
    const url = `https://x.example/newsroom/${id}`;
    const post = { remoteId: id, url, text, links: [], createdAt: new Date() };
    posts.push(post);
    return post;
  };
  const textOf = (post: Post, part: number) => partsOf(post)[part] ?? '';
  return {
    posts,
    calls,
    windows,
    show,
    async prepare(...args) {
      calls.push(`prepare ${args[1]}`);
      return over.prepare ? over.prepare(...args) : { part: args[1] };
    },
    async publish(...args) {
      const [post, part, , window] = args;
      calls.push(`publish ${part}`);
      windows.push(window);
      if (over.publish) return over.publish(...args);
      const { remoteId, url } = show(textOf(post, part));
      return { remoteId, url };
    },
    async find(...args) {
      const [post, part] = args;
      calls.push(`find ${part}`);
      if (over.find) return over.find(...args);
      return posts.filter(({ text }) => text === textOf(post, part)).reverse();
    },
    recent: async () => [...posts].reverse(),
    matches: (post, part, remote) => remote.text === textOf(post, part),
    async discard(...args) {
      calls.push('discard');
      await over.discard?.(...args);
    },
    async remove(...args) {
      calls.push(`remove ${args[0]}`);
      if (over.remove) return over.remove(...args);
      const at = posts.findIndex(({ remoteId }) => remoteId === args[0]);
      if (at >= 0) posts.splice(at, 1);
    },
    async edit(...args) {
      calls.push(`edit ${args[0]}`);
      if (over.edit) return over.edit(...args);
      const [remoteId, post] = args;
      const at = posts.findIndex((one) => one.remoteId === remoteId);
      const known = posts[at];
      if (known !== undefined) posts[at] = { ...known, text: post.text };
    },
    async read(...args) {
      calls.push(`read ${args[0]}`);
      if (over.read) return over.read(...args);
      return posts.find((one) => one.remoteId === args[0]);
    },
    identify: async () => '@newsroom',
    examine: async () => ({ whose: '@newsroom', ends: [], remarks: [] }),
  };
}

/** What takes back and corrects with a session, and keeps what it would write down. */
export interface TakingBackDesk extends TakingBack {
  readonly noted: KnownRetraction[];
}

export function openTakingBackDesk(
  bench: Pick<Bench, 'ledger'>,
  session: Session,
  over: Partial<TakingBack> = {},
): TakingBackDesk {
  const noted: KnownRetraction[] = [];
  return {
    noted,
    ledger: bench.ledger,
    settings: { requestTimeoutMs: 2_000 },
    log: { info() {}, warn() {}, error() {} },
    now: Date.now,
    sessionOf: async () => session,
    note: (retraction) => noted.push(retraction),
    stopping: new AbortController().signal,
    ...over,
  };
}

/** A worker without a queue: what a job would do is called by hand. */
export interface Desk extends AsyncDisposable {
  readonly publishing: Publishing;
  readonly journal: Journal;
  readonly journalFile: string;
  readonly said: string[];
  /** Why it recovered, each time. */
  readonly recoveries: string[];
  /** Lets the worker stop. */
  stop(): void;
  /** Does what the job of the publication's present generation does. */
  wake(publication?: string): Promise<Next>;
  /** Wakes again and again until nothing is left to do by itself. */
  wakeUntilDone(publication?: string): Promise<string>;
}

export function openDesk(
  bench: Bench,
  session: Session,
  over: Partial<Omit<Publishing, 'recover'>> & {
    recover?: (desk: Desk, reason: string) => Promise<void>;
  } = {},
): Desk {
  const directory = mkdtempSync(join(tmpdir(), 'carillon-desk-'));
  const journalFile = join(directory, 'twitter.jsonl');
  const journal = openJournal(journalFile, Date.now);
  const stopping = new AbortController();
  const said: string[] = [];
  const recoveries: string[] = [];
  const say = (level: string) => (_: object, message: string) => said.push(`${level}: ${message}`);
  const publishing: Publishing = {
    ledger: bench.ledger,
    journal,
    settings: someSettings(),
    clock: systemClock,
    log: { info: say('info'), warn: say('warn'), error: say('error') },
    sender: 'elsewhere:1:1',
    random: () => 1,
    accountOf: async (name) => ({ account: anAccount({ name }), isAssisted: false }),
    sessionOf: async () => session,
    inFlight: new Set(),
    stopping: stopping.signal,
    ...over,
    async recover(reason) {
      recoveries.push(reason);
      await over.recover?.(desk, reason);
    },
  };
  const desk: Desk = {
    publishing,
    journal,
    journalFile,
    said,
    recoveries,
    stop: () => stopping.abort(),
    wake: async (publication = NAME) =>
      handleWakeUp(publication, await bench.generation(publication), publishing),
    async wakeUntilDone(publication = NAME) {
      for (let turns = 0; turns < 50; turns++) {
        const next = await desk.wake(publication);
        if (next.kind === 'done') return next.because;
        await new Promise((resolve) => setTimeout(resolve, Math.min(next.inMs, 100)));
      }
      throw new Error(`It is not done: ${await bench.state(publication)}`);
    },
    async [Symbol.asyncDispose]() {
      journal.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return desk;
}
