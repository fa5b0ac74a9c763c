// What content systems put after a summary: where it first appeared, and a link to the rest.

const APPEARED: readonly string[] = [
  '(?:the (?:post|article) )[^\\n]{1,300} (?:appeared first|first appeared) on [^\\n]{1,120}',
  'der (?:beitrag|artikel) [^\\n]{1,300} erschien zuerst auf [^\\n]{1,120}',
  "l[’'](?:article|articolo) [^\\n]{1,300} (?:est apparu en premier sur|sembra essere il primo su|proviene da) [^\\n]{1,120}",
  'la entrada [^\\n]{1,300} (?:se publicó primero en|aparece primero en|apareció primero en) [^\\n]{1,120}',
  'o post [^\\n]{1,300} apareceu primeiro em [^\\n]{1,120}',
  'het bericht [^\\n]{1,300} verscheen eerst op [^\\n]{1,120}',
  'artykuł [^\\n]{1,300} pochodzi z serwisu [^\\n]{1,120}',
  '(?:сообщение|запись) [^\\n]{1,300} (?:появились сначала на|впервые появилась) [^\\n]{1,120}',
  'نوشته [^\\n]{1,300} اولین بار در [^\\n]{1,120}',
];

const MORE =
  "(?:read|learn|see|view|show) more|read (?:the )?(?:full|whole|rest of the|entire) (?:article|story|post)|continue reading|full story|more|weiter ?lesen|mehr (?:lesen|erfahren|dazu)|jetzt lesen|lire (?:la suite|plus|l[’']article)|en savoir plus|leer (?:más|mas)|seguir leyendo|continuar leyendo|ver más|leggi (?:tutto|di più|l[’']articolo)|continua a leggere|leia mais|continue lendo|saiba mais|lees (?:meer|verder)|czytaj (?:dalej|więcej)|więcej|читать (?:далее|дальше|полностью)|подробнее|devamını oku|ادامه مطلب|بیشتر بخوانید|اقرأ المزيد|المزيد|続きを読む|もっと読む|阅读(?:全文|更多)|閱讀更多|查看更多";

const ARROWS = '(?:\\s*(?:[→»›>…⟩]|&raquo;|\\.{3}|\\[…\\]))';
const APPEARED_LAST = new RegExp(`(?:^|[\\s…\\]])(?:${APPEARED.join('|')})$`, 'iu');
const MORE_LAST = new RegExp(
  `(?<=^|[\\s.!?…。！？\\]])[(\\[]?(?:${MORE})(?: [“"„«‘][^\\n]{1,200}[”"“»’])?(${ARROWS}*)[)\\]]?\\s*$`,
  'iu',
);

/** The text without its farewell; shortened if the words before a "Read more" are no whole sentence. */
export function dropFarewell(text: string): { readonly text: string; readonly isCut: boolean } {
  const tail = text.slice(-700);
  if (!/[\p{L}»→›>)\].]$/u.test(tail.trimEnd())) return { text, isCut: false };
  const head = text.slice(0, text.length - tail.length);
  const rest = tail.replace(APPEARED_LAST, '').trimEnd();
  const plain = dropMore(rest).trimEnd();
  if (plain === '' && head === '') return { text, isCut: false };
  const isCut = plain.length < rest.length && !/[.!?。！？؟]["'”’»)\]]*$/u.test(plain);
  return { text: head + plain, isCut };
}

/** "They found more" ends otherwise: a link stands alone, starts with a capital, or points on with an arrow. */
function dropMore(text: string): string {
  const [link = '', arrows = ''] = MORE_LAST.exec(text) ?? [];
  const before = text.slice(0, text.length - link.length);
  const isAlone = /(?:^|[.!?…。！？\]][\s]*|\n\s*)$/u.test(before);
  return isAlone || arrows !== '' || /^[([]?\p{Lu}/u.test(link) ? before : text;
}
