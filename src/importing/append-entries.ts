import { isDeepStrictEqual } from 'node:util';
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  stringify,
  type YAMLSeq,
} from 'yaml';
import type { ImportedEntry } from './import-rows.ts';

/** The file cannot take entries. The message says why. */
export class AppendError extends Error {
  override readonly name = 'AppendError';
}

/** Entries as they stand under `publications:`. */
export function writeEntries(entries: readonly ImportedEntry[], indent = '  '): string {
  const list = stringify(entries, { lineWidth: 0, aliasDuplicateObjects: false });
  // Split at line feeds: for a regular expression a line also ends at U+2028, which may stand within a text.
  return list
    .split('\n')
    .map((line) => (line === '' ? line : indent + line))
    .join('\n');
}

/**
 * The text of a config with entries added at the end of its list. All that stands there stays as it is written,
 * unless the list is in brackets: then the whole file is laid out anew, with its comments.
 *
 * @throws {AppendError} if the file has no place for entries
 */
export function appendEntries(text: string, entries: readonly ImportedEntry[]): string {
  const document = parseDocument(text, { uniqueKeys: false });
  if (document.errors.length > 0 || !isMap(document.contents)) {
    throw new AppendError(
      'it is no config that can be read. "carillon check" says where it is wrong',
    );
  }
  const list: unknown = document.contents.get('publications', true);
  const isEmpty = list === undefined || (isScalar(list) && list.value === null);
  if (!isSeq(list) && !isEmpty) throw new AppendError('its "publications" is no list');

  const before: unknown = document.toJS();
  const isBlock = isSeq(list) && list.flow !== true && list.items.length > 0;
  const appended = isBlock
    ? insertBehind(list, text, entries)
    : rewrite(document, isSeq(list) ? list : undefined, entries);
  if (!isDeepStrictEqual(parseDocument(appended).toJS(), withEntries(before, entries))) {
    throw new AppendError('its list of publications is written in a way that hides its end');
  }
  return appended;
}

/** What a config must say once the entries are in it: nothing else may have changed. */
function withEntries(before: unknown, entries: readonly ImportedEntry[]): object {
  const config = before as { readonly publications?: readonly unknown[] | null };
  return { ...config, publications: [...(config.publications ?? []), ...entries] };
}

function insertBehind(list: YAMLSeq, text: string, entries: readonly ImportedEntry[]): string {
  const start = list.range?.[0] ?? 0;
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  const end = endOfLine(text, list.range?.[1] ?? text.length);
  const before = text.slice(0, end);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = before.endsWith('\n') ? '' : lineBreak;
  const written = writeEntries(entries, indent).replaceAll('\n', lineBreak);
  return before + gap + written + text.slice(end);
}

/** The place behind a value, with the note on its line, before whatever comes next. */
function endOfLine(text: string, offset: number): number {
  const lastWritten = text.slice(0, offset).trimEnd().length;
  const feed = text.indexOf('\n', lastWritten);
  return feed < 0 ? text.length : feed + 1;
}

function rewrite(
  document: Document,
  list: YAMLSeq | undefined,
  entries: readonly ImportedEntry[],
): string {
  if (list === undefined) document.set('publications', document.createNode(entries));
  else for (const entry of entries) list.add(document.createNode(entry));
  if (list !== undefined) list.flow = false;
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
