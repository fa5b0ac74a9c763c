import type { Place, Problem } from '../core/problem.ts';

/** An article as its file or the config holds it, cleaned but with its image not yet looked at. */
export interface WrittenArticle {
  readonly title: string;
  readonly text: string;
  readonly summary?: string | undefined;
  readonly link?: string | undefined;
  readonly image?:
    | { readonly file: string; readonly alt: string; readonly place: Place }
    | undefined;
  readonly tags: readonly string[];
  readonly language?: string | undefined;
  readonly direction?: 'ltr' | 'rtl' | undefined;
  readonly author?: string | undefined;
  readonly siteName?: string | undefined;
  readonly isFromPage?: boolean;
  readonly published?: { readonly text: string; readonly place: Place } | undefined;
}

/** The article is missing if it cannot be used at all. */
export interface WrittenReading {
  readonly written?: WrittenArticle;
  readonly problems: readonly Problem[];
}
