import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Amendments } from './amendments.ts';
import { BodyTooLarge, parseBody, readBytes } from './body.ts';
import type { Answer, Call, PlayedNetwork } from './call.ts';
import { playFacebook } from './facebook.ts';
import { Faults } from './faults.ts';
import { isAllowedCaller } from './guard.ts';
import { Limits } from './limits.ts';
import { answerOwn } from './own.ts';
import { playCall } from './play.ts';
import { deliver, sendAnswer } from './send.ts';
import { openStore, type Store } from './store.ts';
import { playTwitter } from './twitter.ts';
import { playYouTube } from './youtube.ts';

const bodyLimit = 32 * 1024 * 1024;
/** A client that takes longer to send a whole request is cut off. */
const receiveTimeoutMs = 60_000;

export interface SandboxOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** 127.0.0.1 if absent. */
  readonly host?: string;
  /** Where it keeps what it stores; absent: in memory, until it ends. One sandbox at a time may use it. */
  readonly dataDir?: string;
  /** Hears of what a person should know, in a line each. */
  readonly log?: (line: string) => void;
  /** Milliseconds since 1970; the system's clock if absent. */
  readonly now?: () => number;
  /**
   * True: a text is taken as often as it comes. X and Facebook refuse a text that they have just had, and so
   * would hide from a test that it was sent twice.
   */
  readonly takesRepeats?: boolean;
}

export interface Sandbox {
  readonly url: string;
  readonly port: number;
  /** Ends every open connection and resolves once all that was stored is on the disk. */
  close(): Promise<void>;
}

/**
 * Starts a server that answers like X, Facebook and YouTube. Whatever it accepted it has on the disk before it
 * says so. Rejects if the port is taken or the data directory cannot be used.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const log = options.log ?? (() => undefined);
  const host = options.host ?? '127.0.0.1';
  const server = createServer();
  // Taking the port comes first: a second sandbox on it must not touch the data of the first.
  const opening = listen(server, options.port, host).then(() => openStage(server, host, options));
  const { now } = options;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // Clients judge times in the answer by the date on it.
    if (now) response.setHeader('date', new Date(now()).toUTCString());
    opening
      .then((stage) => answer(stage, request, response))
      .catch((error: unknown) => {
        log(`The sandbox failed on ${request.method} ${pathOf(request)}: ${String(error)}`);
        sendAnswer(response, { status: 500, body: 'The sandbox itself failed; see its log.\n' });
      });
  });
  try {
    const { store, url, port } = await opening;
    return { url, port, close: () => closeAll(server, store) };
  } catch (error) {
    server.close();
    server.closeAllConnections();
    throw error;
  }
}

async function openStage(server: Server, host: string, options: SandboxOptions): Promise<Stage> {
  const store = await openStore({
    dataDir: options.dataDir,
    now: options.now ?? Date.now,
    log: options.log ?? (() => undefined),
    takesRepeats: options.takesRepeats ?? false,
  });
  const { port } = server.address() as AddressInfo;
  return {
    store,
    faults: new Faults(),
    limits: new Limits(store.now),
    amendments: new Amendments(),
    networks: [playTwitter(store), playFacebook(store), playYouTube(store)],
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    host,
  };
}

/** What a running sandbox consists of. */
interface Stage {
  readonly store: Store;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly amendments: Amendments;
  readonly networks: readonly PlayedNetwork[];
  readonly url: string;
  readonly port: number;
  readonly host: string;
}

async function answer(
  stage: Stage,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const address = `${stage.url}${request.url ?? '/'}`;
  if (!isAllowedCaller(request, stage.host)) {
    const body = 'Only programs and pages of this machine.\n';
    return refuseUnread(request, response, { status: 403, body });
  }
  if (!URL.canParse(address)) {
    return refuseUnread(request, response, { status: 400, body: 'That is no address.\n' });
  }
  const url = new URL(address);
  const network = stage.networks.find((candidate) => candidate.owns(url.pathname));
  let bytes: Buffer;
  try {
    bytes = await readBytes(request, bodyLimit);
  } catch (error) {
    // A client that went away while it sent needs no answer.
    if (!(error instanceof BodyTooLarge)) return void response.destroy();
    const body = `The body is longer than ${bodyLimit} bytes`;
    const refusal = network?.unreadable(413, body) ?? { status: 413, body };
    return refuseUnread(request, response, refusal);
  }
  const call: Call = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: parseBody(request.headers['content-type'], bytes),
    origin: stage.url,
  };
  const { store, faults, limits, amendments } = stage;
  if (network) {
    const delivery = await playCall(store, { faults, limits }, network, call);
    deliver(response, amendments.amendDelivery(delivery, network, call, store.now()));
  } else sendAnswer(response, await answerOwn({ store, faults, limits, amendments }, call));
}

/** Answers without the rest of the body, which runs into the void for a moment so that the answer is read. */
function refuseUnread(request: IncomingMessage, response: ServerResponse, refusal: Answer): void {
  request.resume();
  sendAnswer(response, refusal);
  if (!request.complete) setTimeout(() => request.destroy(), 2000).unref();
}

function listen(server: Server, port: number, host: string): Promise<void> {
  server.requestTimeout = receiveTimeoutMs;
  server.headersTimeout = 20_000;
  // Longer than any client keeps an idle connection: one that ends under a request looks like a lost answer.
  server.keepAliveTimeout = 120_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function closeAll(server: Server, store: Store): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  await store.close();
}

/** Without the query, which may hold a token. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}
