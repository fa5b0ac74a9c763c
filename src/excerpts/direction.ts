import type { Article } from '../core/article.ts';

const RIGHT_TO_LEFT = new Set(
  'ar arc az-arab ckb dv fa ha-arab he khw ks ku-arab pa-arab ps sd syr ug ur yi'.split(' '),
);

const STRONG = /[\p{L}]/u;
const RTL_LETTER =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** True if a text is read from right to left: by its language, else by its first letter. */
function isRightToLeft(text: string, language: string | undefined): boolean {
  const tag = language?.toLowerCase() ?? '';
  const primary = tag.split('-')[0] ?? '';
  if (RIGHT_TO_LEFT.has(primary) || RIGHT_TO_LEFT.has(tag.split('-').slice(0, 2).join('-'))) {
    return !tag.includes('-latn');
  }
  return RTL_LETTER.test(STRONG.exec(text.slice(0, 1000))?.[0] ?? '');
}

/** True if an article is read from right to left: its source says so, or its language or first letter. */
export function readsRightToLeft({ title, text, language, direction }: Article): boolean {
  return direction === 'rtl' || isRightToLeft(title || text, language);
}

/** Of a text's first letter; undefined without letters. */
export function directionOfStart(text: string): 'ltr' | 'rtl' | undefined {
  const first = /[\p{L}\u200e\u200f\u061c]/u.exec(text)?.[0];
  if (first === undefined) return undefined;
  return RTL_LETTER.test(first) || first === '\u200f' || first === '\u061c' ? 'rtl' : 'ltr';
}

/** True if any letter is of a script that is written from right to left. */
export function hasRightToLeft(text: string): boolean {
  return RTL_LETTER.test(text);
}
