import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../core/account.ts';
import type { PublishingSettings } from '../core/config.ts';
import type { Session } from '../networks/network.ts';

/** What of the settings a session is opened with. */
export type SessionSettings = Pick<PublishingSettings, 'requestTimeoutMs' | 'facebook'>;

type OpenSession = (account: Account, settings: SessionSettings) => Promise<Session>;

interface Kept {
  /** The account and the settings that it was opened with. */
  readonly of: unknown;
  readonly session: Promise<Session>;
}

/**
 * Keeps one session with each account open, for as long as neither its settings nor its secrets change. One that
 * could not be opened is opened anew the next time.
 */
export function keepSessions(open: OpenSession): OpenSession {
  const sessions = new Map<string, Kept>();
  return (account, { requestTimeoutMs, facebook }) => {
    const of = { account, requestTimeoutMs, facebook };
    const known = sessions.get(account.name);
    if (known !== undefined && isDeepStrictEqual(known.of, of)) return known.session;
    const kept = { of, session: open(account, { requestTimeoutMs, facebook }) };
    sessions.set(account.name, kept);
    kept.session.catch(() => {
      if (sessions.get(account.name) === kept) sessions.delete(account.name);
    });
    return kept.session;
  };
}
