import { parseHTML } from 'linkedom';

/** What Carillon uses of a node of the parsed page. */
export interface PageNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: Iterable<PageNode>;
}

export interface PageElement extends PageNode {
  readonly localName: string;
  getAttribute(name: string): string | null;
}

export interface PageDocument extends PageNode {
  readonly documentElement: PageElement | null;
}

/** Parses a page as browsers do, more or less: whatever it is, there is a document with one root, a head and a body. */
export function parsePage(html: string): PageDocument {
  const { document } = parseHTML(startsWell.test(html) ? html : mend(html));
  giveHeadAndBody(document as unknown as ParsedDocument);
  return document as unknown as PageDocument;
}

interface ParsedDocument {
  readonly documentElement: ParsedElement | null;
  createElement(name: string): ParsedElement;
}

interface ParsedElement {
  /** Undefined for what is no element. */
  readonly tagName?: string;
  readonly childNodes: Iterable<ParsedElement>;
  append(...nodes: ParsedElement[]): void;
  prepend(...nodes: ParsedElement[]): void;
  replaceChildren(...nodes: ParsedElement[]): void;
}

const ofTheHead = new Set(['TITLE', 'META', 'LINK', 'BASE', 'STYLE', 'SCRIPT', 'NOSCRIPT']);

/** A page may leave out the tags of both, which the parser does not make up for. What stands beside them goes into one. */
function giveHeadAndBody(document: ParsedDocument): void {
  const root = document.documentElement;
  if (root === null) return;
  const children = [...root.childNodes];
  const find = (tag: string) => children.find(({ tagName }) => tagName === tag);
  const [head, body] = [
    find('HEAD') ?? document.createElement('head'),
    find('BODY') ?? document.createElement('body'),
  ];
  const [before, after]: [ParsedElement[], ParsedElement[]] = [[], []];
  let beside = children.includes(body) ? before : after;
  for (const child of children) {
    if (child === body) beside = after;
    else if (child === head) continue;
    else if (ofTheHead.has(child.tagName ?? '')) head.append(child);
    else beside.push(child);
  }
  for (const one of before.reverse()) body.prepend(one);
  for (const one of after) body.append(one);
  root.replaceChildren(head, body);
}

const startsWell =
  /^(?:\s|\ufeff|<!doctype[^>]*>|<\?xml[^>]*>|<!--(?:[^-]|-(?!->))*-->)*<html[\s>]/i;

/** Warnings of servers, and tags that belong into the head, stand before the root of many a page. */
function mend(html: string): string {
  const roots = [...html.matchAll(/<html\b([^>]{0,2000})>/gi)];
  const inner = html.replace(/<\/?html\b[^>]{0,2000}>|<!doctype[^>]*>/gi, '');
  return `<!doctype html><html${roots.at(-1)?.[1] ?? ''}>${inner}</html>`;
}

export function isElement(node: PageNode): node is PageElement {
  return node.nodeType === 1;
}

const silent = new Set(['script', 'style', 'noscript', 'template', 'iframe', 'object', 'svg']);
const blocks = new Set(
  (
    'address article aside blockquote dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hr li main nav ol p pre section table td th tr ul'
  ).split(' '),
);

/**
 * The text of a part of the page as people read it, its blocks separated by empty lines. Stops soon after
 * `atMost` characters.
 */
export function readText(root: PageNode, atMost = Number.POSITIVE_INFINITY): string {
  const pieces: string[] = [];
  let length = 0;
  const add = (piece: string) => {
    pieces.push(piece);
    length += piece.length;
  };

  // A stack of one's own: pages nest deeper than calls may.
  const open: (PageNode | string)[] = [root];
  while (open.length > 0 && length < atMost) {
    const node = open.pop();
    if (node === undefined) break;
    if (typeof node === 'string') add(node);
    else if (node.nodeType === 3) add((node.textContent ?? '').replace(/\s+/g, ' '));
    else if (!isElement(node) || !silent.has(node.localName)) {
      const name = isElement(node) ? node.localName : '';
      if (name === 'br') add('\n');
      const isBlock = blocks.has(name);
      if (isBlock) add('\n\n');
      if (isBlock) open.push('\n\n');
      open.push(...[...node.childNodes].reverse());
    }
  }
  return pieces
    .join('')
    .replace(/ *\n */g, '\n')
    .replace(/\n{2,}/g, '\n\n')
    .replace(/ {2,}/g, ' ')
    .trim();
}
