import type { Row } from './overview/row.ts';

const COLUMNS = [
  'publication',
  'entry',
  'account',
  'network',
  'state',
  'due',
  'publishedAt',
  'url',
  'error',
  'text',
] as const;

/** As a table for spreadsheets: UTF-8 with a mark that says so, as some take it for something else without. */
export function toCsv(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const fields = toFields(row);
    return COLUMNS.map((name) => quote(String(fields[name] ?? ''))).join(',');
  });
  return `\uFEFF${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}

export function toJson(rows: readonly Row[]): string {
  return JSON.stringify(rows.map(toFields));
}

function toFields(row: Row) {
  const { publication, entry, account, network, state, due, publishedAt, url, error } = row;
  return {
    ...{ publication, entry, account, network, state },
    due: new Date(due).toISOString(),
    publishedAt: publishedAt === undefined ? null : new Date(publishedAt).toISOString(),
    url: url ?? null,
    error: error === undefined ? null : `${error.message} ${error.advice}`,
    text: row.beginning,
  };
}

/** A spreadsheet takes what begins like this for a formula, and would run it. */
const FORMULA = /^[=+\-@\t\r]/;

function quote(field: string): string {
  const safe = FORMULA.test(field) ? `'${field}` : field;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
