import type { Token, Tokens } from 'marked';
import { cleanLine } from './clean-text.ts';
import { decodeEntities } from './entities.ts';

/** An image as the text of an article shows it. */
export interface BodyImage {
  /** The name of its file, or its address. */
  readonly file: string;
  readonly alt: string;
  /** As it is written. */
  readonly raw: string;
}

/**
 * The first image of a text that has words for people who cannot see it. Paths from the root of a site name no file
 * of this machine, so they are passed over.
 */
export function findBodyImage(tokens: readonly Token[]): BodyImage | undefined {
  for (const token of tokens) {
    const found = token.type === 'image' ? readImage(token as Tokens.Image) : undefined;
    const inside = found ?? findBodyImage(childrenOf(token));
    if (inside) return inside;
  }
  return undefined;
}

function childrenOf(token: Token): readonly Token[] {
  if (token.type === 'list') return (token as Tokens.List).items;
  return 'tokens' in token && token.tokens ? token.tokens : [];
}

function readImage({ href, text, raw }: Tokens.Image): BodyImage | undefined {
  const alt = cleanLine(decodeEntities(text)).slice(0, 1000);
  const isAddress = /^https?:\/\//i.test(href);
  const isBeside = !/^(?:[a-z][a-z\d+.-]*:|[/\\#?])/i.test(href);
  if (alt === '' || !(isAddress || isBeside)) return undefined;
  return { file: isAddress ? href : decodeLoosely(href), alt, raw };
}

function decodeLoosely(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
