import type { Account } from '../core/account.ts';
import type { Credentials } from '../core/credentials.ts';
import type { Calendar } from '../core/say-time.ts';

/** How an account has its access. */
export interface Connection {
  readonly account: Account;
  readonly network: string;
  readonly state: 'connected' | 'environment' | 'not-connected' | 'assisted' | 'unreadable';
  readonly credentials?: Credentials;
  /** Why it cannot be read. */
  readonly obstacle?: string;
}

/** How it has its access, and until when; what to do if it has none. */
export function sayConnection(connection: Connection, calendar: Calendar): string {
  const { account, state, credentials, obstacle } = connection;
  switch (state) {
    case 'connected': {
      const since = calendar.day(credentials?.connectedAt ?? 0);
      return `as ${credentials?.whose ?? 'somebody'} since ${since}, ${sayLifeShort(credentials, calendar)}`;
    }
    case 'environment':
      return 'by tokens of the environment';
    case 'assisted':
      return 'assisted: there is nothing to connect';
    case 'unreadable':
      return obstacle ?? 'cannot be read';
    case 'not-connected':
      return account.sandbox
        ? 'not connected; the sandbox needs no access'
        : `not connected: run "carillon connect ${account.name}"`;
  }
}

function sayLifeShort(credentials: Credentials | undefined, calendar: Calendar): string {
  const end = endOfAccess(credentials);
  if (end !== undefined) return `until ${calendar.short(end)}`;
  return isRenewed(credentials) ? 'renewed by itself' : 'without end';
}

/** Until when access lasts, and what to do then. */
export function sayLife(
  { name }: Account,
  credentials: Credentials | undefined,
  calendar: Calendar,
): string {
  const end = endOfAccess(credentials);
  if (end !== undefined)
    return `The access lasts until ${calendar.long(end)}: run "carillon connect ${name}" again before.`;
  return isRenewed(credentials)
    ? 'Carillon renews the access by itself, for as long as the network lets it.'
    : 'The access does not end by itself.';
}

function isRenewed(credentials: Credentials | undefined): boolean {
  return credentials?.secrets.REFRESH_TOKEN !== undefined;
}

/** When a person has to connect again at the latest; undefined if nobody knows of an end. */
export function endOfAccess(credentials: Credentials | undefined): number | undefined {
  if (credentials?.grantEndsAt !== undefined) return credentials.grantEndsAt;
  return isRenewed(credentials) ? undefined : credentials?.expiresAt;
}
