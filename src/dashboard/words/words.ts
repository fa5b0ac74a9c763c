import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { english } from './english.ts';
import { persian } from './persian.ts';

/** Every text of the dashboard's own, in one language. What the ledger and the networks say stays as it was said. */
export type Words = typeof english;

/** By BCP 47 tag; the first is for whoever asks for none of them. */
const LANGUAGES: readonly Words[] = [english, persian];

export const languages = LANGUAGES.map(({ language, languageName }) => ({
  language,
  languageName,
}));

/** The cookie in which a visitor's choice of language is kept. */
export const LANGUAGE_COOKIE = 'carillon-language';

/** The words for whoever asks. */
export function wordsOf(context: Context): Words {
  return wordsFor(getCookie(context, LANGUAGE_COOKIE), context.req.header('accept-language'));
}

/**
 * The words for a visitor.
 *
 * @param chosen the language that the visitor has chosen here, if any
 * @param accepted the header `Accept-Language` of the visitor's browser
 */
function wordsFor(chosen: string | undefined, accepted: string | undefined): Words {
  const wanted = [...(chosen === undefined ? [] : [chosen]), ...readAccepted(accepted)];
  for (const tag of wanted) {
    const found = LANGUAGES.find(({ language }) => language === tag);
    if (found !== undefined) return found;
  }
  return english;
}

/** Primary languages, the most wanted first. */
function readAccepted(header = ''): readonly string[] {
  return header
    .slice(0, 1_000)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { language: (tag.split('-')[0] ?? '').toLowerCase(), q: Number(quality ?? 1) };
    })
    .filter(({ language, q }) => language !== '' && q > 0)
    .toSorted((a, b) => b.q - a.q)
    .map(({ language }) => language);
}
