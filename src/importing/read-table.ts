import { CsvError, parse } from 'csv-parse/sync';
import { type Columns, type Role, readColumns } from './columns.ts';

/** A line of a table, by what its cells are for. Cells are trimmed; empty ones are missing. */
export interface TableRow {
  /** Where it starts in the file, counted from 1. */
  readonly line: number;
  readonly cells: ReadonlyMap<Role, string>;
}

export interface Table {
  readonly rows: readonly TableRow[];
  readonly columns: Columns;
  /** Columns that hold something and that nothing is made of. */
  readonly ignored: readonly string[];
}

/** The table cannot be read at all. The message says why, and what to do. */
export class TableError extends Error {
  override readonly name = 'TableError';
}

interface ParsedRecord {
  readonly record: readonly string[];
  readonly raw: string;
  /** `lines` is the number of the line on which the record ends. */
  readonly info: { readonly lines: number };
}

/** Reads a table with commas, semicolons or tabs between its columns. @throws {TableError} */
export function readTable(text: string): Table {
  const [header, ...records] = parseRecords(text);
  if (header === undefined) {
    throw new TableError(
      'The file is empty. Its first line names the columns, such as Text,Posting Time.',
    );
  }
  const columns = readColumns(header.record);
  refuseWithoutColumns(columns, header.record);

  const ignored = new Set<string>();
  const rows = records.map(({ record, raw, info }) => {
    const cells = new Map<Role, string>();
    for (const [role, column] of columns.roles) {
      const cell = record[column]?.trim();
      if (cell) cells.set(role, cell);
    }
    for (const [column, name] of columns.others) if (record[column]?.trim()) ignored.add(name);
    return { line: info.lines - countBreaks(raw), cells };
  });
  return { rows: rows.filter(({ cells }) => cells.size > 0), columns, ignored: [...ignored] };
}

function parseRecords(text: string): readonly ParsedRecord[] {
  try {
    return parse(text, {
      bom: true,
      delimiter: findDelimiter(text),
      info: true,
      raw: true,
      relax_column_count: true,
      // A quote within a cell that does not start with one is a quote.
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as ParsedRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? `Line ${error.lines}: ` : '';
    throw new TableError(
      `${line}a quote is opened and never closed, or stands where none can. In a cell with quotes around it, write each quote within twice.`,
    );
  }
}

/** Whatever stands most often in the first line, outside of quotes. */
function findDelimiter(text: string): string {
  const [header = ''] = text
    .replace(/^\uFEFF/, '')
    .replaceAll(/"[^"]*"/g, '')
    .split(/\r?\n|\r/, 1);
  const count = (character: string) => header.split(character).length;
  return [',', ';', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best));
}

function countBreaks(raw: string): number {
  return (
    raw
      .replace(/^[\r\n]+/, '')
      .trimEnd()
      .split(/\r\n|\n|\r/).length - 1
  );
}

function refuseWithoutColumns({ roles }: Columns, header: readonly string[]): void {
  const missing = (['text', 'at'] as const).filter((role) => !roles.has(role));
  if (missing.length === 0) return;
  const names = { text: '"Text"', at: '"Posting Time" (or "Date")' };
  throw new TableError(
    `The first line must name the columns, and none of them is ${missing.map((role) => names[role]).join(', nor ')}. It reads: ${header.join(' | ').slice(0, 200)}`,
  );
}
