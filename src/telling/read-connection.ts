import type { Account } from '../core/account.ts';
import type { CredentialStore, Credentials } from '../core/credentials.ts';
import { findNetwork } from '../networks/registry.ts';
import type { Connection } from './connection.ts';

/** Reads how an account has its access. */
export async function readConnection(
  account: Account,
  store: CredentialStore,
): Promise<Pick<Connection, 'state' | 'credentials' | 'obstacle'>> {
  if (findNetwork(account.network)?.isAssisted(account.settings)) return { state: 'assisted' };
  let credentials: Credentials | undefined;
  try {
    credentials = await store.of(account).read();
  } catch (error) {
    return { state: 'unreadable', obstacle: error instanceof Error ? error.message : '' };
  }
  if (credentials === undefined) return { state: 'not-connected' };
  return { state: credentials.connectedAt === 0 ? 'environment' : 'connected', credentials };
}
