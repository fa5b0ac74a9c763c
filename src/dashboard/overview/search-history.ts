import { type HistoryQuery, matches, writeHistoryQuery } from './history-query.ts';
import type { Overview } from './overview.ts';
import type { Row } from './row.ts';

/** Who turns the pages of a search, or keeps one open, asks for the same again. */
const KEPT = 8;

/** Answers with all that fit a query, the latest due first; what was found is kept until something changes. */
export function openHistorySearch(overview: Overview): (query: HistoryQuery) => readonly Row[] {
  const kept = new Map<string, readonly Row[]>();
  let version = overview.version;
  return (query) => {
    if (overview.version !== version) kept.clear();
    version = overview.version;
    const key = writeHistoryQuery(query);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const { rows } = overview.find(matches(query), { skip: 0, limit: Number.POSITIVE_INFINITY });
    const [oldest] = kept.keys();
    if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(key, rows);
    return rows;
  };
}
