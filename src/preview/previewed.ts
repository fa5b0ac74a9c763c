import type { Length, Post } from '../core/post.ts';
import type { Problem } from '../core/problem.ts';

/** Everything that the page of a preview shows: plain data, every time already put into words. */
export interface PreviewedConfig {
  /** The config file, as the user named it. */
  readonly file: string;
  readonly timezone: string;
  /** When the page was made. */
  readonly madeAt: PreviewedTime;
  readonly isSandbox: boolean;
  readonly posts: readonly PreviewedPost[];
  /** What is wrong with an entry, whatever its account. */
  readonly problemsOfEntries: ReadonlyMap<string, readonly Problem[]>;
  /** What is wrong beside the entries. */
  readonly problems: readonly Problem[];
  /** Images by hash, as `data:` addresses. What is missing could not be read. */
  readonly images: ReadonlyMap<string, string>;
}

export interface PreviewedTime {
  /** ISO 8601, in UTC. */
  readonly instant: string;
  /** `Tue 24 Nov 2026` */
  readonly day: string;
  /** `Tue 24 Nov 2026 09:00 (Europe/Paris, 08:00 UTC)` */
  readonly words: string;
}

export interface PreviewedPost {
  readonly publication: string;
  readonly entry: string;
  readonly account: PreviewedAccount;
  readonly post: Post;
  /** One for each text of the post, in order. */
  readonly lengths: readonly Length[];
  /** Undefined: at the first apply. */
  readonly due: PreviewedTime | undefined;
  readonly card: LinkCard | undefined;
  readonly problems: readonly Problem[];
}

export interface PreviewedAccount {
  readonly name: string;
  readonly network: string;
  readonly networkName: string;
  /** What followers see in bold: the name of the Page, where the config says it. */
  readonly shownName: string;
  /** `@newsroom`, where the config says it. */
  readonly handle: string | undefined;
  readonly isAssisted: boolean;
}

/** What a network shows of a link. */
export interface LinkCard {
  readonly link: string;
  readonly domain: string;
  /** `unknown`: nobody has looked at the page. */
  readonly shape: 'large' | 'small' | 'none' | 'unknown';
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  /** A `data:` address. */
  readonly image?: string | undefined;
  /** What is not known of it, in a sentence. */
  readonly note?: string | undefined;
}
