/** What one network shows of an article: exactly what every attempt sends. */
export interface Post {
  readonly network: string;
  readonly text: string;
  /** The texts of the posts that follow the first as replies to it, in order. */
  readonly thread?: readonly string[];
  /** The link that the network shows as a card. Where it also stands in `text`, it is not repeated. */
  readonly link?: string;
  readonly media: readonly Media[];
  /** BCP 47 language of the text. */
  readonly language?: string;
  /** What the network is told to say of it; missing: nothing. Only what the network has. */
  readonly labels?: PostLabels;
}

/** What a post says of itself beside its words, and whom it lets answer. */
export interface PostLabels {
  /** Its images were made with AI. */
  readonly madeWithAi?: true;
  /** Somebody pays for it. */
  readonly paidPartnership?: true;
  /** Who may reply, if not everyone. */
  readonly replies?: Repliers;
}

export const REPLIERS = ['following', 'mentioned', 'subscribers', 'verified'] as const;
export type Repliers = (typeof REPLIERS)[number];

/** An image of a post. Its bytes are kept by their hash, so that any worker on any machine has them. */
export interface Media {
  /** SHA-256 of the bytes that are sent, in hex. */
  readonly hash: string;
  /** SHA-256 of the image as its author gave it, where other bytes are sent. */
  readonly source?: string;
  readonly type: ImageType;
  /** Size in bytes. */
  readonly size: number;
  readonly alt: string;
  /** The file's name, for people. */
  readonly file: string;
  /** In pixels. */
  readonly width?: number;
  readonly height?: number;
}

export type ImageType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';

/** Length of a text as its network counts it. */
export interface Length {
  readonly used: number;
  readonly limit: number;
}

/** The network's word that a post is up. */
export interface Receipt {
  readonly remoteId: string;
  readonly url: string;
}

/** The texts of a post in the order in which they are published: one, or the parts of a thread. */
export function partsOf(post: Post): readonly string[] {
  return [post.text, ...(post.thread ?? [])];
}
