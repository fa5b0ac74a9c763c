import { partsOf } from '../core/post.ts';
import { type Calendar, isoTime } from '../core/say-time.ts';
import { count } from '../core/words.ts';
import { allGoesWell, goesWell, type Rehearsal, type Rehearsed } from '../rehearsal/rehearsed.ts';
import { sayEvent } from '../telling/story-text.ts';
import { type AgendaSetting, linesOfAgenda } from './agenda-text.ts';
import { wrap } from './layout.ts';

const MOST_STORIES = 20;

/** What a rehearsal has shown, for people: day by day, then what does not go smoothly, the sum last. */
export function linesOfRehearsal(rehearsal: Rehearsal, setting: AgendaSetting): readonly string[] {
  const rows = rehearsal.publications.map((one) => ({ ...one, state: stateOf(one) }));
  return [...linesOfAgenda(rows, setting), ...linesOfOutcome(rehearsal, setting)];
}

/** The same without the days, for whom the page shows them. */
export function linesOfOutcome(rehearsal: Rehearsal, setting: AgendaSetting): readonly string[] {
  const { publications, strays } = rehearsal;
  const rough = publications.filter(
    ({ state, story, isDraft }) => story.length > 0 && state !== 'handoff' && !isDraft,
  );
  const more = rough.length - MOST_STORIES;
  return [
    ...rough.slice(0, MOST_STORIES).flatMap((one) => ['', ...linesOfStory(one, setting)]),
    ...(more > 0 ? ['', `And ${more} more that do not go smoothly: --json tells them all.`] : []),
    ...strays.map((stray) => `A post that no publication wants appears. ${stray}`),
    '',
    ...linesOfSum(rehearsal, setting),
  ];
}

/** What happened to a publication, in a sentence each, with its time. */
export function sentencesOf({ story, post }: Rehearsed, calendar: Calendar): readonly string[] {
  const context = { calendar, parts: partsOf(post).length };
  return story.map((event) => `${calendar.seconds(event.at)}  ${sayEvent(event, context)}`);
}

function linesOfStory(one: Rehearsed, { calendar, ink, width }: AgendaSetting): string[] {
  const name = goesWell(one) ? ink.yellow(one.publication) : ink.red(one.publication);
  const context = { calendar, parts: partsOf(one.post).length };
  const events = one.story.flatMap((event) => {
    const time = `  ${calendar.seconds(event.at)}  `;
    const indent = ' '.repeat(time.length);
    const [first = '', ...others] = wrap(sayEvent(event, context), width, indent);
    return [time + first.trimStart(), ...others];
  });
  const advice =
    goesWell(one) || one.error === undefined ? [] : wrap(one.error.advice, width, '  ');
  return [`${name} ${ink.bold(one.state)}`, ...events, ...advice];
}

function linesOfSum(rehearsal: Rehearsal, { calendar, ink }: AgendaSetting): readonly string[] {
  const { from, to, publications, entriesBefore } = rehearsal;
  const parts = [...OUTCOMES].flatMap(([state, words]) => {
    const n = publications.filter((one) => stateOf(one) === state).length;
    return n > 0 || state === 'published' ? [`${n.toLocaleString('en-US')} ${words}`] : [];
  });
  const span = `From ${calendar.short(from)} to ${calendar.short(to)}`;
  const verdict = allGoesWell(rehearsal)
    ? 'Nothing would go wrong.'
    : ink.red('Not all goes well.');
  const before =
    entriesBefore > 0
      ? [`${count(entriesBefore, 'entry', 'entries')} with an earlier time left out.`]
      : [];
  const asked = publications.filter(({ needsApproval }) => needsApproval).length;
  const approvals =
    asked > 0
      ? [`${count(asked, 'publication')} would wait for approval: taken to be given in time.`]
      : [];
  return [...before, ...approvals, `${span}: ${parts.join(', ')}. ${verdict}`];
}

/** A draft stays one, whatever the ledger makes of it. */
function stateOf({ state, isDraft }: Rehearsed): Rehearsed['state'] | 'draft' {
  return isDraft ? 'draft' : state;
}

const OUTCOMES: ReadonlyMap<ReturnType<typeof stateOf>, string> = new Map([
  ['published', 'would appear'],
  ['handoff', 'would wait for a person to post'],
  ['draft', 'would stay in draft'],
  ['failed', 'would fail'],
  ['missed', 'would be missed'],
  ['held', 'would be held'],
  ['cancelled', 'would be cancelled'],
  ['scheduled', 'would still be tried'],
  ['sending', 'would still be tried'],
  ['unconfirmed', 'would be in doubt'],
]);

/** What a rehearsal has shown, for programs. */
export function rehearsalAsJson(rehearsal: Rehearsal): object {
  const { from, to, timezone, publications, strays } = rehearsal;
  return {
    ok: allGoesWell(rehearsal),
    from: isoTime(from),
    to: isoTime(to),
    timezone,
    publications: publications.map((one) => {
      const { publication, entry, account, network, state, due, at, post, attempts, error } = one;
      const { needsApproval, isDraft } = one;
      return {
        ...{ publication, entry, account, network, state, due: isoTime(due) },
        appearsAt: state === 'published' ? isoTime(at) : null,
        text: post.text,
        ...(post.thread && { thread: post.thread }),
        link: post.link ?? null,
        attempts,
        needsApproval,
        isDraft,
        error: error ?? null,
        story: one.story.map((event) => ({ ...event, at: isoTime(event.at) })),
      };
    }),
    strays,
  };
}
