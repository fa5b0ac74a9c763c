import type { NetworkName } from './call.ts';
import type { PostLabels } from './record.ts';
import type { Store } from './store.ts';
import { firstWebLink } from './web-link.ts';

/** A post as `GET /log` tells it. */
export interface LogEntry {
  readonly network: NetworkName;
  readonly account: string;
  readonly id: string;
  /** As it was sent (or last edited), without what the network makes of it. */
  readonly text: string;
  /** The link of the post's card, or else the first address in its text. */
  readonly link: string | null;
  readonly media: readonly LogMedia[];
  /** When followers could first see it. */
  readonly acceptedAt: string;
  /** Only on a post of a thread: the post that it answers. */
  readonly replyTo?: string;
  /** Only on a post of X that was given any, by the names of its API. */
  readonly labels?: PostLabels;
  /** Only on a post whose text has been changed since. */
  readonly editedAt?: string;
  /** Only on a post that has been deleted since. */
  readonly deletedAt?: string;
}

interface LogMedia {
  readonly type: string;
  readonly alt: string;
  readonly bytes: number;
  readonly sha256: string | null;
}

/** Every post that followers could ever see, in the order in which they appeared. */
export function listLog(store: Store): readonly LogEntry[] {
  return [...store.shown()].map((post) => ({
    network: post.network,
    account: post.account,
    id: post.id,
    text: post.text,
    link: post.link ?? firstWebLink(post.text),
    media: post.media.map(({ type, alt, bytes, sha256 }) => ({ type, alt, bytes, sha256 })),
    acceptedAt: new Date(post.visibleAt ?? post.createdAt).toISOString(),
    ...(post.replyTo === undefined ? {} : { replyTo: post.replyTo }),
    ...(post.labels === undefined ? {} : { labels: post.labels }),
    ...(post.editedAt === undefined ? {} : { editedAt: new Date(post.editedAt).toISOString() }),
    ...(post.deletedAt === undefined ? {} : { deletedAt: new Date(post.deletedAt).toISOString() }),
  }));
}
