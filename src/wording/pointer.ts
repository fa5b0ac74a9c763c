// Lines that point from one article to others, each as the whole of a line.

const ALSO =
  "read (?:more|also|next)|(?:also|see|further) (?:read|also|reading)|see also|related(?: (?:article|story|stories|post|posts|articles|content|coverage|news|links?|topics?))?|recommended(?: (?:for you|stories|reading))?|more (?:on|from) (?:this|the)(?: \\p{L}+){1,3}|more stories|you (?:may|might) also (?:like|be interested in)|up next|don[’']t miss|lesen sie (?:auch|hier|dazu|mehr|weiter)(?: \\p{L}+){0,2}|lest (?:auch|hier|dazu)|auch interessant|(?:das könnte (?:sie|dich|euch) auch interessieren)|mehr (?:zum thema|zu diesem thema|dazu|zu)|zum thema|weitere (?:artikel|beiträge|informationen|themen|meldungen|links)(?: \\p{L}+){0,4}|weiterlesen|weiterführende(?:r|s)? links?|passend dazu|siehe auch|(?:à lire|lire|voir)(?: aussi| également)?|à lire (?:aussi|également)|sur le même (?:sujet|thème)|articles? (?:liés?|similaires?|connexes?)|(?:le[ae]|lee|mir[ae]|ve[ar]?|puedes|te puede)(?: (?:más|también|además|ver|leer|interesar|aquí))+|mira|te puede interesar|noticias? relacionadas?|artículos? relacionados?|leggi anche|vedi anche|potrebbe interessarti(?: anche)?|articoli correlati|(?:leia|veja) (?:também|mais)|notícias? relacionadas?|lees ook|lees meer|gerelateerd(?:e artikelen)?|(?:czytaj|zobacz|przeczytaj)(?: (?:też|także|również|więcej))|читайте также|по теме|смотрите также|ilgili haberler?|ayrıca oku(?:yun)?|بیشتر بخوانید|مطالب مرتبط|همچنین بخوانید|اقرأ (?:أيضاً|أيضا|المزيد)|関連記事|あわせて読みたい|相关(?:阅读|新闻|文章)|延伸阅读|相關新聞";

const SIGN = '[>»→▶►👉+*•\\s-]*';
const POINTER = new RegExp(`^${SIGN}(?:${ALSO})\\s*(?:[:：|>»→]|[-–—]\\s)\\s*\\S.{0,220}$`, 'iu');
const HEADING = new RegExp(
  `^${SIGN}(?:${ALSO}|(?:\\p{Nd}+ )?(?:comments?|kommentare?|commentaires?|comentarios?|commenti|comentários|reacties|komentarze|комментарии|yorumlar|نظرات|التعليقات|コメント|评论))\\s*[:：…]?(?:\\s*\\(\\p{Nd}+\\))?$`,
  'iu',
);

const LONGEST = 260;
const LONGEST_HEADING = 60;

/** True for a line that points to another article: "Read more: …". */
export function isPointer(line: string): boolean {
  return line.length <= LONGEST && POINTER.test(line);
}

/** True for a heading over a list of other articles, or over the comments. */
export function isRelatedHeading(line: string): boolean {
  return line.length <= LONGEST_HEADING && HEADING.test(line);
}
