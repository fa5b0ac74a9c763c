import type { RssFeed } from 'feedsmith';
import type { FeedEntry } from './feed-document.ts';
import { absoluteLink } from './feed-links.ts';
import { type EntryParts, finishEntry, first } from './finish-entry.ts';

type Item = RssFeed.Item<string>;
/** RSS 1.0 (RDF) has less of its own, and the same modules. */
export type RdfItem = Partial<Item> & { readonly rdf?: { readonly about?: string } };

/** Reads an entry of RSS 2.0, of its forerunners, or of RSS 1.0. */
export function readRssEntry(item: RdfItem, bases: readonly (string | undefined)[]): FeedEntry {
  const base = [...bases, item.xml?.base];
  const atom = item.atom;
  const atomLink = atom?.links?.find(({ rel }) => rel === undefined || rel === 'alternate')?.href;
  // A guid is an address unless it says that it is none; many say nothing and are none all the same.
  const guidLink = item.guid?.isPermaLink === false ? undefined : item.guid?.value;
  const group = item.media?.groups?.[0];
  const media = item.media?.contents?.[0] ?? group?.contents?.[0];
  const parts: EntryParts = {
    title: first(
      item.title,
      item.dc?.titles?.[0],
      atom?.title?.value,
      item.itunes?.title,
      item.media?.title?.value,
      group?.title?.value,
    ),
    id: first(item.guid?.value, atom?.id, item.rdf?.about, item.dc?.identifiers?.[0]),
    link:
      absoluteLink(item.link, base) ??
      absoluteLink(atomLink, base) ??
      (/^https?:/i.test(guidLink ?? '') ? absoluteLink(guidLink, base) : undefined) ??
      absoluteLink(item.rdf?.about, base) ??
      absoluteLink(item.enclosures?.[0]?.url ?? item.media?.contents?.[0]?.url, base),
    summary: first(
      item.description,
      atom?.summary?.value,
      item.dc?.descriptions?.[0],
      item.dcterms?.abstracts?.[0],
      item.itunes?.summary,
      item.itunes?.subtitle,
      item.media?.description?.value,
      group?.description?.value,
      media?.description?.value,
    ),
    content: first(item.content?.encoded, atom?.content?.value),
    author: first(
      ...(item.authors ?? []).map(sayPerson),
      item.dc?.creators?.join(', '),
      item.itunes?.author,
      ...(atom?.authors ?? []).map(({ name, email }) => name ?? email),
      item.media?.credits?.[0]?.value,
    ),
    published: [
      item.pubDate,
      item.dc?.dates?.[0],
      item.dcterms?.issued?.[0],
      item.dcterms?.created?.[0],
      item.dcterms?.dates?.[0],
      atom?.published,
    ],
    updated: [atom?.updated, item.dcterms?.modified?.[0]],
    categories: [
      ...(item.categories ?? []).map(({ name }) => name),
      ...(item.dc?.subjects ?? []),
      ...(item.media?.categories ?? []).map(({ label, name }) => label ?? name),
      ...(atom?.categories ?? []).map(({ label, term }) => label ?? term),
    ],
    language: first(item.xml?.lang, item.dc?.languages?.[0]),
    image: absoluteLink(imageOf(item, group, media), base),
    imageAlt: media?.description?.value,
  };
  return finishEntry(parts);
}

type Media = NonNullable<Item['media']>;

function imageOf(
  item: RdfItem,
  group: NonNullable<Media['groups']>[number] | undefined,
  media: NonNullable<Media['contents']>[number] | undefined,
): string | undefined {
  const isImage = media?.medium === 'image' || /^image\//i.test(media?.type ?? '');
  const enclosure = item.enclosures?.find(({ type }) => /^image\//i.test(type ?? ''));
  return first(
    isImage ? media?.url : undefined,
    enclosure?.url,
    media?.thumbnails?.[0]?.url,
    item.media?.thumbnails?.[0]?.url,
    group?.thumbnails?.[0]?.url,
    item.itunes?.image,
  );
}

/** `ada@example.org (Ada)` is Ada. */
function sayPerson(person: RssFeed.Person | undefined): string | undefined {
  return person?.name ?? person?.email;
}
