import type { App } from '../app.ts';
import type { Publication } from '../core/publication.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { findPublication } from './find-publication.ts';

/**
 * The publications that somebody means with names: an entry stands for all of its publications that fit, and what was
 * corrected for what has taken its place. @throws {CallError} if a name is none
 */
export async function expandNames(
  names: readonly string[],
  app: App,
  fits: (publication: Publication) => boolean,
): Promise<readonly Publication[]> {
  const found = new Map<string, Publication>();
  const all = await app.ledger.list();
  for (const name of names) {
    const ofEntry = all.filter(({ entry }) => entry === name);
    const fitting = ofEntry.filter(fits);
    const meant =
      ofEntry.length > 0 && !name.includes('/')
        ? fitting
        : [await followCorrections(await findPublication(app, name), app.ledger)];
    for (const one of meant) found.set(one.publication, one);
  }
  return [...found.values()];
}

async function followCorrections(publication: Publication, ledger: Ledger): Promise<Publication> {
  const { state, correctedAs } = publication;
  if (state !== 'retracted' || correctedAs === undefined) return publication;
  const next = await ledger.get(correctedAs);
  return next === undefined ? publication : followCorrections(next, ledger);
}
