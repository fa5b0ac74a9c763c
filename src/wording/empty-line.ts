import { isPlug } from './plug.ts';
import { isPointer } from './pointer.ts';
import { tellsOnlyWhen } from './when.ts';

// Lines that stand around an article and say nothing of it, each as the whole of a line.

const ADVERTS =
  'advertisement|advertising|sponsored(?: content| post)?|paid content|anzeige|werbung|publicité|publicidad|pubblicità|annuncio|advertentie|reklama|reklame|annons|annonce|реклама|reklam|広告|広告です|广告|廣告|آگهی|إعلان|(?:story|article) continues below(?: (?:this )?advertisement)?|continue reading(?: the main story| below)?';

const DOORS =
  'skip (?:to (?:main )?content|advertisement|ad|navigation)|zum (?:haupt)?inhalt(?: springen)?|aller au contenu(?: principal)?|(?:saltar|ir) al contenido(?: principal)?|vai al contenuto|pular para o conteúdo|naar de inhoud|menu|navigation|search|suche|loading|wird geladen|chargement|cargando|please enable javascript.{0,60}|your browser does not support.{0,80}';

const CONTENTS =
  'table of contents|contents|in this article|inhalt|inhaltsverzeichnis|in diesem artikel|sommaire|table des matières|índice|tabla de contenidos|indice|sumário|inhoudsopgave|spis treści|содержание|оглавление|içindekiler|目次|目录|目錄|فهرست(?: مطالب)?|المحتويات';

const SHARE_WORD =
  '(?:share|tweet|pin|save|print|e-?mail|mail|copy link|comments?|\\p{Nd}+ (?:comments?|shares?|kommentare?)|teilen|drucken|merken|kommentare?|kommentieren|partager|imprimer|commenter|compartir|imprimir|comentar|condividi|stampa|compartilhar|delen|udostępnij|поделиться|paylaş|シェア(?:する)?|ツイート|分享|共有|اشتراک‌?\\s?گذاری|شارك|مشاركة)';
const NETWORK =
  '(?:facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|telegram|xing|threads|bluesky|mastodon|e-?mail)';
const SHARE_OBJECT = `(?: (?:this|the|diesen?|cette?|este|esta|questo|dit)(?: [\\p{L}-]+){0,2}| (?:on|via|by|auf|per|sur|en|em|su|op) ${NETWORK})?`;
const SHARES = `${SHARE_WORD}${SHARE_OBJECT}(?:[\\s|·•,/]+(?:${SHARE_WORD}|${NETWORK}))*`;

const MINUTES =
  'min(?:s|ute|utes|uten|utos|uti|ut)?\\.?|мин(?:ут[аы]?)?\\.?|分钟|分鐘|分|دقیقه|دقائق|dk\\.?|dakika';
const READING =
  'read(?:ing)?(?: time)?|lesezeit|lesedauer|de lecture|de lectura|di lettura|de leitura|leestijd|czytania|чтения|okuma|مطالعه|قراءة';
const READING_LABEL =
  'reading time|read time|estimated reading time|time to read|lesezeit|lesedauer|temps de lecture|durée de lecture|tiempo de lectura|tempo di lettura|tempo de leitura|leestijd|czas czytania|время чтения|okuma süresi|زمان مطالعه|阅读时间|読了時間';
const READING_TIME = `(?:ca\\.? |~|about )?\\p{Nd}{1,3}[\\s-]*(?:${MINUTES})(?:\\s*(?:${READING}))?|(?:${READING_LABEL})\\s*[:：]?\\s*(?:ca\\.? |about |etwa |env\\. )?\\p{Nd}{1,3}.{0,14}`;

const LISTEN =
  "(?:listen|listen to (?:this|the) (?:article|story|post|episode|interview)|audio|play audio|(?:diesen |den )?(?:artikel|beitrag|text) (?:an|vor)(?:hören|lesen)(?: lassen)?|vorlesen|anhören|écouter(?: (?:l[’']|cet )article)?|escuchar(?: (?:el|este) artículo)?|ascolta(?: (?:l[’']|questo )articolo)?|ouvir(?: (?:o|este) artigo)?|(?:be)?luister(?: (?:naar )?(?:het|dit) artikel)?|posłuchaj(?: artykułu)?|прослушать(?: статью)?|به این مطلب گوش دهید|استمع(?: إلى)?(?: هذا)?(?: المقال)?|記事を聴く|收听)(?:[\\s·|-]*\\p{Nd}{1,3}(?::\\p{Nd}{2}| ?min\\p{L}*))?";

const CREDIT_LABEL =
  '(?:photo|photos|photography|photograph|image|images|picture|pic|video|file photo|cover (?:photo|image)|photo credit|image credit|image source|credits?|courtesy|source|bild|bilder|foto|fotos|fotografie|bildquelle|bildnachweis|fotoquelle|titelbild|symbolbild|archivbild|symbolfoto|quelle|crédits?|crédits? photos?|photographie|fotografía|imagen|fotografia|immagine|imagem|zdjęcie|źródło|fot\\.|фото|источник|fotoğraf|görsel|写真|画像|图片|圖片|图源|图|عکس|تصویر|صورة|المصدر)';
const CREDITS = `[(\\[]?${CREDIT_LABEL}\\s*(?:[:：©/|]|by |von |via |courtesy )\\s*.{1,110}|[(\\[]?(?:©|\\(c\\)|copyright\\b).{1,90}|[^.!?]{0,90}\\b(?:getty images|shutterstock|unsplash|pixabay|adobe ?stock|istock(?:photo)?|imago(?: images)?|picture[ -]alliance|depositphotos|ap photo|wikimedia commons)\\b[^.!?]{0,30}`;

const BREADCRUMBS =
  '(?:home|homepage|startseite|start|accueil|inicio|início|strona główna|главная|ana sayfa|首页|ホーム|خانه|الرئيسية)(?:\\s*[»>›→/|]\\s*.{1,40}){1,6}';

const EMPTY = new RegExp(
  `^(?:${[ADVERTS, DOORS, CONTENTS, SHARES, READING_TIME, LISTEN, CREDITS, BREADCRUMBS].join('|')})[\\s.:…)\\]|·•]*$`,
  'iu',
);

const NAME =
  "\\p{Lu}[\\p{L}\\p{M}'’.-]*(?:[ ,&/]+(?:\\p{Lu}[\\p{L}\\p{M}'’.-]*|de|von|van|der|den|del|da|di|la|le|bin|al|and|und|et|y|e|en)){0,8}";
const BY =
  '(?:(?:[Pp]osted|[Ww]ritten|[Pp]ublished|[Ss]tory|[Ww]ords|[Tt]ext|[Rr]eported|[Ee]ingestellt|[Vv]erfasst|[Gg]eschrieben|[Pp]ublié|[Ee]scrito|[Ss]critto|[Gg]eschreven) )?(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor|[Aa]f|[Aa]v)|(?:[Aa]utor(?:in|a)?|[Aa]uthors?|[Aa]utore|[Aa]uteur|[Аа]втор|نویسنده|الكاتب|بقلم|文|作者|記者|著者)\\s?[:：]';
const BYLINE = new RegExp(
  `^(?:${BY})\\s?(?:${NAME}|[\\p{Script=Arabic}\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana} \u200c]{2,40})(?:\\s*[,|·•/(–—-].{0,60}|\\s\\p{Nd}.{0,30})?$`,
  'u',
);

const LONGEST_LINE = 140;
const LONGEST_BYLINE = 100;

/** True for a line that says nothing of its article: an advert's mark, a credit, a byline, a date, a button. */
export function isEmptyLine(line: string): boolean {
  if (isPlug(line) || isPointer(line)) return true;
  return line.length <= LONGEST_LINE && (isByline(line) || EMPTY.test(line) || tellsOnlyWhen(line));
}

/** True for "By Jane Doe" and its like, as the whole of a line. */
export function isByline(line: string): boolean {
  return line.length <= LONGEST_BYLINE && BYLINE.test(line);
}
