import { loadConfig } from '../../config/load.ts';
import { listenForInterruption } from '../core/interruption.ts';
import { silentLog } from '../core/log.ts';
import { openCalendar } from '../core/say-time.ts';
import { createLog } from '../logging/log.ts';
import { networkIds } from '../networks/registry.ts';
import { readSpan, type Span } from '../rehearsal/read-span.ts';
import { rehearse } from '../rehearsal/rehearse.ts';
import { allGoesWell, type Rehearsal } from '../rehearsal/rehearsed.ts';
import { type RehearsedFault, readFault } from '../rehearsal/set-faults.ts';
import { makeTemporaryDirectory } from '../rehearsal/temporary-directory.ts';
import { displayNameOf } from '../telling/network-name.ts';
import { type Call, CallError, EXIT } from './call.ts';
import { createInk } from './ink.ts';
import { loadOptions, printWarnings } from './open.ts';
import { printJson, printLines, printNotes } from './print.ts';
import { linesOfOutcome, linesOfRehearsal, rehearsalAsJson, sentencesOf } from './rehearse-text.ts';
import { writeWholeFile } from './write-whole-file.ts';

/** `carillon rehearse` */
export async function run(call: Call): Promise<number> {
  const faults = readFaults(call.valueOf('fault'));
  // Before anything temporary is there: a signal must not leave it behind.
  using interruption = listenForInterruption();
  const { signal } = interruption;
  await using directory = makeTemporaryDirectory('carillon-rehearsal-');
  try {
    const { config, warnings } = await loadForSandbox(call, directory.path);
    printWarnings(call, warnings);
    if (config.feeds.length > 0) {
      printNotes(call.io, ['Feeds are left out: nobody knows what they will bring.']);
    }
    const span = spanOf(call, config.timezone);
    const log = call.has('verbose') ? logOf(call) : silentLog;
    using progress = openProgress(call, config.timezone);
    const { follow } = progress;
    const options = { ...span, faults, log, signal, follow, directory: directory.path };
    const rehearsal = await rehearse(config, options);
    progress[Symbol.dispose]();
    await tell(call, rehearsal);
    return allGoesWell(rehearsal) ? EXIT.done : EXIT.failed;
  } catch (error) {
    if (!signal.aborted) throw error;
    call.io.err('The rehearsal was stopped. Nothing of it is left.\n');
    return EXIT.failed;
  }
}

/** As if the config said "sandbox: true"; what is kept of pages goes where the rehearsal's own things are. */
function loadForSandbox(call: Call, dataDir: string) {
  // Nothing answers there: the rehearsal has its own sandbox, and says where it is once it runs.
  return loadConfig({ ...loadOptions(call), dataDir, sandboxUrl: 'http://127.0.0.1:9' });
}

function readFaults(text: string | undefined): readonly RehearsedFault[] {
  const words = (text ?? '').split(',').filter((word) => word.trim() !== '');
  return words.map((word) => {
    const reading = readFault(word, networkIds);
    if ('fault' in reading) return reading.fault;
    throw new CallError(reading.problem);
  });
}

function spanOf(call: Call, timezone: string): Span {
  const written = { from: call.valueOf('from'), to: call.valueOf('to') };
  const reading = readSpan(written, timezone, Date.now());
  if ('span' in reading) return reading.span;
  throw new CallError(reading.problem);
}

function logOf({ io }: Call) {
  const stream = { write: (line: string) => io.err(line) };
  return createLog({ part: 'rehearsal', level: 'info', stream, pretty: io.isErrTerminal });
}

interface Progress extends Disposable {
  follow(now: number): void;
}

/** On a terminal, the day that is being played; nothing elsewhere. */
function openProgress({ io }: Call, timezone: string): Progress {
  if (!io.isErrTerminal) return { follow() {}, [Symbol.dispose]() {} };
  const calendar = openCalendar(timezone);
  let shown = '';
  return {
    follow(now) {
      const day = calendar.day(now);
      if (day !== shown) io.err(`${CLEAR_LINE}Rehearsing ${day}`);
      shown = day;
    },
    [Symbol.dispose]() {
      if (shown !== '') io.err(CLEAR_LINE);
      shown = '';
    },
  };
}

const CLEAR_LINE = '\r\u001b[2K';

async function tell(call: Call, rehearsal: Rehearsal): Promise<void> {
  const { io } = call;
  const calendar = openCalendar(rehearsal.timezone);
  const html = call.valueOf('html');
  if (html !== undefined) await writeWholeFile(html, await renderPage(rehearsal), io.cwd);
  if (call.has('json')) printJson(io, rehearsalAsJson(rehearsal));
  else {
    const setting = { calendar, ink: createInk(io.hasColors), width: io.columns };
    if (html === undefined) printLines(io, linesOfRehearsal(rehearsal, setting));
    else printLines(io, [`${html} is written.`, ...linesOfOutcome(rehearsal, setting)]);
  }
}

async function renderPage(rehearsal: Rehearsal): Promise<string> {
  const { renderRehearsal } = await import('../rehearsal/rehearsal-page.ts');
  const calendar = openCalendar(rehearsal.timezone);
  return renderRehearsal(rehearsal, {
    sayTime: calendar.short,
    sayClock: calendar.clock,
    displayNameOf,
    storyOf: (one) => sentencesOf(one, calendar),
  });
}
