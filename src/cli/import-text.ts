import { count } from '../core/words.ts';
import type { Imported, RowNote } from '../importing/import-rows.ts';

export interface ImportSetting {
  /** As people named them. */
  readonly table: string;
  readonly into: string | undefined;
  readonly isGuessed: boolean;
  readonly ignored: readonly string[];
}

/** What became of a table, for people: what was not taken comes with its line, the sum last. */
export function linesOfImport(imported: Imported, setting: ImportSetting): readonly string[] {
  const { refused, notes } = imported;
  const { table, isGuessed, ignored } = setting;
  const lines = [
    ...notes.map((note) => lineOf(table, note, 'note: ')),
    ...refused.map((note) => lineOf(table, note, '')),
  ];
  if (isGuessed) {
    lines.push(`${table} is not UTF-8 and was read as Windows-1252: look at letters with accents.`);
  }
  if (ignored.length > 0) {
    const names = ignored.map((name) => `"${name}"`).join(', ');
    lines.push(
      `Nothing is made of ${ignored.length === 1 ? 'the column' : 'the columns'} ${names}.`,
    );
  }
  return [...lines, sumOfImport(imported, setting)];
}

function lineOf(table: string, { line, message }: RowNote, mark: string): string {
  return `${table}:${line} ${mark}${message}`;
}

function sumOfImport(
  { entries, refused, alreadyThere }: Imported,
  { into }: ImportSetting,
): string {
  const made = count(entries.length, 'entry', 'entries');
  const done = into === undefined ? `${made} made` : `${made} added to ${into}`;
  const there = alreadyThere > 0 ? [`${alreadyThere} already there`] : [];
  const not = refused.length > 0 ? [`${count(refused.length, 'line')} not taken`] : [];
  return `${[done, ...there, ...not].join(', ')}.`;
}

/** What became of a table, for programs. */
export function importedAsJson({ entries, refused, notes, alreadyThere }: Imported): object {
  return { entries, refused, notes, alreadyThere };
}
