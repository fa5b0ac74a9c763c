import {
  isElement,
  type PageDocument,
  type PageNode,
  parsePage,
} from '../articles/html-document.ts';
import { decodePage } from '../articles/html-encoding.ts';
import { gatherFacts, type PageFacts } from '../articles/html-facts.ts';
import { type PageCard, readFacebookCard, readXCard } from '../articles/page-card.ts';
import { articleObjects, metasOf } from '../articles/page-claims.ts';
import type { PageSource } from '../articles/read-page.ts';

/** What is judged of the page behind a link: plain data. */
export interface PageInspection {
  readonly title: string;
  /** Its first headings, as people read them. */
  readonly headings: readonly string[];
  /** The address that it gives as its own. */
  readonly canonical?: string;
  readonly cards: { readonly twitter: PageCard; readonly 'open-graph': PageCard };
  readonly asksForPassword: boolean;
  /** True if it says of itself that it is an article. */
  readonly isArticle: boolean;
  /** Characters in paragraphs of some length, at most 5000. */
  readonly runningText: number;
}

/** Inspects a page. Takes long, or for ever, with pages that are made for it: run it in a worker. */
export function inspectPage({ bytes, contentType, url }: PageSource): PageInspection {
  const document = parsePage(decodePage(bytes, contentType));
  const facts = gatherFacts(document);
  const openGraph = readFacebookCard(facts, url);
  return {
    title: (facts.titles[0] ?? '').slice(0, 300),
    headings: facts.headings
      .filter(({ tag }) => tag === 'h1')
      .slice(0, 3)
      .map(({ text }) => text.slice(0, 300)),
    ...(openGraph.url !== undefined && { canonical: canonicalOf(facts, url) ?? openGraph.url }),
    cards: { twitter: readXCard(facts, url), 'open-graph': openGraph },
    isArticle: saysArticle(facts),
    ...walk(document),
  };
}

/** The link element counts before `og:url`, as search engines and networks have it. */
function canonicalOf(facts: PageFacts, url: string | undefined): string | undefined {
  const href = facts.links.find(({ rel }) => /(?:^|\s)canonical(?:\s|$)/.test(rel))?.href;
  if (href === undefined || href === '' || !URL.canParse(href, url)) return undefined;
  return new URL(href, url).href;
}

function saysArticle(facts: PageFacts): boolean {
  const types = metasOf(facts, 'og:type').map((type) => type.toLowerCase());
  return types.includes('article') || articleObjects(facts).some(({ headline }) => headline);
}

const leastParagraph = 60;
const mostText = 5_000;

function walk(document: PageDocument): Pick<PageInspection, 'asksForPassword' | 'runningText'> {
  let asksForPassword = false;
  let runningText = 0;
  // A stack of one's own: pages nest deeper than calls may.
  const open: PageNode[] = [document];
  while (open.length > 0) {
    const node = open.pop();
    if (node === undefined) break;
    if (isElement(node)) {
      if (node.localName === 'input') {
        // The parser keeps attributes as they are written.
        const type = node.getAttribute('type') ?? node.getAttribute('TYPE') ?? '';
        asksForPassword ||= type.toLowerCase() === 'password';
      }
      if (node.localName === 'p' && runningText < mostText) {
        const { length } = (node.textContent ?? '').replace(/\s+/g, ' ').trim();
        if (length >= leastParagraph) runningText += length;
      }
    }
    for (const child of node.childNodes) open.push(child);
  }
  return { asksForPassword, runningText: Math.min(runningText, mostText) };
}
