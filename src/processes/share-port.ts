import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import { announceReady } from './process.ts';

export interface SharedServer<T> {
  readonly url: string;
  /** What its `/healthz` says it is. */
  readonly kind: 'sandbox' | 'dashboard';
  /** The variable that chooses another port. */
  readonly variable: string;
  readonly log: Log;
  /** Aborts when this process is to end. */
  readonly stopped: AbortSignal;
  /** Rejects with EADDRINUSE where the port is taken. */
  start(): Promise<T>;
}

/**
 * Starts a server on its port. Where another Carillon has one there already, that one serves both, and this one
 * follows when it ends; undefined if it never had to.
 */
export async function startOrShare<T>(server: SharedServer<T>): Promise<T | undefined> {
  const { url, kind, log, stopped } = server;
  for (let isSharing = false; !stopped.aborted; isSharing = true) {
    try {
      return await server.start();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
    if (!isSharing) {
      if (!(await isOurs(url, kind))) throw new PortTakenError(url, server.variable);
      log.info({ url }, `A ${kind} already runs here: it is shared.`);
      announceReady(url);
    }
    await wait(1_000, undefined, { signal: stopped }).catch(() => undefined);
  }
  return undefined;
}

/** A port that Carillon needs belongs to another program. */
class PortTakenError extends Error {
  override readonly name = 'PortTakenError';

  constructor(url: string, variable: string) {
    super(`${url} is taken by another program. End that, or choose another port with ${variable}.`);
  }
}

async function isOurs(url: string, kind: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) });
    return ((await response.json()) as { carillon?: unknown }).carillon === kind;
  } catch {
    return false;
  }
}
