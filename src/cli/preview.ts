import { suggestKnown } from '../core/nearest.ts';
import { formatProblem } from '../core/problem.ts';
import { type Call, CallError, EXIT } from './call.ts';
import { composePosts, displayNameOf } from './compose-posts.ts';
import { createInk } from './ink.ts';
import { printWarnings, readConfig } from './open.ts';
import { linesOfPreview, previewAsJson } from './preview-text.ts';
import { printJson, printLines, printNotes } from './print.ts';
import { openCalendar } from './say-time.ts';

/** `carillon preview [ENTRY]` */
export async function run(call: Call): Promise<number> {
  const { io } = call;
  if (call.has('html')) {
    throw new CallError(
      'The preview as a page comes in a later version of Carillon: run it without --html.',
    );
  }
  const { config, warnings } = await readConfig(call);
  const [wanted] = call.args;
  const ids = config.entries.map(({ id }) => id);
  if (wanted !== undefined && !ids.includes(wanted)) {
    throw new CallError(`The config has no entry "${wanted}".${suggestKnown(wanted, ids)}`);
  }
  printWarnings(call, warnings);
  const composed = await composePosts(
    {
      ...config,
      entries: config.entries.filter(({ id }) => wanted === undefined || id === wanted),
    },
    call,
  );
  // Warnings stand with their posts.
  const errors = composed.problems.filter(({ severity }) => severity === 'error');
  if (call.has('json')) {
    printJson(io, composed.intents.map(previewAsJson));
  } else {
    const calendar = openCalendar(config.timezone);
    const ink = createInk(io.hasColors);
    const setting = { calendar, ink, width: io.columns, displayNameOf };
    printLines(
      io,
      composed.intents.flatMap((intent) => [...linesOfPreview(intent, setting), '']),
    );
    if (composed.intents.length === 0) printLines(io, ['The config has no publications.']);
  }
  printNotes(io, errors.map(formatProblem));
  return errors.length > 0 ? EXIT.wrongCall : EXIT.done;
}
