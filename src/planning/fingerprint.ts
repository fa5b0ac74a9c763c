import { createHash } from 'node:crypto';
import type { Post, PostLabels } from '../core/post.ts';

/**
 * Says whether two posts would send the same: a hash of everything that followers see. Images count as they were
 * given: how they are fitted may change with a version, and that makes no other post.
 */
export function fingerprintOf(post: Post): string {
  const seen = [
    post.network,
    post.text,
    post.thread ?? [],
    post.link ?? '',
    post.media.map(({ source, hash, alt }) => [source ?? hash, alt]),
    // Posts without labels count as they did before there were any.
    ...(post.labels === undefined ? [] : [toldOf(post.labels)]),
  ];
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex').slice(0, 32);
}

function toldOf({ madeWithAi, paidPartnership, replies }: PostLabels) {
  return [madeWithAi === true, paidPartnership === true, replies ?? 'everyone'];
}
