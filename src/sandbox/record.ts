import type { NetworkName } from './call.ts';

/** A post as a network keeps it. */
export interface StoredPost {
  readonly network: NetworkName;
  readonly account: string;
  /** Whose feed it is in: a user, Page or channel id. */
  readonly owner: string;
  readonly id: string;
  readonly text: string;
  readonly link: string | null;
  /** The title on the link's card, where the network was told one. */
  readonly title?: string;
  readonly media: readonly PostMedia[];
  readonly createdAt: number;
  /** When followers could first see it, or will; null while it is unpublished. */
  readonly visibleAt: number | null;
  readonly deletedAt?: number;
  /** When its text was last changed. */
  readonly editedAt?: number;
  readonly replyTo?: string;
  /** What X was told of it besides, by the names of its API. */
  readonly labels?: PostLabels;
  /** What the network remembers to tell the same words said twice. */
  readonly said?: string;
}

export interface PostLabels {
  readonly made_with_ai?: boolean;
  readonly paid_partnership?: boolean;
  readonly reply_settings?: string;
}

/** An image as it hangs on a post. */
export interface PostMedia {
  readonly type: string;
  readonly alt: string;
  readonly bytes: number;
  /** Null where the network was given an address only: the sandbox fetches nothing. */
  readonly sha256: string | null;
  /** The upload that it came from. */
  readonly id: string;
  readonly url?: string;
}

/** An image that was uploaded and may be hung on a post. */
export interface Upload extends PostMedia {
  readonly network: NetworkName;
  readonly account: string;
  readonly owner: string;
  readonly width: number;
  readonly height: number;
  readonly caption: string;
  readonly createdAt: number;
}

/** One line of the journal. The state is what all lines in order make of nothing. */
export type StoredEvent =
  | { readonly event: 'posted'; readonly post: StoredPost; readonly serial: string }
  | {
      readonly event: 'shown' | 'deleted';
      readonly network: NetworkName;
      readonly id: string;
      readonly at: number;
    }
  | {
      readonly event: 'edited';
      readonly network: NetworkName;
      readonly id: string;
      readonly text: string;
      /** Absent in journals of earlier versions. */
      readonly at?: number;
    }
  | { readonly event: 'uploaded'; readonly upload: Upload; readonly serial: string }
  | {
      readonly event: 'described';
      readonly network: NetworkName;
      readonly id: string;
      readonly alt: string;
    }
  | { readonly event: 'discarded'; readonly network: NetworkName; readonly id: string }
  | {
      readonly event: 'claimed';
      readonly network: NetworkName;
      readonly owner: string;
      readonly account: string;
    }
  | { readonly event: 'spent'; readonly token: string };

export function keyOf(network: NetworkName, id: string): string {
  return `${network} ${id}`;
}
