import { html } from 'hono/html';
import { type Length, type PostLabels, partsOf } from '../core/post.ts';
import type { Problem } from '../core/problem.ts';
import { sayLabels } from '../core/say-labels.ts';
import { renderCard } from './link-card.ts';
import { type Look, lookOf } from './looks.ts';
import { renderDescriptions, renderMedia } from './post-media.ts';
import { renderText } from './post-text.ts';
import type { PreviewedAccount, PreviewedPost } from './previewed.ts';

/** One publication: what is to know of it, and its post as the account's network shows it. */
export function renderPost(
  previewed: PreviewedPost,
  options: {
    readonly id: string;
    readonly className: string;
    readonly images: ReadonlyMap<string, string>;
  },
) {
  const { publication, account, due, problems, post } = previewed;
  return html`<article class="publication ${options.className}" id="${options.id}" aria-labelledby="${options.id}-name">
    <header class="facts">
      <h4 id="${options.id}-name"><bdi>${publication}</bdi></h4>
      <p><span class="network-name">${account.networkName}</span> · ${due === undefined ? 'at the first apply' : html`<time datetime="${due.instant}">${due.words}</time>`}${account.isAssisted ? html` · <b class="by-hand">a person posts this</b>` : ''}</p>
    </header>
    <div class="network ${lookOf(post.network).name}">${renderThread(previewed, options.images)}</div>
    <footer class="facts">
      ${account.isAssisted ? html`<p class="assisted"><b>A person posts this.</b> At its time Carillon hands over the text and the images; the person confirms with the address of the post.</p>` : ''}
      ${renderDescriptions(post.media)}
      ${renderLabels(post.labels)}
      ${renderProblems(problems)}
    </footer>
  </article>`;
}

/** The post alone, as its network shows it. */
export function renderPostAlone(
  previewed: Pick<PreviewedPost, 'account' | 'post' | 'lengths' | 'card'>,
  images: ReadonlyMap<string, string>,
) {
  const { name } = lookOf(previewed.post.network);
  return html`<div class="network ${name}">${renderThread(previewed, images)}</div>`;
}

/** What the network is told to say of it. */
function renderLabels(labels: PostLabels | undefined) {
  const said = sayLabels(labels);
  return said === undefined ? '' : html`<p class="labels"><b>Labels:</b> ${said}</p>`;
}

/** Every text of the post, joined by a line; images and card belong to the first one. */
function renderThread(
  { account, post, lengths, card }: Pick<PreviewedPost, 'account' | 'post' | 'lengths' | 'card'>,
  images: ReadonlyMap<string, string>,
) {
  const look = lookOf(post.network);
  const texts = partsOf(post);
  return texts.map((text, part) => {
    const isFirst = part === 0;
    const number = texts.length > 1 ? `Part ${part + 1} of ${texts.length}: ` : '';
    return html`<div class="post${texts.length > 1 ? ' threaded' : ''}">
      ${renderByline(account)}
      <div class="content">
        ${renderText(text, { look, language: post.language })}
        ${isFirst ? renderMedia(post.media, look, images) : ''}
        ${isFirst ? renderCard(card, look) : ''}
        ${renderActions(look)}
      </div>
      ${renderLength(lengths[part], number)}
    </div>`;
  });
}

function renderByline({ shownName, handle }: PreviewedAccount) {
  const [initial = '?'] = shownName.toUpperCase();
  return html`<p class="byline"><span class="avatar" aria-hidden="true">${initial}</span><span class="who"><b><bdi>${shownName}</bdi></b> ${handle === undefined ? '' : html`<span class="handle"><bdi>${handle}</bdi></span>`}</span></p>`;
}

function renderActions({ actions }: Look) {
  if (actions.length === 0) return '';
  return html`<p class="actions" aria-hidden="true">${actions.map((action) => html`<span>${action}</span>`)}</p>`;
}

function renderLength(length: Length | undefined, number: string) {
  if (length === undefined) return '';
  const { used, limit } = length;
  const over = used - limit;
  const words = over > 0 ? `, ${over} too long` : '';
  return html`<p class="length${over > 0 ? ' too-long' : ''}"><meter min="0" max="${limit}" value="${Math.min(used, limit)}" aria-hidden="true"></meter> ${number}<span>${say(used)} / ${say(limit)}${words}</span></p>`;
}

function say(length: number): string {
  return length.toLocaleString('en-US');
}

/** Errors before warnings. */
export function renderProblems(problems: readonly Problem[]) {
  if (problems.length === 0) return '';
  const sorted = problems.toSorted((a, b) => rankOf(a) - rankOf(b));
  return html`<ul class="problems">
    ${sorted.map(
      ({ severity, message, file, line, column }) =>
        html`<li class="${severity}"><b>${severity === 'error' ? 'Error' : 'Warning'}</b> <span dir="auto">${message}</span> <span class="place"><bdi>${file}:${line}:${column}</bdi></span></li>`,
    )}
  </ul>`;
}

function rankOf({ severity }: Problem): number {
  return severity === 'error' ? 0 : 1;
}
