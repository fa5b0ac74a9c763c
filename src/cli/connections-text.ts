import type { Account } from '../core/account.ts';
import type { Credentials } from '../core/credentials.ts';
import { columnWidth, twoColumns } from './layout.ts';
import { type Calendar, isoTime } from './say-time.ts';

/** How an account has its access. */
export interface Connection {
  readonly account: Account;
  readonly network: string;
  readonly state: 'connected' | 'environment' | 'not-connected' | 'assisted' | 'unreadable';
  readonly credentials?: Credentials;
  /** Why it cannot be read. */
  readonly obstacle?: string;
}

export function connectionJson({ account, state, credentials, obstacle }: Connection): object {
  const { whose, connectedAt, expiresAt, grantEndsAt, scopes } = credentials ?? {};
  const at = (instant: number | undefined) => (instant ? isoTime(instant) : null);
  return {
    account: account.name,
    network: account.network,
    sandbox: account.sandbox,
    state,
    whose: whose ?? null,
    connectedAt: at(connectedAt),
    expiresAt: at(expiresAt),
    endsAt: at(endOfAccess(credentials)),
    grantEndsAt: at(grantEndsAt),
    scopes: scopes ?? [],
    ...(obstacle !== undefined && { obstacle }),
  };
}

export function linesOfConnections(
  connections: readonly Connection[],
  calendar: Calendar,
  width: number,
): readonly string[] {
  const left = ({ account, network }: Connection) => `${account.name} (${network})`;
  const leftWidth = columnWidth(connections.map(left), width / 2);
  const indent = '    ';
  return connections.flatMap((one) =>
    twoColumns(left(one), sayConnection(one, calendar), { leftWidth, width, indent }),
  );
}

function sayConnection(connection: Connection, calendar: Calendar): string {
  const { account, state, credentials, obstacle } = connection;
  switch (state) {
    case 'connected':
      return `connected as ${credentials?.whose ?? 'somebody'} since ${calendar.short(credentials?.connectedAt ?? 0)}; ${sayLife(account, credentials, calendar)}`;
    case 'environment':
      return 'has its tokens from the environment';
    case 'assisted':
      return 'a person posts here: there is nothing to connect';
    case 'unreadable':
      return obstacle ?? 'cannot be read';
    case 'not-connected':
      return account.sandbox
        ? `not connected; the sandbox lets it post all the same`
        : `not connected: run "carillon connect ${account.name}"`;
  }
}

/** Until when access lasts, in words that end a sentence. */
export function sayLife(
  account: Account,
  credentials: Credentials | undefined,
  calendar: Calendar,
): string {
  const end = endOfAccess(credentials);
  if (end !== undefined)
    return `lasts until ${calendar.long(end)}: run "carillon connect ${account.name}" again before`;
  if (credentials?.secrets.REFRESH_TOKEN !== undefined)
    return 'Carillon renews it by itself, for as long as the network lets it';
  return 'does not end by itself';
}

/** When a person has to connect again at the latest; undefined if nobody knows of an end. */
function endOfAccess(credentials: Credentials | undefined): number | undefined {
  if (credentials?.grantEndsAt !== undefined) return credentials.grantEndsAt;
  const isRenewed = credentials?.secrets.REFRESH_TOKEN !== undefined;
  return isRenewed ? undefined : credentials?.expiresAt;
}
