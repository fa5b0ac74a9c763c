import type { AtomFeed } from 'feedsmith';
import type { FeedEntry } from './feed-document.ts';
import { absoluteLink } from './feed-links.ts';
import { finishEntry, first } from './finish-entry.ts';

type Entry = AtomFeed.Entry<string>;
type Bases = readonly (string | undefined)[];

/** Reads an entry of Atom 1.0 or 0.3. */
export function readAtomEntry(entry: Entry, bases: Bases): FeedEntry {
  const base = [...bases, entry.xml?.base];
  const group = entry.media?.groups?.[0];
  const media = entry.media?.contents?.[0] ?? group?.contents?.[0];
  const texts = { title: entry.title, summary: entry.summary, content: entry.content } as const;
  const plain = new Set<'title' | 'summary' | 'content'>();
  for (const [name, text] of Object.entries(texts)) {
    if (isPlain(text?.type)) plain.add(name as 'title' | 'summary' | 'content');
  }
  const id = entry.id;
  return finishEntry({
    title: first(
      markupOf(entry.title),
      entry.dc?.titles?.[0],
      entry.media?.title?.value,
      group?.title?.value,
    ),
    id,
    link:
      chooseAtomLink(entry.links, base) ??
      absoluteLink(entry.content?.src, base) ??
      (/^https?:/i.test(id ?? '') ? absoluteLink(id, base) : undefined),
    summary: first(
      markupOf(entry.summary),
      entry.dc?.descriptions?.[0],
      entry.itunes?.summary,
      entry.media?.description?.value,
      group?.description?.value,
    ),
    content: markupOf(entry.content),
    author: first(
      joinNames(entry.authors?.map(({ name, email, uri }) => name ?? email ?? uri)),
      joinNames(entry.dc?.creators),
      joinNames(entry.source?.authors?.map(({ name, email }) => name ?? email)),
    ),
    published: [
      entry.published,
      entry.dc?.dates?.[0],
      entry.dcterms?.issued?.[0],
      entry.dcterms?.created?.[0],
    ],
    updated: [entry.updated, entry.dcterms?.modified?.[0]],
    categories: [
      ...(entry.categories ?? []).map(({ label, term }) => label ?? term),
      ...(entry.dc?.subjects ?? []),
    ],
    language: first(entry.title?.xml?.lang, entry.content?.xml?.lang, entry.xml?.lang),
    image: absoluteLink(
      first(
        media?.medium === 'image' || /^image\//i.test(media?.type ?? '') ? media?.url : undefined,
        entry.links?.find(({ rel, type }) => rel === 'enclosure' && /^image\//i.test(type ?? ''))
          ?.href,
        entry.media?.thumbnails?.[0]?.url,
        group?.thumbnails?.[0]?.url,
      ),
      base,
    ),
    plain,
  });
}

/** The page that stands for an entry, rather than its feed, its edit form or its replies. */
export function chooseAtomLink(links: Entry['links'], bases: Bases): string | undefined {
  const alternates = (links ?? []).filter(({ rel }) => rel === undefined || rel === 'alternate');
  const page = alternates.find(({ type }) => type === undefined || /html/i.test(type));
  const chosen =
    page ?? alternates[0] ?? links?.find(({ rel }) => rel === 'related' || rel === 'via');
  return absoluteLink(chosen?.href, bases);
}

/** Atom 0.3 wrote media types; without a word a text is plain, but nobody keeps to that. */
function isPlain(type: string | undefined): boolean {
  return type === 'text' || type === 'text/plain';
}

function joinNames(names: readonly (string | undefined)[] | undefined): string | undefined {
  return names?.filter((name) => name !== undefined).join(', ');
}

/** XHTML is escaped once; in a wrapping its text is read as markup, even where it has none. */
export function markupOf(text: { value?: string; type?: string } | undefined): string | undefined {
  const { value, type } = text ?? {};
  return value !== undefined && /xhtml/i.test(type ?? '') ? `<div>${value}</div>` : value;
}
