import type { StoredPost } from './record.ts';
import { displayUrl, piecesOf } from './twitter-text.ts';
import { webPieces } from './web-link.ts';

/** Longer texts are folded, as the networks do. */
const foldAfter = { twitter: 1000, facebook: 700, youtube: 700 };
const shownWhenFolded = 480;

/** A post's text with its links, each paragraph in its own direction. */
export function renderText(post: StoredPost): string {
  if (post.text.trim() === '') return '';
  if (post.text.length <= foldAfter[post.network]) {
    return `<div class="text">${renderParagraphs(post, post.text)}</div>`;
  }
  const cut = post.text.lastIndexOf(' ', shownWhenFolded);
  const end = cut > shownWhenFolded / 2 ? cut : wholeCharacters(post.text, shownWhenFolded);
  const beginning = renderParagraphs(post, `${post.text.slice(0, end)}…`);
  return `<details class="text"><summary>${beginning}<span class="more">See more</span></summary>${renderParagraphs(post, post.text)}</details>`;
}

function renderParagraphs(post: StoredPost, text: string): string {
  const paragraphs = text.trim().split(/\n{2,}/);
  return paragraphs
    .map((paragraph) => `<p dir="auto">${renderLinks(post, paragraph)}</p>`)
    .join('\n');
}

function renderLinks(post: StoredPost, text: string): string {
  const pieces = post.network === 'twitter' ? piecesOf(text) : webPieces(text);
  let html = '';
  for (const piece of pieces) html += piece.isUrl ? renderUrl(piece.text) : escapeHtml(piece.text);
  return html;
}

function renderUrl(url: string): string {
  const address = /^https?:\/\//i.test(url) ? url : `http://${url}`;
  return `<a href="${escapeHtml(address)}" rel="noreferrer noopener" target="_blank">${escapeHtml(displayUrl(address))}</a>`;
}

/** The longest length up to `length` that cuts no character in half. */
function wholeCharacters(text: string, length: number): number {
  const last = text.charCodeAt(length - 1);
  return last >= 0xd800 && last < 0xdc00 ? length - 1 : length;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
