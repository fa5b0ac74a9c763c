import type { LinkCheck } from '../core/link-check.ts';
import type { Post } from '../core/post.ts';
import type { PublicationError } from '../core/publication.ts';
import type { Claim } from '../ledger/attempts.ts';
import { leaseMs, type Publishing } from './publishing.ts';

/** A link that worked so lately need not be followed again. */
const FRESH_MS = 15 * 60_000;

/**
 * With `preflight: strict`: why the post may not go out yet, as its link fails. Says nothing where a part of it
 * is up already.
 */
export async function findLinkFault(
  publication: string,
  claim: Claim,
  publishing: Publishing,
): Promise<PublicationError | undefined> {
  const { ledger, linkGate, settings, stopping } = publishing;
  if (linkGate === undefined || claim.parts.length > 0) return undefined;
  const links = linkGate.linksOf(claim.post);
  if (links.length === 0) return undefined;
  const known = await ledger.linkCheck(publication);
  const isFresh =
    known !== undefined && known.ageMs < FRESH_MS && known.links.join(' ') === links.join(' ');
  if (isFresh && !known.faults.some(({ isFailure }) => isFailure)) return undefined;

  // Well within the claim, which would be lost otherwise; a late answer is known to the next try.
  const check = await within(linkGate.check(claim.post), leaseMs(settings) / 2, stopping);
  if (check === undefined) return LATE;
  await ledger.noteLinks(publication, check);
  const failure = check.faults.find(({ isFailure }) => isFailure);
  if (failure === undefined) return undefined;
  const { code, message, advice } = failure;
  return { code, message, advice: `${advice} ${AGAIN}`.trim() };
}

/** Looks at the links of posts. */
export interface LinkGate {
  linksOf(post: Post): readonly string[];
  /** Never throws. */
  check(post: Post): Promise<LinkCheck>;
}

/** How long until the link is followed again, by the clock of Redis. */
export async function waitForLinkMs(
  publication: string,
  claim: Claim,
  { ledger }: Publishing,
): Promise<number> {
  const now = await ledger.now();
  const { publishBy = now } = (await ledger.get(publication)) ?? {};
  return nextLookMs(now - claim.due, publishBy - now);
}

/** Soon at first, then less often; the last time just before it is too late. */
export function nextLookMs(lateByMs: number, leftMs: number): number {
  const waitMs = Math.min(Math.max(lateByMs / 2, 15_000), 5 * 60_000);
  return leftMs > 2_000 ? Math.min(waitMs, leftMs - 1_000) : waitMs;
}

const AGAIN =
  'As "preflight" is strict, it waits until the link works, and is tried again by itself.';

const LATE: PublicationError = {
  code: 'preflight:unreachable',
  message: 'The link of the post did not answer in time.',
  advice: AGAIN,
};

async function within<T>(
  work: Promise<T>,
  ms: number,
  stopping: AbortSignal,
): Promise<T | undefined> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), ms);
  const end = AbortSignal.any([over.signal, stopping]);
  try {
    return await Promise.race([work, untilAborted(end)]);
  } finally {
    clearTimeout(timer);
  }
}

function untilAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
