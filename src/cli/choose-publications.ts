import type { App } from '../app.ts';
import type { Publication } from '../core/publication.ts';
import { type Call, CallError } from './call.ts';
import { filterPublications } from './filter-publications.ts';
import { findPublication } from './find-publication.ts';
import { CHOOSING } from './options.ts';

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
  const chosen = await filterPublications(call, app);
  return { publications: call.has('state') ? chosen : chosen.filter(fits), isOne: false };
}
