import type { Receipt } from '../../core/post.ts';

const host = /^(?:(?:www|m)\.)?youtube\.com$/;
const postId = /^Ugk[\w-]{20,100}$/;
const communityTab =
  /^\/(?:channel\/UC[\w-]{22}|@[^/]+|c\/[^/]+|user\/[^/]+)\/(?:community|posts)\/?$/;

/** Reads the address of a community post, or answers undefined if it is none. */
export function parseYoutubePostUrl(text: string): Receipt | undefined {
  const address = text.trim();
  if (!URL.canParse(address)) return undefined;

  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || !host.test(url.hostname)) return undefined;

  const id = communityTab.test(url.pathname)
    ? url.searchParams.get('lb')
    : /^\/post\/([^/]+)\/?$/.exec(url.pathname)?.[1];
  if (!id || !postId.test(id)) return undefined;
  return { remoteId: id, url: `https://www.youtube.com/post/${id}` };
}
