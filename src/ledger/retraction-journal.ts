import { closeSync, fdatasyncSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLasting, writeWhole } from './lasting-file.ts';
import type { KnownRetraction } from './retractions.ts';

/** Beside the journals of the workers, as every process of the host may take something back. */
const FILE = 'retractions.jsonl';

/**
 * Writes down, on the disk before it returns, what was taken back, so that a ledger which has lost it is told: else
 * it would look for the post, find nothing, and send it again.
 */
export function noteRetraction(directory: string, retraction: KnownRetraction): void {
  const { publication, entry, account, network, due, parts, gone, by, reason, at } = retraction;
  const { correctedAs } = retraction;
  const line = { publication, entry, account, network, due, parts, gone, by, reason, at };
  const descriptor = openLasting(join(directory, FILE));
  try {
    // A line torn by a crash must not swallow this one, and several processes may write.
    const text = JSON.stringify(correctedAs === undefined ? line : { ...line, correctedAs });
    writeWhole(descriptor, `\n${text}\n`);
    fdatasyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** What the journal knows of each publication that was taken back, its lines put together. */
export function readRetractions(directory: string): readonly KnownRetraction[] {
  let text: string;
  try {
    text = readFileSync(join(directory, FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const known = new Map<string, KnownRetraction>();
  for (const line of text.split('\n')) {
    const read = parse(line);
    if (read === undefined) continue;
    const before = known.get(read.publication);
    const parts = (before?.parts.length ?? 0) > read.parts.length ? before?.parts : read.parts;
    const gone = [...new Set([...(before?.gone ?? []), ...read.gone])];
    known.set(read.publication, { ...before, ...read, parts: parts ?? [], gone });
  }
  return [...known.values()];
}

function parse(line: string): KnownRetraction | undefined {
  try {
    const read = line === '' ? undefined : (JSON.parse(line) as KnownRetraction);
    const isWhole = Array.isArray(read?.parts) && Array.isArray(read.gone);
    return isWhole && typeof read?.publication === 'string' ? read : undefined;
  } catch {
    // Torn by a process that died while it was written.
    return undefined;
  }
}
