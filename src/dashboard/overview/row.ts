import { splitGraphemes } from 'unicode-segmenter/grapheme';
import { type Post, partsOf } from '../../core/post.ts';
import type { Publication, PublicationState } from '../../core/publication.ts';
import { isWebAddress } from '../../core/web-address.ts';
import { type Need, needOf } from './need.ts';
import { searchable } from './searchable.ts';

/** What lists show of one publication. */
export interface Row {
  readonly publication: string;
  readonly entry: string;
  readonly account: string;
  readonly network: string;
  readonly state: PublicationState;
  /** Milliseconds since 1970, as every time here. */
  readonly due: number;
  readonly publishBy: number;
  /** When something happens next. */
  readonly nextAt: number | undefined;
  readonly publishedAt: number | undefined;
  readonly url: string | undefined;
  readonly error: Publication['error'];
  /** What a person has to do about it, if anything. */
  readonly need: Need | undefined;
  /** The beginning of its text. */
  readonly beginning: string;
  /** Its name and the beginning of its text, as they are searched: see searchable. */
  readonly searched: string;
}

const BEGINNING_LENGTH = 160;

export function rowOf(publication: Publication, post: Post | undefined): Row {
  const { receipt } = publication;
  const beginning = post === undefined ? '' : beginningOf(post);
  return {
    publication: publication.publication,
    entry: publication.entry,
    account: publication.account,
    network: publication.network,
    state: publication.state,
    due: publication.due,
    publishBy: publication.publishBy,
    nextAt: publication.nextAt,
    publishedAt: publication.publishedAt,
    url: receipt && isWebAddress(receipt.url) ? receipt.url : undefined,
    error: publication.error,
    need: needOf(publication),
    beginning,
    searched: searchable(`${publication.publication} ${beginning}`),
  };
}

/** Cut between two words where it is long, or between two graphemes where there are no spaces. */
function beginningOf(post: Post): string {
  const [first = ''] = partsOf(post);
  // Much more than is kept need not be looked at.
  const line = first
    .slice(0, 4 * BEGINNING_LENGTH)
    .replace(/\s+/gu, ' ')
    .trim();
  if (line.length <= BEGINNING_LENGTH) return line;
  let beginning = '';
  for (const grapheme of splitGraphemes(line)) {
    if (beginning.length + grapheme.length > BEGINNING_LENGTH) break;
    beginning += grapheme;
  }
  const space = beginning.lastIndexOf(' ');
  return `${(space > BEGINNING_LENGTH / 2 ? beginning.slice(0, space) : beginning).trimEnd()}…`;
}
