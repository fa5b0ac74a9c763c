import type { StoryEvent } from '../core/publication.ts';
import { factsOf } from '../telling/facts.ts';
import { contextOf, type Shown } from '../telling/shown.ts';
import { type StoryContext, sayEvent } from '../telling/story-text.ts';
import { whatIsNext } from '../telling/what-is-next.ts';
import { wrap } from './layout.ts';
import { frameText, linesBesideText } from './preview-text.ts';
import type { StatusSetting } from './status-text.ts';

/** The whole story of a publication, for people. */
export function linesOfShow(shown: Shown, setting: StatusSetting): readonly string[] {
  const { publication, networkName } = shown;
  const { calendar, ink, width } = setting;
  const { state } = publication;
  const head = [
    `${ink.bold(publication.publication)} · ${networkName} · ${state}`,
    ...(publication.receipt ? [publication.receipt.url] : []),
    ...factsOf(shown, calendar).flatMap((fact) => wrap(fact, width)),
  ];
  const context = contextOf(shown, calendar);
  return [
    ...head,
    '',
    ...linesOfPost(shown, setting),
    '',
    ink.bold('Story'),
    ...linesOfStory(shown.story, context, width),
    '',
    ink.bold('Next'),
    ...whatIsNext(shown, calendar).flatMap((sentence) => wrap(sentence, width, '  ')),
  ];
}

const FROM_JOURNAL = 'Its text is not known: it was rebuilt from a worker’s journal.';
const IN_ARCHIVE = 'Its text stands in the archive.';

function linesOfPost({ post, archive }: Shown, setting: StatusSetting): readonly string[] {
  if (post === undefined) return [archive ? IN_ARCHIVE : FROM_JOURNAL];
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
