import { createHash } from 'node:crypto';
import type { Account } from '../core/account.ts';
import type { AccountFacts } from '../networks/account-facts.ts';
import type { Session } from '../networks/network.ts';
import type { AccountRefusal } from './account.ts';

/** Opens a session, with time to load what the network needs, and lets it examine the account until the time is over. */
export async function lookAtAccount(
  open: () => Promise<Session>,
  timeoutMs: number,
): Promise<AccountFacts | { readonly refusal: AccountRefusal }> {
  try {
    const session = await open();
    return await withinTime(timeoutMs, (signal) => session.examine(signal));
  } catch (error) {
    return { refusal: refusalOf(error) };
  }
}

/** Whatever the session does with the signal, this comes back. */
async function withinTime<T>(ms: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = setTimeout(() => controller.abort(), ms);
  let giveUp: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    // A session that heeds the signal says more than this.
    giveUp = setTimeout(() => reject(new Error('It did not answer in time.')), ms + 1_000);
  });
  try {
    return await Promise.race([run(controller.signal), over]);
  } finally {
    clearTimeout(abort);
    clearTimeout(giveUp);
  }
}

function refusalOf(error: unknown): AccountRefusal {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { code, advice } = error as { code?: unknown; advice?: unknown };
  const { name, message } = error;
  return {
    ...{ name, message },
    ...(code !== undefined && { code: String(code) }),
    ...(typeof advice === 'string' && { advice }),
  };
}

/** Names what a look is of, so that a changed account is looked at again. Nothing secret goes into it. */
export function markOf({ network, apiUrl, sandbox, settings }: Account, version: number): string {
  const text = JSON.stringify([network, apiUrl, sandbox, settings, version]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
