import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import { explainFileError, prepareDataDir } from './data-dir.ts';
import { type DataLock, tryLock } from './data-lock.ts';
import {
  choosePort,
  type PrivateEndpoint,
  portFile,
  readPortEndpoint,
  socketEndpoint,
} from './endpoint.ts';
import type { ServerProgram } from './find-server.ts';
import { ensureServer } from './install-server.ts';
import type { ServerProcess } from './launch-server.ts';
import { startPrivateServer } from './private-server.ts';
import { probeServer } from './probe-server.ts';
import { RedisUnavailableError } from './redis-errors.ts';
import { readServerFailure, sayServerFailure } from './server-failure.ts';

export interface PrivateRedisOptions {
  readonly dataDir: string;
  readonly log: Log;
  /** False: only joins the server that another process runs. */
  readonly mayStart: boolean;
  /** True: a missing server program is installed. */
  readonly install?: boolean;
  /** How long to wait for a server that another process is to run. */
  readonly patienceMs?: number;
}

/** Carillon's own Redis, shared by all Carillon processes of one data directory. */
export interface PrivateRedis extends AsyncDisposable {
  readonly endpoint: PrivateEndpoint;
  /** True while the server is this process's child. */
  readonly isOwner: boolean;
  /** Ends the server if it is this process's. Others that may start one then take over. */
  close(): Promise<void>;
}

/**
 * Joins the server of the data directory, or starts it. There is one server for a directory at any time: who
 * runs it holds a lock that the kernel keeps. While this is open, a server that ends is started again, and one
 * whose process is gone is taken over. The data survives kills and power cuts, and so does the address.
 *
 * @throws {RedisUnavailableError} with a sentence that says what to do
 */
export async function openPrivateRedis(options: PrivateRedisOptions): Promise<PrivateRedis> {
  const keeper = new Keeper(await prepareDataDir(options.dataDir), options);
  await keeper.open();
  return keeper;
}

/** What ties this process to the running server: it is its child, or there is a connection to it. */
type Tie = { readonly server: ServerProcess } | { readonly connection: Socket };

const pollMs = 25;
/** A server that ended sooner than this is started again after a pause. */
const steadyAfterMs = 2000;
const longestPauseMs = 5000;
const complainEveryMs = 30_000;

class Keeper implements PrivateRedis {
  readonly #dataDir: string;
  readonly #options: PrivateRedisOptions;
  readonly #log: Log;
  readonly #closing = new AbortController();
  #endpoint: PrivateEndpoint | undefined;
  #program: ServerProgram | undefined;
  #lock: DataLock | undefined;
  #tie: Tie | undefined;
  #watching: Promise<void> = Promise.resolve();
  #closed: Promise<void> | undefined;
  #complaint = '';
  #complainedAt = 0;

  constructor(dataDir: string, options: PrivateRedisOptions) {
    this.#dataDir = dataDir;
    this.#options = options;
    this.#log = options.log;
  }

  get endpoint(): PrivateEndpoint {
    if (this.#endpoint === undefined) throw new Error('The private Redis is not open.');
    return this.#endpoint;
  }

  get isOwner(): boolean {
    return this.#tie !== undefined && 'server' in this.#tie;
  }

  async open(): Promise<void> {
    try {
      this.#tie = await this.#reach(performance.now() + (this.#options.patienceMs ?? 20_000));
    } catch (error) {
      this.#lock?.release();
      throw error;
    }
    const words = this.isOwner ? 'The private Redis runs.' : 'The private Redis is joined.';
    this.#log.debug({ dataDir: this.#dataDir }, words);
    if (this.#options.mayStart) this.#watching = this.#watch();
    else this.#letGo();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#closing.abort();
    const tie = this.#tie;
    if (tie !== undefined && 'server' in tie) await tie.server.stop();
    else this.#letGo();
    await this.#watching;
    this.#lock?.release();
  }

  #letGo(): void {
    if (this.#tie !== undefined && 'connection' in this.#tie) this.#tie.connection.destroy();
  }

  /** Joins or starts the server. */
  async #reach(deadline: number): Promise<Tie> {
    for (;;) {
      const joined = this.#lock === undefined ? await this.#join() : 'absent';
      if (typeof joined === 'object') return joined;
      const own = joined === 'absent' ? await this.#own() : undefined;
      if (own !== undefined) return own;
      this.#closing.signal.throwIfAborted();
      if (joined === 'absent' && performance.now() > deadline) throw this.#sayNobodyAnswers();
      await wait(pollMs, undefined, { signal: this.#closing.signal });
    }
  }

  async #join(): Promise<Tie | 'loading' | 'absent'> {
    const endpoint =
      socketEndpoint(this.#dataDir) ?? (await readPortEndpoint(portFile(this.#dataDir)));
    if (endpoint === undefined) return 'absent';
    const probe = await probeServer(endpoint);
    if (probe.state !== 'ready') return probe.state;
    this.#endpoint = endpoint;
    probe.connection.unref();
    return { connection: probe.connection };
  }

  /** Starts the server, if this process may and nobody else holds the lock. */
  async #own(): Promise<Tie | undefined> {
    if (!this.#options.mayStart) return undefined;
    this.#program ??= await ensureServer({
      log: this.#log,
      install: this.#options.install ?? false,
    });
    try {
      this.#lock ??= await tryLock(join(this.#dataDir, 'redis.lock'));
      if (this.#lock === undefined) return undefined;
      this.#endpoint =
        socketEndpoint(this.#dataDir) ??
        (await readPortEndpoint(portFile(this.#dataDir))) ??
        (await choosePort(portFile(this.#dataDir)));
    } catch (error) {
      throw explainFileError(error, this.#dataDir);
    }
    const server = await startPrivateServer({
      dataDir: this.#dataDir,
      endpoint: this.#endpoint,
      server: this.#program,
      lockFd: this.#lock.fd,
      log: this.#log,
      signal: this.#closing.signal,
    });
    server.unref();
    return { server };
  }

  #sayNobodyAnswers(): RedisUnavailableError {
    return new RedisUnavailableError(
      this.#options.mayStart
        ? `Another process runs the private Redis of ${this.#dataDir}, and it does not answer: stop every Carillon of this folder and start again.`
        : `No private Redis answers in ${this.#dataDir}: run "carillon start", or set REDIS_URL.`,
    );
  }

  /** Brings the server back whenever it is gone, until this is closed. */
  async #watch(): Promise<void> {
    let failures = 0;
    while (this.#tie !== undefined && !this.#closing.signal.aborted) {
      const since = performance.now();
      const reason = await untilGone(this.#tie);
      if (this.#closing.signal.aborted) return;
      failures = performance.now() - since > steadyAfterMs ? 0 : failures + 1;
      this.#sayGone(this.#tie, reason);
      this.#tie = await this.#reachAgain(failures);
    }
    // It was closed while the server was starting.
    if (this.#tie !== undefined && 'server' in this.#tie) await this.#tie.server.stop();
    this.#letGo();
  }

  /** Answers undefined only if this is closed meanwhile. */
  async #reachAgain(failuresBefore: number): Promise<Tie | undefined> {
    const wasOwner = this.isOwner;
    for (let failures = failuresBefore; ; failures += 1) {
      try {
        if (failures > 1) await this.#pause(failures);
        const tie = await this.#reach(performance.now() + 30_000);
        this.#tie = tie;
        if (wasOwner) this.#log.info('The private Redis is back.');
        else if (this.isOwner) this.#log.info('This process runs the private Redis from here on.');
        return tie;
      } catch (error) {
        if (this.#closing.signal.aborted) return undefined;
        this.#complain(error instanceof Error ? error.message : String(error));
      }
    }
  }

  #sayGone(tie: Tie, reason: string): void {
    const lastWords = 'server' in tie ? tie.server.lastWords() : '';
    if (readServerFailure(lastWords) === 'other') {
      this.#log.warn({ reason }, 'The private Redis is gone: bringing it back.');
    } else this.#complain(sayServerFailure(lastWords, reason, this.#dataDir));
  }

  /** Says what keeps the server from running; the same thing twice a minute at most. */
  #complain(sentence: string): void {
    const now = performance.now();
    if (sentence === this.#complaint && now - this.#complainedAt < complainEveryMs) return;
    this.#complaint = sentence;
    this.#complainedAt = now;
    this.#log.error(`${sentence} Carillon keeps trying.`);
  }

  #pause(failures: number): Promise<void> {
    const pauseMs = Math.min(50 * 2 ** Math.min(failures, 10), longestPauseMs);
    return wait(pauseMs, undefined, { signal: this.#closing.signal });
  }
}

function untilGone(tie: Tie): Promise<string> {
  if ('server' in tie) return tie.server.ended;
  return new Promise((resolve) => {
    const done = (): void => resolve('its connection closed');
    if (tie.connection.closed) done();
    else tie.connection.once('close', done);
  });
}
