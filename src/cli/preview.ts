import path from 'node:path';
import type { Config, Entry, Feed } from '../core/config.ts';
import { suggestKnown } from '../core/nearest.ts';
import { formatProblem, type Problem } from '../core/problem.ts';
import { openCalendar } from '../core/say-time.ts';
import { count } from '../core/words.ts';
import { displayNameOf } from '../telling/network-name.ts';
import { type Call, CallError, EXIT } from './call.ts';
import { type Composed, composePosts } from './compose-posts.ts';
import { createInk } from './ink.ts';
import { printWarnings, readConfig } from './open.ts';
import { linesOfPreview, previewAsJson } from './preview-text.ts';
import { printJson, printLines, printNotes } from './print.ts';

/** `carillon preview [ENTRY]` */
export async function run(call: Call): Promise<number> {
  const { io } = call;
  const page = call.valueOf('html');
  if (page !== undefined && call.has('json')) {
    throw new CallError('Name one of --html and --json: a preview has one form.');
  }
  if (page === undefined && call.has('online')) {
    throw new CallError(
      'Add --html FILE: only the page shows the cards of links. "carillon check --online" says what is wrong with them.',
    );
  }
  const { config, warnings } = await readConfig(call);
  const [wanted] = call.args;
  const entries = config.entries.filter(({ id }) => wanted === undefined || id === wanted);
  const feed = config.feeds.find(({ id }) => id === wanted);
  if (wanted !== undefined && entries.length === 0 && feed === undefined) {
    const known = [...config.entries, ...config.feeds].map(({ id }) => id);
    throw new CallError(`The config has no entry "${wanted}".${suggestKnown(wanted, known)}`);
  }
  printWarnings(call, warnings);
  const shown = { ...config, entries: feed ? await readFeedEntries(call, config, feed) : entries };
  const all = await composePosts(shown, call);
  const composed = { ...all, intents: withoutRepeats(all.intents) };
  // Warnings stand with their posts.
  const errors = composed.problems.filter(({ severity }) => severity === 'error');
  if (page !== undefined) {
    await writePage(call, page, { config: shown, composed, warnings });
  } else if (call.has('json')) {
    printJson(io, composed.intents.map(previewAsJson));
  } else {
    printPosts(call, config.timezone, composed);
  }
  printNotes(io, errors.map(formatProblem));
  return errors.length > 0 ? EXIT.wrongCall : EXIT.done;
}

/** Of a recurring entry each of its posts is shown once, at the first time that it comes. */
function withoutRepeats(intents: Composed['intents']): Composed['intents'] {
  const first = new Map<string, Composed['intents'][number]>();
  for (const intent of intents) {
    const key = `${intent.entry} ${intent.account} ${intent.wish.turn}`;
    if (!first.has(key)) first.set(key, intent);
  }
  return [...first.values()];
}

/** The newest articles of a feed, read now. Loaded on demand, as entries need none of it. */
async function readFeedEntries(call: Call, config: Config, feed: Feed): Promise<readonly Entry[]> {
  const { readNewestEntries } = await import('./newest-of-feed.ts');
  return readNewestEntries(call, config, feed);
}

function printPosts({ io }: Call, timezone: string, { intents }: Composed): void {
  const calendar = openCalendar(timezone);
  const ink = createInk(io.hasColors);
  const setting = { calendar, ink, width: io.columns, displayNameOf };
  printLines(
    io,
    intents.flatMap((intent) => [...linesOfPreview(intent, setting), '']),
  );
  if (intents.length === 0) printLines(io, ['The config has no publications.']);
}

interface Previewed {
  /** With the entries that are shown. */
  readonly config: Config;
  readonly composed: Composed;
  readonly warnings: readonly Problem[];
}

async function writePage(
  call: Call,
  file: string,
  { config, composed, warnings }: Previewed,
): Promise<void> {
  // Loaded here, as the terminal's preview needs neither images nor the web.
  const [{ renderPageOf }, { followLinks, openPreflightOf }, { writeWholeFile }] =
    await Promise.all([
      import('./preview-html.ts'),
      import('./follow-links.ts'),
      import('./write-whole-file.ts'),
    ]);
  const preflight = call.has('online') ? openPreflightOf(config) : undefined;
  const followed = preflight ? await followLinks(config, composed.intents, preflight) : [];
  const html = await renderPageOf({
    config,
    file: path.relative(call.io.cwd ?? process.cwd(), config.file),
    composed,
    problems: [...warnings, ...composed.problems, ...followed],
    calendar: openCalendar(config.timezone),
    now: Date.now(),
    preflight,
  });
  await writeWholeFile(file, html, call.io.cwd);
  const shown = count(composed.intents.length, 'publication');
  printLines(call.io, [`${file} shows ${shown}. Open it in a browser.`]);
}
