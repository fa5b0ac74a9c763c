import type { Place } from './problem.ts';

/** What there is to post about, whatever it was read from. */
export interface Article {
  readonly title: string;
  /** The running text, plain; paragraphs are separated by an empty line. May be empty. */
  readonly text: string;
  /** The author's own short version, plain text. */
  readonly summary?: string;
  /** The page that followers open. */
  readonly link?: string;
  readonly images: readonly ArticleImage[];
  /** Subjects as people write them, without `#`. */
  readonly tags: readonly string[];
  /** BCP 47, such as `fa` or `en-GB`. */
  readonly language?: string;
  /** The way its text is read, where its source says so. */
  readonly direction?: 'ltr' | 'rtl';
  readonly author?: string;
  /** What people call the site that it stands on. */
  readonly siteName?: string;
  /** True if it was read from a page, which says the same of itself to networks. */
  readonly isFromPage?: boolean;
  /** When the article itself came out. */
  readonly publishedAt?: Date;
}

export interface ArticleImage {
  /** Absolute path of the file. */
  readonly file: string;
  /** Said to people who cannot see the image; empty says that it is decoration. */
  readonly alt: string;
  /** Where it is named, for problems with it. */
  readonly place?: Place;
  /** True if the article goes out without it where it cannot be used: nobody has asked for it by name. */
  readonly isOptional?: boolean;
}
