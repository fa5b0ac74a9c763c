import { type Cost, formatAmount } from '../core/money.ts';
import type { Post } from '../core/post.ts';
import type { Publication } from '../core/publication.ts';
import { type Calendar, isoTime } from '../core/say-time.ts';
import { contextOf, type Shown } from './shown.ts';
import { sayEvent } from './story-text.ts';
import { whatIsNext } from './what-is-next.ts';

/** A publication for programs. */
export function publicationAsJson(publication: Publication): object {
  const { publishedAt, receipt, error } = publication;
  return {
    publication: publication.publication,
    entry: publication.entry,
    account: publication.account,
    network: publication.network,
    state: publication.state,
    due: isoTime(publication.due),
    publishedAt: publishedAt === undefined ? null : isoTime(publishedAt),
    remoteId: receipt?.remoteId ?? null,
    url: receipt?.url ?? null,
    attempts: publication.attempts,
    error: error === undefined ? null : pick(error),
    ...(publication.sight && { sight: publication.sight }),
    ...(publication.spent && { spent: costAsJson(publication.spent) }),
  };
}

function pick({ code, message, advice }: NonNullable<Publication['error']>): object {
  return { code, message, advice };
}

/** The whole story of a publication, for programs. */
export function showAsJson(shown: Shown, calendar: Calendar): object {
  const { publication, post, story } = shown;
  const { publishBy, nextAt, evidence, cancelledBy } = publication;
  const context = contextOf(shown, calendar);
  return {
    ...publicationAsJson(publication),
    publishBy: isoTime(publishBy),
    nextAt: nextAt === undefined ? null : isoTime(nextAt),
    evidence: evidence ?? null,
    cancelledBy: cancelledBy ?? null,
    composerUrl: shown.composerUrl ?? null,
    ...(shown.archive && { archive: shown.archive }),
    origin: shown.origin === undefined ? null : originAsJson(shown.origin),
    post: post === undefined ? null : postAsJson(post),
    story: story.map((event) => ({
      at: isoTime(event.at),
      kind: event.kind,
      detail: event.detail,
      sentence: sayEvent(event, context),
    })),
    next: whatIsNext(shown, calendar).join(' '),
  };
}

function originAsJson({ feed, known }: NonNullable<Shown['origin']>): object {
  const { title, link, firstSeen } = known;
  return { feed, title, link: link ?? null, firstSeen: isoTime(firstSeen) };
}

function postAsJson({ text, thread, link, media, labels }: Post): object {
  return {
    text,
    ...(thread && { thread }),
    link: link ?? null,
    media: media.map(({ file, alt }) => ({ file, alt })),
    ...(labels && { labels }),
  };
}

/** The amount is a decimal text, so that it is exact. */
export function costAsJson({ amount, currency }: Cost): object {
  return { amount: formatAmount(amount), currency };
}
