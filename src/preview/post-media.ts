import { html } from 'hono/html';
import type { Media } from '../core/post.ts';
import type { Look } from './looks.ts';

/** The images of a post in the grid of its network, and below it what people hear who cannot see them. */
export function renderMedia(
  media: readonly Media[],
  look: Look,
  images: ReadonlyMap<string, string>,
) {
  if (media.length === 0) return '';
  const shown = media.slice(0, look.mostImages);
  const hidden = media.length - shown.length;
  // On YouTube they are scrolled sideways, with the keyboard too.
  return html`<div class="images of-${shown.length}" role="group" aria-label="Images"${look.isScrolled && shown.length > 1 ? html` tabindex="0"` : ''}>
    ${shown.map((image, i) => renderImage(image, images.get(image.hash), i + 1 === shown.length ? hidden : 0))}
  </div>`;
}

function renderImage({ alt, file }: Media, data: string | undefined, hidden: number) {
  const more = hidden > 0 ? html`<span class="hidden-images">+${hidden}</span>` : '';
  const image =
    data === undefined
      ? html`<span class="no-image">${file} could not be shown here</span>`
      : html`<img src="${data}" alt="${alt}" />`;
  return html`<span class="image">${image}${more}</span>`;
}

/** The descriptions of the images, as a list beside the post. */
export function renderDescriptions(media: readonly Media[]) {
  if (media.length === 0) return '';
  return html`<div class="descriptions">
    <h5>${media.length === 1 ? 'Image' : `${media.length} images`}</h5>
    <ol>
      ${media.map(
        ({ alt, file }) =>
          html`<li><bdi>${file}</bdi>: ${alt === '' ? html`<i>no description (decoration)</i>` : html`<q dir="auto">${alt}</q>`}</li>`,
      )}
    </ol>
  </div>`;
}
