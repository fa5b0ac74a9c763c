import { sayMoney } from '../core/money.ts';
import type { Publication } from '../core/publication.ts';
import type { Calendar } from '../core/say-time.ts';
import type { Shown } from './shown.ts';

/** What is to know of a publication beside its text and its story: times, people, money, where it comes from. */
export function factsOf(shown: Shown, calendar: Calendar): readonly string[] {
  const { due, publishBy } = shown.publication;
  return [
    `Due ${calendar.exact(due)}, at the latest ${calendar.short(publishBy)}.`,
    sayByWhom(shown.publication, calendar),
    sayCosts(shown),
    sayOrigin(shown, calendar),
    sayArchive(shown),
  ].filter((fact) => fact !== '');
}

/** That it is archived, and where the rest of it is if not here. */
function sayArchive({ archive }: Shown): string {
  if (archive === undefined) return '';
  const { isArchived, isHere, host, months, broken } = archive;
  const files = months.map((month) => `${month}.jsonl`).join(' and ');
  const what = isArchived ? 'It is archived' : 'The first part of its story is archived';
  if (isHere) return `${what}, in ${files} of ${host}.`;
  const beside =
    broken.length === 0
      ? ''
      : ` A line cannot be read: ${broken.join(', ')}. A copy of the file may have it.`;
  return `${what}: its text and what happened to it stand in ${files}, in the archive of ${host}, and not on this host. That it is never sent again is known here too.${beside}`;
}

/** Who has approved or moved it, if anybody has. */
function sayByWhom({ approval, moved }: Publication, calendar: Calendar): string {
  const { given, isWaiting } = approval ?? {};
  const approved =
    given === undefined || isWaiting
      ? ''
      : `Approved by ${given.by} on ${calendar.short(given.at)}.`;
  return [approved, moved === undefined ? '' : `Moved by ${moved.by}.`].join(' ').trim();
}

/** What it has cost, and what it still costs by the prices of the config. */
function sayCosts({ publication, toCome, sandbox = false }: Shown): string {
  const { spent } = publication;
  const would = sandbox ? ' outside the sandbox' : '';
  return [
    ...(spent === undefined
      ? []
      : [
          `It ${sandbox ? 'would have' : 'has'} cost ${sayMoney(spent.amount, spent.currency)}${would}.`,
        ]),
    ...(toCome === undefined || toCome.amount === 0
      ? []
      : [
          `It ${sandbox ? 'would cost' : 'will cost'} ${sayMoney(toCome.amount, toCome.currency)}${would}.`,
        ]),
  ].join(' ');
}

function sayOrigin({ origin }: Shown, calendar: Calendar): string {
  if (origin === undefined) return '';
  const { title, link, firstSeen } = origin.known;
  const where = link === undefined ? '' : ` ${link}`;
  return `From the feed ${origin.feed}, first seen there ${calendar.short(firstSeen)}: ${title}${where}`;
}
