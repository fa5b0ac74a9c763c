import type { WholeRecord } from '../ledger/archived.ts';

/** The line of a record in its file: JSON, with the line's end. */
export function writeLine({ publication, endedAt, fields, story }: WholeRecord): string {
  return `${JSON.stringify({ publication, endedAt, fields, story })}\n`;
}

/** Undefined for a line that is torn, or is no record. */
export function readLine(line: string): WholeRecord | undefined {
  try {
    const read = JSON.parse(line) as Partial<WholeRecord> | null;
    const { publication, endedAt, fields, story } = read ?? {};
    if (typeof publication !== 'string' || !Number.isFinite(endedAt)) return undefined;
    if (!isTexts(fields) || typeof fields.state !== 'string' || !Array.isArray(story)) {
      return undefined;
    }
    return { publication, endedAt: Number(endedAt), fields, story };
  } catch {
    return undefined;
  }
}

function isTexts(fields: unknown): fields is Record<string, string> {
  if (typeof fields !== 'object' || fields === null) return false;
  return Object.values(fields).every((value) => typeof value === 'string');
}

/** The file that a record belongs to, such as `2026-12`: the month in which it ended, in UTC. */
export function monthOf({ endedAt }: Pick<WholeRecord, 'endedAt'>): string {
  return new Date(endedAt).toISOString().slice(0, 7);
}
