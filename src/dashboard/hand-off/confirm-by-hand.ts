import type { Publication } from '../../core/publication.ts';
import { confirm } from '../../deeds/confirm.ts';
import type { Words } from '../words/words.ts';
import type { HandOffParts } from './parts.ts';
import { readPostAddress } from './post-address.ts';

/** Undefined once the publication counts as published there, whoever said so; else why not, and what to do. */
export async function confirmByHand(
  publication: Publication,
  given: string,
  by: string,
  { parts: { ledger }, words }: { readonly parts: HandOffParts; readonly words: Words },
): Promise<string | undefined> {
  const read = readPostAddress(publication.network, given, words);
  if ('problem' in read) return read.problem;
  const done = await confirm(publication, read, by, { ledger });
  if (done.isDone) return undefined;

  const current = await ledger.get(publication.publication);
  if (current?.state !== 'published') return done.says;
  const { receipt } = current;
  // Sent twice, or said by two people.
  if (receipt?.remoteId === read.remoteId) return undefined;
  return words.handOff.liveElsewhere(receipt?.url ?? '');
}
