import { sayMoney } from '../core/money.ts';
import { type Length, type Media, type Post, partsOf } from '../core/post.ts';
import { sayLabels } from '../core/say-labels.ts';
import type { Calendar } from '../core/say-time.ts';
import type { ComposedIntent } from '../planning/wish.ts';
import { costAsJson } from '../telling/publication-json.ts';
import type { Ink } from './ink.ts';
import { widthOf, wrap } from './layout.ts';

export interface Setting {
  readonly calendar: Calendar;
  readonly ink: Ink;
  readonly width: number;
  displayNameOf(network: string): string;
}

/** How one account will show an article, for people. */
export function linesOfPreview(intent: ComposedIntent, setting: Setting): string[] {
  const { calendar, ink, width, displayNameOf } = setting;
  const { publication, network, due, post, length, threadLengths = [], warnings, cost } = intent;
  const lengths = [length, ...threadLengths];
  const tooLong = lengths.find(({ used, limit }) => used > limit);
  const used = lengths.map(sayLength);
  const facts = [
    displayNameOf(network),
    used.length === 1 ? '' : `a thread of ${used.length}`,
    tooLong ? ink.red(`${sayLength(tooLong)}, too long`) : used.length === 1 ? used.join() : '',
    due === undefined ? 'at the first apply' : calendar.long(due),
    cost === undefined ? '' : sayMoney(cost.amount, cost.currency),
  ];
  return [
    ink.bold(publication),
    facts.filter((fact) => fact !== '').join(' · '),
    ...frameText(post, { ink, width }, lengths),
    ...linesBesideText(post, width),
    ...warnings.flatMap((warning) => wrap(`Note: ${warning}`, width).map(ink.yellow)),
  ];
}

/**
 * The texts of a post between two rules. The lines themselves stay untouched: they can be copied as they are,
 * and text from right to left keeps its order.
 */
export function frameText(
  post: Post,
  { ink, width }: Pick<Setting, 'ink' | 'width'>,
  lengths: readonly Length[] = [],
): readonly string[] {
  const rule = ink.dim('─'.repeat(Math.min(width, 60)));
  const texts = partsOf(post);
  return texts.flatMap((text, i) => {
    const length = lengths[i];
    const measured = length === undefined ? '' : `· ${sayLength(length)} `;
    const title = texts.length > 1 ? ` ${i + 1} of ${texts.length} ${measured}` : '';
    const top = ink.dim(`──${title}${'─'.repeat(Math.min(width, 60) - 2 - widthOf(title))}`);
    return [top, ...text.split(/\r?\n/), ...(i === texts.length - 1 ? [rule] : [])];
  });
}

function sayLength({ used, limit }: Length): string {
  return `${used}/${limit}`;
}

/** The link, the images and the labels of a post. */
export function linesBesideText({ link, media, labels }: Post, width: number): readonly string[] {
  const card = link === undefined ? [] : [`Link: ${link}`];
  const said = sayLabels(labels);
  const label = said === undefined ? [] : wrap(`Labels: ${said}`, width);
  return [...card, ...media.flatMap((image) => wrap(sayImage(image), width)), ...label];
}

function sayImage(media: Media): string {
  const { file, alt } = media;
  const is = `Image: ${file} (${sayForm(media)})`;
  return alt === '' ? `${is}, without a description (decoration)` : `${is}, described as “${alt}”`;
}

/** What is sent of an image, such as `JPEG, 1600 × 900, 320 kB`. */
function sayForm({ type, width, height, size }: Media): string {
  const form = type === 'image/webp' ? 'WebP' : type.slice('image/'.length).toUpperCase();
  const pixels = width === undefined ? [] : [`${width} × ${height}`];
  const bytes = size < 1_000_000 ? `${Math.ceil(size / 1000)} kB` : `${(size / 1e6).toFixed(1)} MB`;
  return [form, ...pixels, bytes].join(', ');
}

/** How one account will show an article, for programs. */
export function previewAsJson(intent: ComposedIntent): object {
  const {
    publication,
    entry,
    account,
    network,
    post,
    link,
    length,
    threadLengths,
    warnings,
    cost,
  } = intent;
  return {
    publication,
    entry,
    account,
    network,
    text: post.text,
    ...(post.thread && { thread: post.thread }),
    length,
    ...(threadLengths && { threadLengths }),
    link: link ?? null,
    media: post.media.map(({ file, alt }) => ({ file, alt })),
    ...(post.labels && { labels: post.labels }),
    warnings,
    ...(cost && { cost: costAsJson(cost) }),
  };
}
