import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { suggestKnown } from '../core/nearest.ts';
import { maxSourceBytes } from '../core/source-text.ts';
import { AppendError, appendEntries, writeEntries } from '../importing/append-entries.ts';
import { decodeTable } from '../importing/decode-table.ts';
import { type ImportContext, type ImportedEntry, importRows } from '../importing/import-rows.ts';
import { readTable, type Table, TableError } from '../importing/read-table.ts';
import type { ImportTarget } from '../importing/read-target.ts';
import type { DateOrder } from '../importing/written-date.ts';
import { readTimeZone } from '../schedule/time-zone.ts';
import { type Call, CallError, EXIT } from './call.ts';
import { readTargetOf } from './import-target.ts';
import { importedAsJson, linesOfImport } from './import-text.ts';
import { printJson, printNotes } from './print.ts';
import { writeWholeFile } from './write-whole-file.ts';

/** Larger than any table that people make by hand, and small enough to be read at once. */
const MOST_TABLE_BYTES = 20_000_000;

/** `carillon import TABLE` */
export async function run(call: Call): Promise<number> {
  const { io } = call;
  const cwd = io.cwd ?? process.cwd();
  const [named = ''] = call.args;
  const into = call.valueOf('into');
  const { target, intoText } = await readTargetOf(call, cwd);
  const context = contextOf(call, target);

  const { table, isGuessed } = await readTableFile(resolve(cwd, named), named);
  const imported = await importRows(table.rows, context);
  const { entries } = imported;
  if (into !== undefined && entries.length > 0) {
    await writeWholeFile(into, fill(into, intoText, entries), cwd);
  }

  if (call.has('json')) printJson(io, importedAsJson(imported));
  else if (into === undefined && entries.length > 0) {
    io.out(`publications:\n${writeEntries(entries)}`);
  }
  printNotes(
    io,
    linesOfImport(imported, { table: named, into, isGuessed, ignored: table.ignored }),
  );
  return imported.refused.length > 0 ? EXIT.failed : EXIT.done;
}

function contextOf(call: Call, target: ImportTarget): ImportContext {
  const zone = call.valueOf('timezone') ?? target.timezone;
  if (zone === undefined) {
    throw new CallError('Nothing says which time zone the times are in. Add --timezone ZONE.');
  }
  const reading = readTimeZone(zone);
  if ('problem' in reading) throw new CallError(reading.problem);
  const { timezone } = reading;

  const written = call
    .valueOf('accounts')
    ?.split(/[\s,]+/)
    .filter((name) => name !== '');
  const to = written ?? target.defaultTo;
  if (to === undefined || to.length === 0) {
    throw new CallError(
      'Nothing says which accounts the entries go to. Add --accounts LIST, or "defaults: { to: […] }" in the config.',
    );
  }
  return {
    timezone,
    configTimezone: target.timezone ?? timezone,
    dates: readOrder(call.valueOf('dates')),
    to: written,
    targets: to.map((name) => targetNamed(name, target)),
    hasTemplate: target.hasTemplate,
    known: target.ids,
    now: Date.now(),
  };
}

function targetNamed(name: string, { accounts }: ImportTarget) {
  const found = accounts.get(name);
  if (found !== undefined) return found;
  const known = suggestKnown(name, [...accounts.keys()]);
  throw new CallError(`The config has no account "${name}".${known}`);
}

function readOrder(text: string | undefined): DateOrder | undefined {
  if (text === undefined || text === 'dmy' || text === 'mdy') return text;
  throw new CallError(`--dates takes dmy (the day first) or mdy (the month first), not "${text}".`);
}

async function readTableFile(
  file: string,
  named: string,
): Promise<{ table: Table; isGuessed: boolean }> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CallError(`${named} cannot be read (${code}). Name a CSV file.`);
  }
  if (bytes.length > MOST_TABLE_BYTES) throw new CallError(`${named} is too large for a table.`);
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    throw new CallError(`${named} is a spreadsheet. Save it as CSV (UTF-8) and import that.`);
  }
  const { text, isGuessed } = decodeTable(bytes);
  try {
    return { table: readTable(text), isGuessed };
  } catch (error) {
    throw error instanceof TableError ? new CallError(`${named}: ${error.message}`) : error;
  }
}

function fill(into: string, config: string, entries: readonly ImportedEntry[]): string {
  let text: string;
  try {
    text = appendEntries(config, entries);
  } catch (error) {
    if (!(error instanceof AppendError)) throw error;
    throw new CallError(
      `${into} stays as it is: ${error.message}. Import without --into, and paste what is printed.`,
    );
  }
  if (Buffer.byteLength(text) <= maxSourceBytes) return text;
  throw new CallError(`${into} stays as it is: with these entries it would be larger than 1 MB.`);
}
