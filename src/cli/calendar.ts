import { type CalendarEvent, readCalendar } from '../calendar/calendar-event.ts';
import { writeIcs } from '../calendar/write-ics.ts';
import type { Config } from '../core/config.ts';
import type { Post } from '../core/post.ts';
import { ConfigError, formatProblem } from '../core/problem.ts';
import { isoTime, openCalendar } from '../core/say-time.ts';
import { count } from '../core/words.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { displayNameOf } from '../telling/network-name.ts';
import { linesOfAgenda } from './agenda-text.ts';
import { type Call, EXIT } from './call.ts';
import { composePosts } from './compose-posts.ts';
import { createInk } from './ink.ts';
import { readLedgerIfThere } from './ledger-if-there.ts';
import { printWarnings, readConfig } from './open.ts';
import { printJson, printLines, printNotes } from './print.ts';
import { writeWholeFile } from './write-whole-file.ts';

/** `carillon calendar` */
export async function run(call: Call): Promise<number> {
  const { io } = call;
  const { config, warnings } = await readConfig(call);
  printWarnings(call, warnings);
  const { events, undated } = await collect(call, config);
  if (undated > 0) {
    printNotes(io, [
      `${count(undated, 'publication')} with "at: now" ${undated === 1 ? 'has' : 'have'} no time before the first apply: left out.`,
    ]);
  }

  const file = call.valueOf('ics');
  if (file !== undefined) {
    const text = writeIcs(events, { now: Date.now(), displayNameOf });
    if (file === '-') io.out(text);
    else {
      await writeWholeFile(file, text, io.cwd);
      printLines(io, [`${file} is written: ${count(events.length, 'event')}.`]);
    }
  } else if (call.has('json')) {
    printJson(io, events.map(eventAsJson));
  } else {
    const calendar = openCalendar(config.timezone);
    const setting = { calendar, ink: createInk(io.hasColors), width: io.columns, displayNameOf };
    printLines(io, linesOfAgenda(events, setting));
  }
  return EXIT.done;
}

async function collect(call: Call, config: Config) {
  const found = await readLedgerIfThere(call, config, readRecords);
  const { records, posts } = found ?? { records: [], posts: new Map<string, Post>() };
  const { intents, problems } = await composePosts(config, call, records);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new ConfigError(problems);
  printNotes(call.io, problems.map(formatProblem));
  return readCalendar({ intents, records, posts });
}

async function readRecords(ledger: Ledger) {
  const records = await ledger.list();
  return { records, posts: await ledger.posts(records.map(({ publication }) => publication)) };
}

function eventAsJson({
  publication,
  entry,
  account,
  network,
  at,
  state,
  post,
  url,
}: CalendarEvent) {
  return {
    publication,
    entry,
    account,
    network,
    state,
    at: isoTime(at),
    text: post.text,
    ...(post.thread && { thread: post.thread }),
    url: url ?? null,
  };
}
