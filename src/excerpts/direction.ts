const RIGHT_TO_LEFT = new Set(
  'ar arc az-arab ckb dv fa ha-arab he khw ks ku-arab pa-arab ps sd syr ug ur yi'.split(' '),
);

const STRONG = /[\p{L}]/u;
const RTL_LETTER =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** True if a text is read from right to left: by its language, else by its first letter. */
export function isRightToLeft(text: string, language: string | undefined): boolean {
  const tag = language?.toLowerCase() ?? '';
  const primary = tag.split('-')[0] ?? '';
  if (RIGHT_TO_LEFT.has(primary) || RIGHT_TO_LEFT.has(tag.split('-').slice(0, 2).join('-'))) {
    return !tag.includes('-latn');
  }
  return RTL_LETTER.test(STRONG.exec(text.slice(0, 1000))?.[0] ?? '');
}
