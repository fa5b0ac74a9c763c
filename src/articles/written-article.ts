import type { Place, Problem } from '../core/problem.ts';

/** An article as its file or the config holds it, cleaned but with its images not yet looked at. */
export interface WrittenArticle {
  readonly title: string;
  readonly text: string;
  readonly summary?: string | undefined;
  readonly link?: string | undefined;
  readonly image?: WrittenImage | undefined;
  /** Those that follow the first. */
  readonly images?: readonly WrittenImage[] | undefined;
  readonly tags: readonly string[];
  readonly language?: string | undefined;
  readonly direction?: 'ltr' | 'rtl' | undefined;
  readonly author?: string | undefined;
  readonly siteName?: string | undefined;
  readonly isFromPage?: boolean;
  readonly published?: { readonly text: string; readonly place: Place } | undefined;
}

export interface WrittenImage {
  /** The name of its file, or its address. */
  readonly file: string;
  readonly alt: string;
  readonly place: Place;
  /** True if the article goes out without it where it cannot be had. */
  readonly isOptional?: boolean;
}

/** The article is missing if it cannot be used at all. */
export interface WrittenReading {
  readonly written?: WrittenArticle;
  readonly problems: readonly Problem[];
}
