import { isElement, type PageDocument, type PageElement, readText } from './html-document.ts';
import { parseJsonLd } from './json-ld.ts';
import { looksLikeByline } from './page-author.ts';
import { imageAddress } from './page-body.ts';

/** What a page says of itself, before anything is decided: plain data, in the order of the page. */
export interface PageFacts {
  readonly titles: readonly string[];
  readonly metas: readonly MetaTag[];
  readonly links: readonly { readonly rel: string; readonly href: string }[];
  readonly base: string | undefined;
  readonly language: string | undefined;
  readonly direction: string | undefined;
  /** Every object of its JSON-LD that has a type. */
  readonly jsonLd: readonly JsonObject[];
  readonly headings: readonly Marked[];
  /** Elements that seem to name the author, or to tell a date. */
  readonly bylines: readonly Marked[];
  readonly dates: readonly Marked[];
  /** Values of microdata by property. */
  readonly properties: readonly { readonly name: string; readonly value: string }[];
  readonly images: readonly PageImage[];
}

export interface MetaTag {
  /** In small letters. */
  readonly key: string;
  readonly content: string;
  /** The tag has other names besides: networks do not know it then. */
  readonly isShared: boolean;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** An element that may be what is looked for, with what speaks for and against it. */
export interface Marked {
  readonly tag: string;
  readonly text: string;
  /** Class, id, rel and itemprop, in small letters. */
  readonly marks: string;
  /** `datetime`, `content` or `title`. */
  readonly value: string;
  /** In a list of other articles, a comment, a footer, or anything else beside the article. */
  readonly isAside: boolean;
  readonly isInArticle: boolean;
}

export interface PageImage {
  readonly src: string;
  /** Its classes, in small letters. */
  readonly marks: string;
  readonly alt: string | undefined;
  readonly isAside: boolean;
  readonly isInArticle: boolean;
}

const most = 60;
const asideTags = new Set(['nav', 'footer', 'aside', 'form']);
const asideMarks =
  /\b(?:comments?|kommentare?|related|sidebar|recommend\w*|teasers?|footer|widget|menu|nav|promo|breadcrumbs?|newsletter|most-?read|popular)\b/;
const bylineMarks = /author|autor|byline|writer|verfasser|redakteur|contributor|dateline/;
/** How word processors mark the title of a document. */
const documentTitleMarks = /\b(?:msotitle|title)\b/;
const headlineMarks = /\b(?:headline|(?:entry|post|article|page)[-_]?title)\b/;
const dateMarks = /date|datum|fecha|time|publish|posted|byline|meta|stand\b|pubdate|created/;

interface Context {
  readonly isAside: boolean;
  readonly isInArticle: boolean;
}

type Draft = {
  -readonly [Key in keyof PageFacts]: PageFacts[Key] extends readonly (infer Item)[]
    ? Item[]
    : PageFacts[Key];
};

/** Gathers what a page says of itself. Decides nothing, changes nothing. */
export function gatherFacts(document: PageDocument): PageFacts {
  const root = document.documentElement;
  const facts: Draft = {
    titles: [],
    metas: [],
    links: [],
    base: undefined,
    language: root?.getAttribute('lang') ?? root?.getAttribute('xml:lang') ?? undefined,
    direction: root?.getAttribute('dir') ?? undefined,
    jsonLd: [],
    headings: [],
    bylines: [],
    dates: [],
    properties: [],
    images: [],
  };
  const open: [PageElement, Context][] = root
    ? [[root, { isAside: false, isInArticle: false }]]
    : [];
  while (open.length > 0) {
    const [element, context] = open.pop() ?? [];
    if (!element || !context) break;
    const inner = take(element, context, facts);
    if (!inner) continue;
    const children = [...element.childNodes].filter(isElement).reverse();
    for (const child of children) open.push([child, inner]);
  }
  return facts;
}

/** Notes what an element says. Gives the context of its children, or undefined if they say nothing. */
function take(element: PageElement, context: Context, facts: Draft): Context | undefined {
  switch (element.localName) {
    case 'meta':
      takeMeta(element, facts);
      break;
    case 'title':
      facts.titles.push(oneLine(element.textContent));
      return undefined;
    case 'link':
      facts.links.push({
        rel: (element.getAttribute('rel') ?? '').toLowerCase(),
        href: (element.getAttribute('href') ?? '').trim(),
      });
      break;
    case 'base':
      facts.base ??= element.getAttribute('href') ?? undefined;
      break;
    case 'script':
      if (/ld\+json/i.test(element.getAttribute('type') ?? '')) {
        facts.jsonLd.push(...parseJsonLd(element.textContent ?? ''));
      }
      return undefined;
    case 'noscript':
    case 'style':
    case 'template':
    case 'svg':
      return undefined;
    case 'img':
      takeImage(element, context, facts);
      break;
  }
  return takeMarks(element, context, facts);
}

function takeMeta(element: PageElement, facts: Draft): void {
  const content = element.getAttribute('content');
  const key = element.getAttribute('property') ?? element.getAttribute('name');
  if (content !== null && key !== null && key.trim() !== '') {
    // One tag may carry several names; Dublin Core is written with a dot or a colon.
    const names = key.trim().toLowerCase().split(/\s+/);
    for (const name of names) {
      const plain = name.replace(/^(?:dc|dcterms?)[:.]/, 'dc.');
      facts.metas.push({ key: plain, content, isShared: names.length > 1 });
    }
  }
}

function takeImage(element: PageElement, context: Context, facts: Draft): void {
  const src = imageAddress(element);
  if (src === '' || facts.images.length >= 200) return;
  facts.images.push({
    src,
    marks: (element.getAttribute('class') ?? '').toLowerCase(),
    alt: element.getAttribute('alt') ?? undefined,
    ...context,
  });
}

function takeMarks(element: PageElement, context: Context, facts: Draft): Context {
  const tag = element.localName;
  const itemprop = (element.getAttribute('itemprop') ?? '').toLowerCase();
  const rel = (element.getAttribute('rel') ?? '').toLowerCase();
  const marks = [element.getAttribute('class'), element.getAttribute('id'), rel, itemprop]
    .join(' ')
    .toLowerCase()
    .trim();
  const isBody = tag === 'body' || tag === 'html';
  const inner: Context = {
    isAside: context.isAside || asideTags.has(tag) || (!isBody && asideMarks.test(marks)),
    isInArticle: context.isInArticle || tag === 'article' || tag === 'main',
  };

  const value =
    element.getAttribute('datetime') ??
    element.getAttribute('content') ??
    (tag === 'abbr' || tag === 'span' ? element.getAttribute('title') : null) ??
    '';
  const mark = (): Marked => ({
    tag,
    text: oneLine(readText(element, 400)),
    marks,
    value: value.trim(),
    ...inner,
  });
  if (itemprop !== '' && facts.properties.length < most * 2 && !context.isAside) {
    const own = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
    const said = value || (itemprop === 'image' || itemprop === 'url' ? own : mark().text);
    for (const name of itemprop.split(/\s+/)) facts.properties.push({ name, value: said });
  }
  if (tag === 'h1' || tag === 'h2') push(facts.headings, mark);
  else if (tag === 'h3' || (headlineMarks.test(marks) && tag !== 'a')) push(facts.headings, mark);
  else if (tag === 'p' && documentTitleMarks.test(marks)) push(facts.headings, mark);
  if (bylineMarks.test(marks) && !isBody) push(facts.bylines, mark);
  else if (saysBy(element)) push(facts.bylines, () => ({ ...mark(), marks: 'says-by' }));
  if ((tag === 'time' || dateMarks.test(marks)) && !isBody && tag !== 'meta')
    push(facts.dates, mark);
  return inner;
}

/** A line that starts with "By" or its like, in whatever element. */
function saysBy(element: PageElement): boolean {
  for (const child of element.childNodes) {
    if (child.nodeType !== 3) return false;
    const start = (child.textContent ?? '').trim();
    if (start === '') continue;
    return start.length <= 80 && looksLikeByline(oneLine(readText(element, 100)));
  }
  return false;
}

function push(list: Marked[], mark: () => Marked): void {
  if (list.length >= most) return;
  const marked = mark();
  if (marked.text !== '' || marked.value !== '') list.push(marked);
}

function oneLine(text: string | null): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}
