import type { Post } from '../core/post.ts';
import type { Publication } from '../core/publication.ts';
import type { RemotePost, Session } from '../networks/network.ts';

export type LiveVerdict = 'liveOnce' | 'missing' | 'twice' | 'unknown';

/** What the accounts show of what the ledger says. */
export interface Verification extends Readonly<Record<LiveVerdict, number>> {
  readonly intended: number;
  readonly publications: readonly VerifiedPublication[];
}

export interface VerifiedPublication {
  readonly publication: string;
  readonly verdict: LiveVerdict;
  /** Where it was seen. */
  readonly urls: readonly string[];
}

export interface ToVerify {
  readonly publication: Publication;
  /** Unknown for a record that was rebuilt from a worker's journal. */
  readonly post: Post | undefined;
}

/** An account as it was read back. */
export interface AccountReading {
  readonly posts: readonly RemotePost[];
  /** The publication that each post belongs to, by the network's id, as far as the ledger knows. */
  readonly owners: ReadonlyMap<string, string>;
  readonly matches: Session['matches'];
}

/** The network's clock may be behind that of Redis by so much. */
const SKEW_MS = 10 * 60_000;
/** A person may confirm a post that is older than its publication. */
const CONFIRMED_EARLIER_MS = 7 * 86_400_000;

/** From when on an account has to be read to see these publications; undefined if there are none. */
export function readFrom(publications: readonly Publication[]): number | undefined {
  if (publications.length === 0) return undefined;
  return publications.map(earliestOf).reduce((a, b) => Math.min(a, b));
}

/**
 * Compares the ledger with the accounts. A post is known by its id first; one that no publication owns counts
 * for the publication that it matches. A thread is judged by its first post. What is unconfirmed, or stands on an
 * account without a reading, stays unknown.
 */
export function verifyPublications(
  toVerify: readonly ToVerify[],
  readings: ReadonlyMap<string, AccountReading | undefined>,
): Verification {
  const seen = new Map<string, string[]>();
  for (const [account, reading] of readings) {
    const mine = toVerify.filter(({ publication }) => publication.account === account);
    if (reading !== undefined) seeAccount(mine, reading, seen);
  }
  const publications = toVerify.map(({ publication }): VerifiedPublication => {
    const urls = seen.get(publication.publication) ?? [];
    const isReadable = readings.get(publication.account) !== undefined;
    // While it is being taken back, it may be there or not.
    const isUnwanted = publication.retraction !== undefined;
    const isJudged = publication.state === 'published' && isReadable && !isUnwanted;
    const verdict = isJudged ? judge(urls.length) : 'unknown';
    return { publication: publication.publication, verdict, urls };
  });
  const sum = (wanted: LiveVerdict) =>
    publications.filter(({ verdict }) => verdict === wanted).length;
  return {
    intended: publications.length,
    liveOnce: sum('liveOnce'),
    missing: sum('missing'),
    twice: sum('twice'),
    unknown: sum('unknown'),
    publications,
  };
}

function judge(live: number): LiveVerdict {
  if (live === 0) return 'missing';
  return live === 1 ? 'liveOnce' : 'twice';
}

/** Gives every post of an account to the publication that it shows, if any. */
function seeAccount(
  mine: readonly ToVerify[],
  { posts, owners, matches }: AccountReading,
  seen: Map<string, string[]>,
): void {
  const byName = new Map(mine.map((one) => [one.publication.publication, one]));
  const see = ({ publication: { publication, receipt } }: ToVerify, remote: RemotePost) => {
    // One address for a post, though networks have several.
    const { url } = remote.remoteId === receipt?.remoteId ? receipt : remote;
    seen.set(publication, [...(seen.get(publication) ?? []), url]);
  };
  const isFirst = ({ post }: ToVerify, remote: RemotePost) =>
    post !== undefined && matches(post, 0, remote);

  const strays: RemotePost[] = [];
  for (const remote of posts) {
    const owner = owners.get(remote.remoteId);
    const one = owner === undefined ? undefined : byName.get(owner);
    if (owner === undefined) strays.push(remote);
    // The other posts that a publication owns are parts of its thread, or a recorded duplicate.
    else if (one && (remote.remoteId === idOf(one) || isFirst(one, remote))) see(one, remote);
  }

  const countOf = (one: ToVerify) => seen.get(one.publication.publication)?.length ?? 0;
  for (const remote of strays) {
    const shown = mine.filter(
      (one) => remote.createdAt.getTime() >= earliestOf(one.publication) && isFirst(one, remote),
    );
    // Several publications may say the same: first those of which nothing was seen, then the nearest in time.
    const [best] = shown.sort(
      (a, b) => countOf(a) - countOf(b) || distance(a, remote) - distance(b, remote),
    );
    if (best !== undefined) see(best, remote);
  }
}

function idOf({ publication }: ToVerify): string | undefined {
  return publication.receipt?.remoteId;
}

/** Nothing older can be the post of this publication. */
function earliestOf({ due, publishedAt = due, evidence }: Publication): number {
  const earliest = Math.min(due, publishedAt) - SKEW_MS;
  return evidence?.startsWith('confirmed') ? earliest - CONFIRMED_EARLIER_MS : earliest;
}

function distance({ publication }: ToVerify, remote: RemotePost): number {
  return Math.abs(remote.createdAt.getTime() - (publication.publishedAt ?? publication.due));
}
