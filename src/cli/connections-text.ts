import { type Calendar, isoTime } from '../core/say-time.ts';
import { type Connection, endOfAccess, sayConnection } from '../telling/connection.ts';
import { columnWidth, twoColumns } from './layout.ts';

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
