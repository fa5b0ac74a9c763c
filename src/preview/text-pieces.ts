/** A stretch of a post's text, as its network colours it. */
export interface Piece {
  readonly kind: 'words' | 'link' | 'hashtag' | 'mention';
  readonly text: string;
  /** Where a link leads. */
  readonly url?: string;
}

interface Found {
  readonly kind: Exclude<Piece['kind'], 'words'>;
  readonly start: number;
  readonly end: number;
  readonly url?: string;
}

const address = /https?:\/\/[^\s<>"«»“”„、。「」]+/giu;
const afterAddress = /[.,;:!?'’)\]}…،؛؟。，、！？）]+$/u;
const hashtag = /(?<![\p{L}\p{M}\p{N}_&/])[#＃][\p{L}\p{M}\p{N}_\u200c]{1,200}/gu;
const mention = /(?<![\p{L}\p{N}_@/.])[@＠][\p{L}\p{N}_][\p{L}\p{N}_.-]{1,50}/gu;

/** Splits a text where links, hashtags and mentions stand. Together the pieces are the text. */
export function findPieces(text: string): readonly Piece[] {
  const links = [...text.matchAll(address)].map(({ 0: found, index }): Found => {
    const url = trimAddress(found);
    return { kind: 'link', start: index, end: index + url.length, url };
  });
  const marks = (['hashtag', 'mention'] as const).flatMap((kind) =>
    [...text.matchAll(kind === 'hashtag' ? hashtag : mention)]
      .filter(([found]) => kind === 'mention' || /[^\p{N}_#＃]/u.test(found))
      .map(({ 0: found, index }): Found => ({ kind, start: index, end: index + found.length })),
  );
  return cutAt(text, [...links, ...marks]);
}

/** Cuts a text at what was found in it; of two that overlap, the first one counts. */
function cutAt(text: string, found: readonly Found[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let position = 0;
  for (const { kind, start, end, url } of found.toSorted((a, b) => a.start - b.start)) {
    if (start < position) continue;
    if (start > position) pieces.push({ kind: 'words', text: text.slice(position, start) });
    pieces.push({ kind, text: text.slice(start, end), ...(url !== undefined && { url }) });
    position = end;
  }
  if (position < text.length) pieces.push({ kind: 'words', text: text.slice(position) });
  return pieces;
}

/** A full stop after an address ends the sentence; a bracket ends it unless the address opened it. */
function trimAddress(found: string): string {
  const trimmed = found.replace(afterAddress, '');
  const opensBracket = trimmed.lastIndexOf('(') > trimmed.lastIndexOf(')');
  return opensBracket && found.startsWith(`${trimmed})`) ? `${trimmed})` : trimmed;
}

const shownOfAddress = 32;

/** An address as the networks show it: without its scheme, and not too long. */
export function shortenAddress(url: string): string {
  const plain = decodeLoosely(url)
    .replace(/^https?:\/\/(?:www\.)?/i, '')
    .replace(/\/$/, '');
  const letters = [...plain];
  return letters.length <= shownOfAddress ? plain : `${letters.slice(0, shownOfAddress).join('')}…`;
}

function decodeLoosely(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
