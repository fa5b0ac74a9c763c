import type { Article } from '../core/article.ts';
import { beginningOf } from '../core/beginning.ts';
import { splitSentences } from '../excerpts/sentences.ts';
import { networks } from '../networks/registry.ts';
import { makeEntryId } from './entry-id.ts';
import { chooseOwnWords, type Target } from './own-words.ts';
import { type Row, type RowTimes, readRow } from './read-row.ts';
import type { TableRow } from './read-table.ts';

/** An entry of the config, its keys in the order in which they are written. */
export interface ImportedEntry {
  readonly id: string;
  readonly article: {
    readonly title: string;
    readonly text?: string;
    readonly link?: string;
  };
  readonly at: string;
  readonly to?: readonly string[];
  readonly text?: Readonly<Record<string, string>>;
}

/** Something to tell about a line of the table. */
export interface RowNote {
  readonly line: number;
  readonly message: string;
}

export interface ImportContext extends RowTimes {
  /** The accounts to write into each entry; undefined: the config has them for all. */
  readonly to: readonly string[] | undefined;
  readonly targets: readonly Target[];
  /** True if the config lays articles out by templates of its own. */
  readonly hasTemplate: boolean;
  /** Ids that the config has. */
  readonly known: ReadonlySet<string>;
}

export interface Imported {
  readonly entries: readonly ImportedEntry[];
  /** Rows that could not be taken, and why. */
  readonly refused: readonly RowNote[];
  /** What did not come along of rows that were taken. */
  readonly notes: readonly RowNote[];
  /** How many rows the config has already. */
  readonly alreadyThere: number;
}

/** Makes entries of the rows of a table. The same row always gives the same id: what is there is left alone. */
export async function importRows(
  rows: readonly TableRow[],
  context: ImportContext,
): Promise<Imported> {
  const entries: ImportedEntry[] = [];
  const refused: RowNote[] = [];
  const notes: RowNote[] = [];
  const taken = createRegister();
  let alreadyThere = 0;

  for (const tableRow of rows) {
    const { line } = tableRow;
    const row = readRow(tableRow, context);
    if ('problem' in row) {
      refused.push({ line, message: row.problem });
      continue;
    }
    const { id, sameAs } = taken.register(row, line);
    if (sameAs !== undefined) {
      const message = `It says the same at the same time as line ${sameAs}. Take one of the two out.`;
      refused.push({ line, message });
    } else if (context.known.has(id)) alreadyThere++;
    else {
      const { entry, lost } = await makeEntry(id, row, context);
      entries.push(entry);
      for (const message of [...lost, ...lostOf(tableRow)]) notes.push({ line, message });
    }
  }
  return { entries, refused, notes, alreadyThere };
}

/** Gives ids: words that come again at another time get a number, in the order of the table. */
function createRegister() {
  const lines = new Map<string, Map<number, number>>();
  return {
    register({ text, link, instant }: Row, line: number): { id: string; sameAs?: number } {
      const id = makeEntryId(text, link);
      const byInstant = lines.get(id) ?? new Map<number, number>();
      lines.set(id, byInstant);
      const sameAs = byInstant.get(instant);
      if (sameAs !== undefined) return { id, sameAs };
      byInstant.set(instant, line);
      return { id: byInstant.size === 1 ? id : `${id}-${byInstant.size}` };
    },
  };
}

async function makeEntry(id: string, { text, link, at }: Row, context: ImportContext) {
  const { to } = context;
  const written = { ...splitText(text), ...(link !== undefined && { link }) };
  const article: Article = { text: '', ...written, images: [], tags: [] };
  const { words, shortened } = await chooseOwnWords(text, article, context);
  const entry: ImportedEntry = {
    id,
    article: written,
    at,
    ...(to && { to }),
    ...(words.size > 0 && { text: Object.fromEntries(words) }),
  };
  const lost = shortened.map(
    (network) =>
      `The text does not fit ${networks[network].displayName} as it stands: Carillon lays it out. Look at it with "carillon preview ${id}".`,
  );
  return { entry, lost };
}

const LONGEST_TITLE = 200;

/** The first line as the title, or of a long one its first sentence; the rest as the text. */
function splitText(text: string): { title: string; text?: string } {
  const [line = ''] = text.split('\n', 1);
  const first = line.length <= LONGEST_TITLE ? line : (splitSentences(line)[0] ?? line);
  const rest = text.slice(text.indexOf(first) + first.length).trim();
  const title = beginningOf(first, LONGEST_TITLE);
  if (title.endsWith('…') && !first.endsWith('…')) return { title, text };
  return rest === '' ? { title } : { title, text: rest };
}

/** What stands in a row and has no place in an entry that is made of it. */
function lostOf({ cells }: TableRow): string[] {
  const media = cells.get('media');
  const alt = cells.get('alt');
  const comment = cells.get('comment');
  const lost: string[] = [];
  if (media !== undefined) {
    const words = alt === undefined ? '…' : alt;
    lost.push(
      `Its image did not come along: save ${media} beside the config, and add to the article: image: { file: …, alt: "${words}" }.`,
    );
  }
  if (comment !== undefined) lost.push('Its comment did not come along: post it by hand.');
  return lost;
}
