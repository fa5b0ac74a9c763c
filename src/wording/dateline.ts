import { isMonthName } from './months.ts';

const AGENCY =
  'Reuters|AP|AFP|AFPBB|dpa(?:[-/][\\p{L}-]+)*|DPA|dts|epd|KNA|SID|sid|APA|sda|SDA|Keystone-SDA|EFE|ANSA|Adnkronos|AGI|LUSA|Lusa|Belga|ANP|PAP|ČTK|MTI|NTB|TT|Ritzau|UPI|PTI|ANI|IANS|CNN|BBC|NPR|Xinhua|Kyodo|Jiji|JIJI|Yonhap|TASS|Interfax|Bloomberg|Europa Press|ots|AA|IHA|DHA|Рейтер|ТАСС|РИА Новости';
const DASH = '(?:\\s*(?:[-–—]{1,2}|\\.\\s?[-–—])\\s+|\\s*[–—]\\s*)';

const PLACE = "\\p{Lu}[\\p{L}\\p{M}.'’-]+(?:[ /]\\p{Lu}[\\p{L}\\p{M}.'’-]*){0,3}";
const CAPITALS = "\\p{Lu}{3}[\\p{Lu}\\s.'’/-]{0,40}";

const FORMS: readonly RegExp[] = [
  // "(Agency) – ", "Place (agency) – "
  new RegExp(`^(?:${PLACE},?\\s*)?\\((?:${AGENCY})\\)${DASH}`, 'u'),
  new RegExp(`^\\((?:${AGENCY})\\)\\s+(?=\\p{Lu})`, 'u'),
  // "12.05.2026, 14.05 Uhr: "
  /^\p{Nd}{1,2}\.\s?\p{Nd}{1,2}\.\s?\p{Nd}{4}(?:,?\s+\p{Nd}{1,2}[.:]\p{Nd}{2}(?:\s*Uhr)?)?\s*(?::|[-–—|])\s+/u,
  // "[東京 12日 ロイター] － ", "【北京＝共同】"
  /^[[［【（(][^\]］】）)]{0,24}(?:ロイター|共同|時事|新华社|新華社|AFP)[^\]］】）)]{0,12}[\]］】）)]\s*[-－–—]?\s*/u,
  /^[（(]?(?:新华社|中新社|中新网|新華社|中央社)[\p{L}、]{0,12}\d{1,2}月\d{1,2}日[电電]?[）)]?[\s　]*/u,
  // The Arabic and the Persian ways: "place (agency) - ", "place - agency - "
  /^[\p{Script=Arabic}\u200c ]{2,30}\((?:رويترز|أ ?ف ?ب|د ?ب ?أ|وكالات|واس|الأناضول)\)\s*[-–—]\s*/u,
  /^[\p{Script=Arabic}\u200c ]{2,20}\s*[-–—]\s*(?:ایرنا|ایسنا|مهر|فارس|تسنیم)\s*[-–—]\s*/u,
  // "CITY (KABC) – ", "CITY, Region – ", in capitals
  new RegExp(`^${CAPITALS}(?:,\\s*${PLACE})?\\s*\\(\\p{Lu}[\\p{Lu}\\d/ -]{1,14}\\)${DASH}`, 'u'),
  new RegExp(`^${CAPITALS},\\s*${PLACE}${DASH}`, 'u'),
  // "МОСКВА, 12 мая. /ТАСС/. "
  /^\p{Lu}\p{L}+[.,] \d{1,2} (?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)\p{L}*[.,]?\s*(?:[-–—]\s*РИА Новости\.|\/ТАСС\/\.|INTERFAX(?:\.RU)?\s*[-–—])\s*/u,
];

// "Place, 12 May 2026 (agency) – ", "PLACE, May 12, 2026 /Wire/ -- ", "Place, le 12 mai – "
const DATED = new RegExp(
  `^${PLACE}(?:,\\s*${PLACE})?,\\s+(?:le\\s|den\\s|el\\s)?(?:\\p{Nd}{1,2}\\.?\\s(?:de\\s)?(\\p{L}{3,12})\\.?|(\\p{L}{3,12})\\.?\\s\\p{Nd}{1,2})(?:,?\\s(?:de\\s)?\\p{Nd}{4})?(?:\\s*(?:\\([^()]{2,30}\\)|/[^/]{2,30}/))?${DASH}`,
  'u',
);

// A dateline has brackets, or ends with a dash, a bar or the sign of an agency.
const SIGN = /[-–—|:(（[［【/电電]/u;

const LONGEST = 120;

/** Where the dateline ends that a text starts with, as "BERLIN, 12 May (Reuters) – "; 0 if it starts with none. */
export function findDatelineEnd(text: string): number {
  const start = text.slice(0, LONGEST);
  if (!SIGN.test(start)) return 0;
  for (const form of FORMS) {
    const found = form.exec(start)?.[0];
    if (found !== undefined) return found.length;
  }
  const [found = '', before, after] = DATED.exec(start) ?? [];
  return found !== '' && isMonthName(before ?? after ?? '') ? found.length : 0;
}
