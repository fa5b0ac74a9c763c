import type { Receipt } from '../../core/post.ts';

const host = /^(?:(?:www|mobile|m)\.)?(?:x|twitter)\.com$/;
const status =
  /^\/(?:i\/web|(\w{1,15}))\/status(?:es)?\/(\d{1,19})(?:\/(?:photo|video)\/\d|\/analytics)?\/?$/;

/** Reads the address of a post on X, or answers undefined if it is none. */
export function parseTwitterPostUrl(text: string): Receipt | undefined {
  const address = text.trim();
  if (!URL.canParse(address)) return undefined;

  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || !host.test(url.hostname)) return undefined;

  const [, user = 'i/web', id] = status.exec(url.pathname) ?? [];
  return id ? { remoteId: id, url: `https://x.com/${user}/status/${id}` } : undefined;
}
