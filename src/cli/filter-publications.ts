import type { App } from '../app.ts';
import { suggestKnown } from '../core/nearest.ts';
import {
  PUBLICATION_STATES,
  type Publication,
  type PublicationState,
} from '../core/publication.ts';
import { networkIds } from '../networks/registry.ts';
import { type Call, CallError } from './call.ts';
import { readInstant } from './read-instant.ts';

/** The publications that the options of CHOOSING leave: all of them, if none is given. */
export async function filterPublications(
  call: Call,
  { ledger, config }: App,
): Promise<readonly Publication[]> {
  const state = readState(call.valueOf('state'));
  const account = call.valueOf('account');
  const network = call.valueOf('network');
  const entry = call.valueOf('entry');
  const before = call.valueOf('before');
  if (network !== undefined) checkNetwork(network);
  const end = before === undefined ? undefined : readInstant(before, config.timezone);
  const all = await ledger.list(state && [state]);
  const left = all.filter(
    (one) =>
      (account === undefined || one.account === account) &&
      (network === undefined || one.network === network) &&
      (entry === undefined || one.entry === entry) &&
      (end === undefined || one.due < end),
  );
  if (account !== undefined && left.length === 0) {
    checkAccount(account, [...config.accounts.keys()]);
  }
  return left;
}

function readState(text: string | undefined): PublicationState | undefined {
  if (text === undefined) return undefined;
  const state = PUBLICATION_STATES.find((known) => known === text.toLowerCase());
  if (state !== undefined) return state;
  throw new CallError(`There is no state "${text}".${suggestKnown(text, PUBLICATION_STATES)}`);
}

function checkNetwork(name: string): void {
  if (networkIds.some((id) => id === name)) return;
  throw new CallError(`There is no network "${name}".${suggestKnown(name, networkIds)}`);
}

/** @throws {CallError} if the config has no such account */
export function checkAccount(name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  throw new CallError(`The config has no account "${name}".${suggestKnown(name, known)}`);
}
