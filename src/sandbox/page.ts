import { createHash } from 'node:crypto';
import type { NetworkName } from './call.ts';
import { escapeHtml, renderText } from './page-text.ts';
import type { PostLabels, PostMedia, StoredPost } from './record.ts';
import type { Store } from './store.ts';

const shownPosts = 50;
const hues = 8;
const columns: readonly { network: NetworkName; title: string; empty: string }[] = [
  { network: 'twitter', title: 'X', empty: 'No posts on X yet.' },
  { network: 'facebook', title: 'Facebook', empty: 'No posts on Facebook yet.' },
  { network: 'youtube', title: 'YouTube', empty: 'No community posts yet.' },
];

/** The three feeds as followers would see them. Everything that came from outside is escaped. */
export function renderPage(store: Store): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Carillon sandbox</title>
<link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script>
<noscript><meta http-equiv="refresh" content="10"></noscript>
</head>
<body>
<header class="top">
<h1>Carillon <span>sandbox</span></h1>
<p>What followers would see. Nothing on this page has left this machine.</p>
</header>
<main>
${columns.map((column) => renderColumn(store, column)).join('\n')}
</main>
</body>
</html>
`;
}

/** One post on a page of its own. */
export function renderPost(post: StoredPost): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>A post in the Carillon sandbox</title>
<link rel="stylesheet" href="/page.css">
</head>
<body>
<main>
<section class="${post.network}"><ol><li>${renderCard(post)}</li></ol></section>
</main>
</body>
</html>
`;
}

function renderColumn(store: Store, column: (typeof columns)[number]): string {
  const all = [...store.latest(column.network)];
  const threads = groupThreads(all.slice(0, shownPosts));
  const earlier = all.length - shownPosts;
  const list = threads.map((thread) => renderThread(thread)).join('\n');
  const more =
    earlier > 0 ? `<p class="quiet" id="${column.network}-more">and ${earlier} earlier</p>` : '';
  return `<section class="${column.network}" aria-labelledby="${column.network}">
<h2 id="${column.network}">${column.title} <small>${all.length}</small></h2>
${all.length === 0 ? `<p class="quiet">${column.empty}</p>` : ''}<ol id="${column.network}-feed">
${list}
</ol>
${more}
</section>`;
}

/** Posts with the posts of the same thread under them, latest thread first. */
function groupThreads(posts: readonly StoredPost[]): readonly (readonly StoredPost[])[] {
  const threads = new Map<string, StoredPost[]>();
  // From the oldest on, so that a thread's first post is known before those that answer it.
  for (const post of [...posts].reverse()) {
    const thread = threads.get(post.replyTo ?? '') ?? [];
    thread.push(post);
    threads.set(post.id, thread);
  }
  return [...new Set(threads.values())].reverse();
}

function renderThread(thread: readonly StoredPost[]): string {
  const first = thread[0];
  const cards = thread.map((post) => renderCard(post)).join('\n');
  return `<li id="${escapeHtml(`${first?.network}-${first?.id}`)}">\n${cards}\n</li>`;
}

function renderCard(post: StoredPost): string {
  const at = new Date(post.visibleAt ?? post.createdAt);
  const [initial = '?'] = post.account.toUpperCase();
  const edited = post.editedAt === undefined ? '' : ' <small>edited</small>';
  const byline = `<header>
<span class="avatar hue-${hueOf(post.account)}" aria-hidden="true">${escapeHtml(initial)}</span>
<span class="who"><b dir="auto">${escapeHtml(post.account)}</b>
<time datetime="${at.toISOString()}">${escapeHtml(formatTime(at))}</time>${edited}</span>
</header>`;
  const media = renderMedia(post.media);
  const card = post.media.length === 0 && post.network !== 'youtube' ? renderLink(post) : '';
  return `<article>
${byline}
${renderText(post)}
${media}${card}${renderLabels(post.labels)}
</article>`;
}

function renderLabels(labels: PostLabels = {}): string {
  const words = [
    ...(labels.made_with_ai ? ['Made with AI'] : []),
    ...(labels.paid_partnership ? ['Paid partnership'] : []),
    ...(labels.reply_settings === undefined ? [] : [`Replies: ${labels.reply_settings} only`]),
  ];
  return words.length === 0 ? '' : `<p class="quiet">${escapeHtml(words.join(' · '))}</p>`;
}

function renderMedia(media: readonly PostMedia[]): string {
  if (media.length === 0) return '';
  const items = media.map((item) => {
    const alt = escapeHtml(item.alt);
    const image =
      item.sha256 === null
        ? `<span class="quiet">Image at ${escapeHtml(item.url ?? '')}</span>`
        : `<img src="/media/${item.sha256}" alt="${alt}" loading="lazy">`;
    const caption =
      item.alt === ''
        ? '<i>No description</i>'
        : `<b aria-hidden="true">ALT</b> <span dir="auto" aria-hidden="true">${alt}</span>`;
    return `<figure>${image}<figcaption>${caption}</figcaption></figure>`;
  });
  return `<div class="media of-${Math.min(media.length, 4)}">${items.join('')}</div>`;
}

function renderLink(post: StoredPost): string {
  if (post.link === null || !URL.canParse(post.link)) return '';
  const url = new URL(post.link);
  if (!/^https?:$/.test(url.protocol)) return '';
  const path = decodePath(`${url.pathname}${url.search}`);
  const title = post.title ?? (path === '/' ? url.hostname : path);
  return `<a class="link" href="${escapeHtml(url.href)}" rel="noreferrer noopener" target="_blank">
<small>${escapeHtml(url.hostname)}</small>
<span dir="auto">${escapeHtml(title)}</span>
</a>`;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function hueOf(account: string): number {
  return (createHash('sha256').update(account).digest()[0] ?? 0) % hues;
}

function formatTime(time: Date): string {
  return time.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}
