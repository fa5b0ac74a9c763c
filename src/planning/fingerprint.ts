import { createHash } from 'node:crypto';
import type { Post } from '../core/post.ts';

/** Says whether two posts would send the same: a hash of everything that followers see. */
export function fingerprintOf(post: Post): string {
  const seen = [
    post.network,
    post.text,
    post.thread ?? [],
    post.link ?? '',
    post.media.map(({ hash, alt }) => [hash, alt]),
  ];
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex').slice(0, 32);
}
