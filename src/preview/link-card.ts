import { html } from 'hono/html';
import type { Look } from './looks.ts';
import type { LinkCard } from './previewed.ts';

/** The card of a link as its network draws it; what is not known of the page is said instead. */
export function renderCard(card: LinkCard | undefined, look: Look) {
  if (card === undefined) return '';
  const note = card.note === undefined ? '' : html`<p class="card-note">${card.note}</p>`;
  if (card.shape === 'none') return note;
  if (card.shape === 'large' && look.isTitleOnImage) {
    return html`<div class="card large">${renderImage(card, look)}</div><p class="card-from">From <bdi>${card.domain}</bdi></p>${note}`;
  }
  const isWordy = card.image === undefined && (card.shape === 'unknown' || !look.isTitleOnImage);
  return html`<div class="card ${isWordy ? 'wordy' : card.shape} ${card.shape === 'unknown' ? 'unknown' : ''}">${isWordy ? '' : renderImage(card, look)}<div class="card-words">
      <span class="card-domain"><bdi>${card.domain}</bdi></span>
      ${renderWords(card)}
    </div></div>${note}`;
}

function renderImage({ shape, image, title }: LinkCard, { isTitleOnImage }: Look) {
  const shown = image === undefined ? '' : html`<img src="${image}" alt="" />`;
  const over =
    shape === 'large' && isTitleOnImage && title !== undefined
      ? html`<span class="card-over"><bdi>${title}</bdi></span>`
      : '';
  return html`<span class="card-image">${shown}${over}</span>`;
}

function renderWords({ title, description }: LinkCard) {
  return html`${title === undefined ? '' : html`<span class="card-title" dir="auto">${title}</span>`}${
    description === undefined
      ? ''
      : html`<span class="card-description" dir="auto">${description}</span>`
  }`;
}
