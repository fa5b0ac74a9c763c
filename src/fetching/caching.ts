import type { Answer } from './exchange.ts';

/** Headers of an answer by which a server knows its version again. */
export interface KnownVersion {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface Caching {
  /** True if the server says that it is still the version that it was told is known. */
  readonly isUnmodified: boolean;
  /** What tells this version from another. */
  readonly version: KnownVersion;
  /** How long it may be kept without asking again, in milliseconds, if the server says so. */
  readonly maxAgeMs: number | undefined;
}

/** What an answer says of its version, and of how long it is good. */
export function readCaching({ status, headers }: Pick<Answer, 'status' | 'headers'>): Caching {
  const { etag, 'last-modified': lastModified, 'cache-control': control = '' } = headers;
  const seconds = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(control)?.[1];
  return {
    isUnmodified: status === 304,
    version: {
      ...(isSendable(etag) && { etag }),
      ...(isSendable(lastModified) && { lastModified }),
    },
    maxAgeMs: seconds === undefined ? undefined : Number(seconds) * 1000,
  };
}

/** Milliseconds of a `Retry-After`, which is seconds or a date. */
export function readRetryAfter(written: string | undefined, now: number): number | undefined {
  const text = written?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** Sent back as it came: only what a header may hold. */
function isSendable(value: string | undefined): value is string {
  return value !== undefined && /^[\x20-\x7e]{1,500}$/.test(value);
}
