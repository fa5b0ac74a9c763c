import { createHash } from 'node:crypto';
import { canonicalLink, linksIn } from '../core/same-text.ts';

/** Fewer letters say too little by themselves: what the link leads to then counts too. */
const SHORT = 20;

const LINK = /https?:\/\/\S+/giu;
const NAME = /[@＠#＃][\p{L}\p{M}\p{N}_]+/gu;
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/gu;
const LETTERS = /[\p{L}\p{M}\p{N}]+/gu;

/**
 * What a text says, letter after letter: without case, spaces, punctuation, emoji, links, hashtags and mentions.
 * Of a text that says next to nothing, its links and signs count as well, analytics parameters aside.
 */
export function saidLetters(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  const bare = plain.replace(LINK, ' ').replace(NAME, ' ').replace(INVISIBLE, '');
  const letters = (bare.match(LETTERS) ?? []).join('');
  if (letters.length >= SHORT) return letters;
  const links = linksIn(text).map(withoutAnalytics);
  if (links.length === 0) return plain.replace(/\s+/gu, '');
  // As long as the letters: where either differs, too little is left for them to be alike.
  const where = createHash('sha256').update(links.join(' ')).digest('hex');
  return letters + where.slice(0, Math.max(8, letters.length));
}

function withoutAnalytics(link: string): string {
  if (!URL.canParse(link)) return canonicalLink(link);
  const url = new URL(link);
  for (const name of [...url.searchParams.keys()]) {
    if (name.toLowerCase().startsWith('utm_')) url.searchParams.delete(name);
  }
  return canonicalLink(url.href);
}
