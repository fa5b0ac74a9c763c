import { sayMoney } from '../core/money.ts';
import type { Post } from '../core/post.ts';
import type { Publication, StoryEvent } from '../core/publication.ts';
import type { Calendar } from '../core/say-time.ts';
import { contextOf, type Shown } from '../telling/shown.ts';
import { type StoryContext, sayEvent } from '../telling/story-text.ts';
import { whatIsNext } from '../telling/what-is-next.ts';
import { wrap } from './layout.ts';
import { frameText, linesBesideText } from './preview-text.ts';
import type { StatusSetting } from './status-text.ts';

/** The whole story of a publication, for people. */
export function linesOfShow(shown: Shown, setting: StatusSetting): readonly string[] {
  const { publication, post, networkName } = shown;
  const { calendar, ink, width } = setting;
  const { state, due, publishBy } = publication;
  const head = [
    `${ink.bold(publication.publication)} · ${networkName} · ${state}`,
    ...wrap(`Due ${calendar.exact(due)}, at the latest ${calendar.short(publishBy)}.`, width),
    ...wrap(sayByWhom(publication, calendar), width),
    ...(publication.receipt ? [publication.receipt.url] : []),
    ...wrap(sayCosts(shown), width),
    ...linesOfOrigin(shown, setting),
  ];
  const context = contextOf(shown, calendar);
  return [
    ...head,
    '',
    ...linesOfPost(post, setting),
    '',
    ink.bold('Story'),
    ...linesOfStory(shown.story, context, width),
    '',
    ink.bold('Next'),
    ...whatIsNext(shown, calendar).flatMap((sentence) => wrap(sentence, width, '  ')),
  ];
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

function linesOfOrigin({ origin }: Shown, { calendar, width }: StatusSetting): string[] {
  if (origin === undefined) return [];
  const { title, link, firstSeen } = origin.known;
  const where = link === undefined ? '' : ` ${link}`;
  return wrap(
    `From the feed ${origin.feed}, first seen there ${calendar.short(firstSeen)}: ${title}${where}`,
    width,
  );
}

function linesOfPost(post: Post | undefined, setting: StatusSetting): readonly string[] {
  if (post === undefined) return ['Its text is not known: it was rebuilt from a worker’s journal.'];
  return [...frameText(post, setting), ...linesBesideText(post, setting.width)];
}

function linesOfStory(
  story: readonly StoryEvent[],
  context: StoryContext,
  width: number,
): readonly string[] {
  return story.flatMap((event) => {
    const time = `  ${context.calendar.seconds(event.at)}  `;
    const [first = '', ...rest] = wrap(sayEvent(event, context), width, ' '.repeat(time.length));
    return [time + first.trimStart(), ...rest];
  });
}
