import type { App } from '../app.ts';
import type { Publication, PublicationState } from '../core/publication.ts';
import { type Call, CallError } from './call.ts';
import { findPublication } from './find-publication.ts';
import { CHOOSING } from './options.ts';
import { readInstant } from './read-instant.ts';
import { checkAccount, readState } from './status.ts';

/** What somebody wants to do something to. */
export interface Chosen {
  readonly publications: readonly Publication[];
  /** True if one was named, and no other was meant: then nothing has to be shown and asked before. */
  readonly isOne: boolean;
}

/**
 * The publications that a call names, or those that its options choose; of these only the ones that `fits`, unless a
 * state is asked for. @throws {CallError} if it says neither, or both, or a name that is none
 */
export async function choosePublications(
  call: Call,
  names: readonly string[],
  app: App,
  fits: (publication: Publication) => boolean,
): Promise<Chosen> {
  const given = CHOOSING.filter((option) => call.has(option));
  if (names.length > 0 && given.length > 0) {
    throw new CallError(
      `Name publications, or choose them with --${given[0]}: both at once is not clear.`,
    );
  }
  if (names.length > 0) {
    const found: Publication[] = [];
    for (const name of new Set(names)) found.push(await findPublication(app, name));
    return { publications: found, isOne: found.length === 1 };
  }
  if (given.length === 0) {
    const options = CHOOSING.map((option) => `--${option}`).join(', ');
    throw new CallError(
      `"carillon ${call.command}" wants to know which publications: name them, or choose them with ${options}.`,
    );
  }
  return { publications: await filter(call, app, fits), isOne: false };
}

async function filter(
  call: Call,
  { ledger, config }: App,
  fits: (publication: Publication) => boolean,
): Promise<readonly Publication[]> {
  const state: PublicationState | undefined = readState(call.valueOf('state'));
  const all = await ledger.list(state && [state]);
  const [account, network, entry] = [
    call.valueOf('account'),
    call.valueOf('network'),
    call.valueOf('entry'),
  ];
  const before = call.valueOf('before');
  const end = before === undefined ? undefined : readInstant(before, config.timezone);
  const chosen = all.filter(
    (one) =>
      (account === undefined || one.account === account) &&
      (network === undefined || one.network === network) &&
      (entry === undefined || one.entry === entry) &&
      (end === undefined || one.due < end) &&
      (state !== undefined || fits(one)),
  );
  if (account !== undefined && chosen.length === 0) {
    checkAccount(account, [...config.accounts.keys()]);
  }
  return chosen;
}
