import { Readability } from '@mozilla/readability';
import { isEmptyLine } from '../wording/empty-line.ts';
import { isElement, type PageDocument, type PageNode, readText } from './html-document.ts';

/** The running text of a page, found among everything else that stands on it. */
export interface PageBody {
  readonly text: string;
  /** The first paragraph that says something. */
  readonly lead: string | undefined;
  readonly byline: string | undefined;
  /** Addresses of the images in the text. */
  readonly images: readonly string[];
}

/** More is no article; the time that it takes grows faster than the page. */
const mostElements = 100_000;

/** Finds the text of the article. Takes the document apart: nothing can be read from it afterwards. */
export function readBody(document: PageDocument): PageBody {
  // The document is linkedom's, which the types of the extractor know nothing of.
  const reader = new Readability<PageNode>(document as never, {
    disableJSONLD: true,
    maxElemsToParse: mostElements,
    serializer: (node) => node as unknown as PageNode,
  });
  const found = reader.parse();
  if (!found?.content) return { text: '', lead: undefined, byline: undefined, images: [] };

  const images: string[] = [];
  let lead: string | undefined;
  for (const element of elementsOf(found.content)) {
    if (element.localName === 'img') images.push(imageAddress(element));
    if (element.localName === 'p' && lead === undefined) lead = readLead(element);
  }
  return {
    text: readText(found.content),
    lead,
    byline: found.byline?.trim() || undefined,
    images: images.filter((src) => src !== ''),
  };
}

/** The paragraphs of a page, whatever stands around them. */
export function readParagraphs(document: PageDocument): PageBody {
  const paragraphs: string[] = [];
  for (const element of elementsOf(document)) {
    if (element.localName === 'p') paragraphs.push(readText(element));
  }
  const told = paragraphs.filter((paragraph) => paragraph !== '');
  const lead = told.find((paragraph) => !isEmptyLine(paragraph));
  return { text: told.join('\n\n'), lead, byline: undefined, images: [] };
}

function readLead(paragraph: PageNode): string | undefined {
  const text = readText(paragraph, 2000);
  return text === '' || isEmptyLine(text) ? undefined : text;
}

function* elementsOf(root: PageNode) {
  const open = [...root.childNodes].filter(isElement).reverse();
  for (let element = open.pop(); element; element = open.pop()) {
    yield element;
    open.push(...[...element.childNodes].filter(isElement).reverse());
  }
}

/** Pages that load images late put the address elsewhere. */
export function imageAddress(element: { getAttribute(name: string): string | null }): string {
  const late = ['data-src', 'data-original', 'data-lazy-src', 'src'];
  const found = late.map((name) => element.getAttribute(name)?.trim() ?? '');
  return found.find((src) => src !== '' && !src.startsWith('data:')) ?? '';
}
