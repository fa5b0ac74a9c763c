import { html } from 'hono/html';
import type { Look } from './looks.ts';
import { findPieces, type Piece, shortenAddress } from './text-pieces.ts';

interface TextOptions {
  readonly look: Look;
  readonly language: string | undefined;
}

/** A text with its links, hashtags and mentions, folded as its network folds it. Opens without a script. */
export function renderText(text: string, { look, language }: TextOptions) {
  const lang = language === undefined ? '' : html` lang="${language}"`;
  if (text.trim() === '') return '';
  const beginning = look.foldAfter === undefined ? undefined : beginningOf(text, look.foldAfter);
  if (beginning === undefined) {
    return html`<div class="text"${lang}>${renderParagraphs(text, 'linked')}</div>`;
  }
  return html`<details class="text fold"${lang}><summary><span class="beginning">${renderParagraphs(`${beginning}…`, 'plain')}</span> <span class="more" lang="en">${look.more}</span></summary>${renderParagraphs(text, 'linked')}</details>`;
}

/** Each paragraph has a direction of its own, as on the networks. */
function renderParagraphs(text: string, links: 'linked' | 'plain') {
  return text
    .trim()
    .split(/(?:\r?\n){2,}/)
    .map(
      (paragraph) =>
        html`<span class="paragraph" dir="auto">${findPieces(paragraph).map((piece) => renderPiece(piece, links))}</span>`,
    );
}

function renderPiece({ kind, text, url }: Piece, links: 'linked' | 'plain') {
  if (kind === 'words') return text;
  if (kind === 'mention') return html`<bdi class="mark" dir="ltr">${text}</bdi>`;
  if (url === undefined) return html`<bdi class="mark">${text}</bdi>`;
  const shown = html`<bdi>${shortenAddress(url)}</bdi>`;
  if (links === 'plain' || !URL.canParse(url)) return html`<span class="mark">${shown}</span>`;
  return html`<a href="${url}" title="${url}" rel="noreferrer noopener">${shown}</a>`;
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Folding away less than this helps nobody. */
const leastFolded = 40;

/** The part of a longer text that is seen before it is opened; undefined if all of it is. */
export function beginningOf(text: string, foldAfter: number): string | undefined {
  if (text.length <= foldAfter + leastFolded) return undefined;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text.slice(0, foldAfter + leastFolded))) {
    if (index + segment.length > foldAfter) break;
    end = index + segment.length;
  }
  const atSpace = Math.max(text.lastIndexOf(' ', end), text.lastIndexOf('\n', end));
  return text.slice(0, atSpace > end - 60 ? atSpace : end).trimEnd();
}
