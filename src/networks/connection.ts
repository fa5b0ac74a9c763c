import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';

export interface ConnectionOptions {
  /** Stops the request, whatever it is doing. */
  readonly signal: AbortSignal;
  /** Total time from the first look-up to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Asked once, right before the socket is given to the request. False: nothing is sent. */
  readonly isFresh?: () => boolean;
}

/** Why a connection was given up from our side. */
export type GivenUp = 'stale' | 'timeout' | 'aborted';

/**
 * A connection of its own for one request, over which it is known whether the request may have left.
 *
 * The socket is given to the request only once it is connected (TLS: once the handshake is done). What
 * fails before that was provably not sent. A second request over it is refused: no SDK can retry or
 * follow a redirect behind our back.
 */
export class Connection implements Disposable {
  /** To be given to the request: aborts at the deadline and with the caller's own signal. */
  readonly signal: AbortSignal;
  #isHandedOver = false;
  #givenUp: GivenUp | undefined;
  #isUsed = false;
  readonly #isFresh: () => boolean;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #outer: AbortSignal;
  readonly #stop = () => this.#giveUp('aborted');

  constructor(options: ConnectionOptions) {
    this.signal = this.#controller.signal;
    this.#isFresh = options.isFresh ?? (() => true);
    this.#outer = options.signal;
    this.#timer = setTimeout(() => this.#giveUp('timeout'), options.timeoutMs);
    if (options.signal.aborted) this.#giveUp('aborted');
    else options.signal.addEventListener('abort', this.#stop, { once: true });
  }

  /** True once the request has the socket: from then on, bytes of it may have left. */
  get isHandedOver(): boolean {
    return this.#isHandedOver;
  }

  get givenUp(): GivenUp | undefined {
    return this.#givenUp;
  }

  agentFor(protocol: string): http.Agent {
    const isSecure = protocol === 'https:';
    const agent = new (isSecure ? https : http).Agent({ keepAlive: false });
    agent.createConnection = (options, callback) => {
      this.#dial(options, isSecure, callback as Callback);
      return undefined;
    };
    return agent;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener('abort', this.#stop);
  }

  #giveUp(why: GivenUp): void {
    this.#givenUp ??= why;
    this.#controller.abort();
  }

  #dial(target: Target, isSecure: boolean, callback: Callback): void {
    const obstacle = this.#isUsed ? 'ERR_SECOND_REQUEST' : this.signal.aborted && 'ABORT_ERR';
    this.#isUsed = true;
    if (obstacle) {
      callback(failure(obstacle));
      return;
    }

    const socket = isSecure ? dialTls(target) : net.connect(addressOf(target));
    socket.setNoDelay(true);
    // The request listens too, but only a tick after it was given the socket.
    socket.on('error', () => {});

    let isSettled = false;
    const settle = (error: Error | undefined) => {
      if (isSettled) return;
      isSettled = true;
      this.signal.removeEventListener('abort', onAbort);
      if (error) socket.destroy();
      else this.#isHandedOver = true;
      callback(error ?? null, socket);
    };
    const onAbort = () => settle(failure('ABORT_ERR'));
    socket.once('error', settle);
    socket.once('close', () => isSettled || settle(failure('ECONNRESET')));
    socket.once(isSecure ? 'secureConnect' : 'connect', () => settle(this.#checkFresh()));
    this.signal.addEventListener('abort', onAbort, { once: true });
  }

  #checkFresh(): Error | undefined {
    if (this.#isFresh()) return undefined;
    this.#givenUp ??= 'stale';
    return failure('STALE');
  }
}

interface Target {
  readonly host?: string | null | undefined;
  readonly port?: string | number | null | undefined;
}

type Callback = (error: Error | null, socket?: net.Socket) => void;

function addressOf(target: Target): net.TcpNetConnectOpts {
  return { host: unbracket(target.host ?? 'localhost'), port: Number(target.port) };
}

function dialTls(target: Target): tls.TLSSocket {
  const address = addressOf(target);
  const host = address.host ?? '';
  // An address is no server name: TLS has none then.
  const servername = net.isIP(host) ? '' : host;
  return tls.connect({ ...address, servername, ALPNProtocols: ['http/1.1'] });
}

/** `[::1]` as in an address of the web, `::1` as sockets want it. */
function unbracket(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host;
}

function failure(code: string): Error {
  return Object.assign(new Error('The request was not sent.'), { code });
}
