import type { App } from '../app.ts';
import type { Publication } from '../core/publication.ts';
import { type Calendar, openCalendar } from '../core/say-time.ts';
import { count } from '../core/words.ts';
import type { Done } from '../deeds/done.ts';
import { askYesOrNo, isTerminal } from './ask.ts';
import { type Call, CallError, EXIT } from './call.ts';
import type { Chosen } from './choose-publications.ts';
import { createInk } from './ink.ts';
import { columnWidth, twoColumns } from './layout.ts';
import { printJson, printLines, printNotes } from './print.ts';

/** Something that is done to publications, one after the other. */
export interface Deed {
  /** What is asked before, such as `Cancel`. */
  readonly asks: string;
  /** True if it is also shown and asked before it is done to a single one that was named. */
  readonly isAlwaysAsked?: boolean;
  /** Shows one before; without it its name, time and state. */
  show?(publication: Publication): Promise<readonly string[]>;
  do(publication: Publication): Promise<Done>;
}

/**
 * Shows what will be done, asks, and does it to each. Answers the exit status: 0 if all was done, 1 if any was
 * refused or nobody agreed. @throws {CallError} if there is something to ask and nobody to answer
 */
export async function carryOut(
  call: Call,
  app: App,
  { publications, isOne }: Chosen,
  deed: Deed,
): Promise<number> {
  const { io } = call;
  const say = call.has('json') ? io.err : io.out;
  if (publications.length === 0) {
    if (call.has('json')) printJson(io, []);
    else printLines(io, ['No publication is chosen by that: nothing is to do.']);
    return EXIT.done;
  }
  if (!isOne || deed.isAlwaysAsked) {
    refuseToGuess(call);
    const lines = await linesOf(publications, deed, call, openCalendar(app.config.timezone));
    printLines({ ...io, out: say }, lines);
    if (!(await agrees(call, deed, publications.length, say))) {
      printNotes(io, ['Nothing is changed.']);
      return EXIT.failed;
    }
  }
  const results: Result[] = [];
  for (const publication of publications) {
    results.push({ publication, ...(await deed.do(publication)) });
  }
  await tell(call, app, results, isOne);
  return results.every(({ isDone }) => isDone) ? EXIT.done : EXIT.failed;
}

interface Result extends Done {
  readonly publication: Publication;
}

/** Before anything is shown: a script that waits for ever helps nobody. */
function refuseToGuess({ io, has }: Call): void {
  if (has('yes') || isTerminal(io)) return;
  throw new CallError(
    'There is no terminal on which you could agree. Look at it first, and add --yes to do it without being asked.',
  );
}

async function linesOf(
  publications: readonly Publication[],
  { show }: Deed,
  { io }: Call,
  calendar: Calendar,
): Promise<readonly string[]> {
  if (show !== undefined) {
    const shown = await Promise.all(publications.map(show));
    return shown.flatMap((lines) => [...lines, '']);
  }
  const { dim } = createInk(io.hasColors);
  const left = ({ publication }: Publication) => `  ${publication}`;
  const width = io.columns;
  const leftWidth = columnWidth(publications.map(left), width - 34);
  return publications.flatMap((one) =>
    twoColumns(left(one), `${calendar.short(one.due)}  ${dim(one.state)}`, {
      leftWidth,
      width,
      indent: '    ',
    }),
  );
}

async function agrees(
  { io, has }: Call,
  { asks }: Deed,
  many: number,
  say: (text: string) => void,
): Promise<boolean> {
  if (has('yes')) return true;
  const which = many === 1 ? 'it' : `these ${count(many, 'publication')}`;
  return askYesOrNo(io, `${asks} ${which}?`, say);
}

async function tell(
  { io, has }: Call,
  { ledger }: App,
  results: readonly Result[],
  isOne: boolean,
): Promise<void> {
  if (has('json')) {
    const names = results.map(({ publication }) => publication.publication);
    const records = await ledger.getMany(names);
    const rows = results.map(({ isDone, says }, i) => ({
      publication: names[i],
      done: isDone,
      state: records[i]?.state ?? null,
      ...(!isDone && { reason: says }),
    }));
    printJson(io, rows);
    return;
  }
  printLines(
    io,
    results.filter(({ isDone }) => isDone).map(({ says }) => says),
  );
  const refused = results.filter(({ isDone }) => !isDone);
  printNotes(
    io,
    refused.map(({ says }) => says),
  );
  if (isOne || refused.length === 0) return;
  const done = results.length - refused.length;
  printNotes(io, [
    `${done} of ${count(results.length, 'publication')} done, ${refused.length} not.`,
  ]);
}
