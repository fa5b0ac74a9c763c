import type { Receipt } from '../../core/post.ts';

const host = /^(?:(?:www|web|m|mbasic|touch|business)\.)?facebook\.com$/;
const postId = /^(?:\d{5,25}|pfbid\w{20,200})$/;
const pageName = /^[\w.-]{1,100}$/;

/** Reads the address of a post on a Page in any of the forms that Facebook shows, or answers undefined. */
export function parseFacebookPostUrl(text: string): Receipt | undefined {
  const address = text.trim();
  if (!URL.canParse(address)) return undefined;

  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || !host.test(url.hostname)) return undefined;

  return readPermalink(url) ?? readPhoto(url) ?? readPath(url);
}

/** `/permalink.php?story_fbid=…&id=…`, and `/story.php` on phones. */
function readPermalink(url: URL): Receipt | undefined {
  if (!/^\/(?:permalink|story)\.php\/?$/.test(url.pathname)) return undefined;

  const post = url.searchParams.get('story_fbid') ?? '';
  const page = url.searchParams.get('id') ?? '';
  if (!postId.test(post) || !/^\d{5,25}$/.test(page)) return undefined;

  const link = `https://www.facebook.com/permalink.php?story_fbid=${post}&id=${page}`;
  return { remoteId: joinIds(page, post), url: link };
}

/** `/photo/?fbid=…`: what the link of a post with one image leads to. */
function readPhoto(url: URL): Receipt | undefined {
  if (!/^\/photo(?:\.php)?\/?$/.test(url.pathname)) return undefined;

  const photo = url.searchParams.get('fbid') ?? '';
  if (!postId.test(photo)) return undefined;
  return { remoteId: photo, url: `https://www.facebook.com/photo/?fbid=${photo}` };
}

/** `/<page>/posts/<id>`, `/<page>/posts/<words>/<id>`, `/<page>/photos/<set>/<id>`, `/<page number>_<id>`. */
function readPath(url: URL): Receipt | undefined {
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const [page = '', kind] = parts;

  const whole = /^(\d{5,25})_(\d{1,25})$/.exec(page);
  if (parts.length === 1 && whole)
    return { remoteId: page, url: `https://www.facebook.com/${page}` };

  const id = parts.at(-1) ?? '';
  const isPost = kind === 'posts' && (parts.length === 3 || parts.length === 4);
  const isPhoto = kind === 'photos' && (parts.length === 3 || parts.length === 4);
  if (!(isPost || isPhoto) || !pageName.test(page) || !postId.test(id)) return undefined;

  if (isPhoto) return { remoteId: id, url: `https://www.facebook.com/photo/?fbid=${id}` };
  return { remoteId: joinIds(page, id), url: `https://www.facebook.com/${page}/posts/${id}` };
}

/** The API names a post `<page>_<post>`, both as numbers; other forms stay as people see them. */
function joinIds(page: string, post: string): string {
  return /^\d+$/.test(page) && /^\d+$/.test(post) ? `${page}_${post}` : post;
}
