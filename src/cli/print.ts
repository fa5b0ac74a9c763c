import type { Io } from './call.ts';
import { tameText } from './ink.ts';

/** Prints lines for people on standard output. */
export function printLines(io: Io, lines: readonly string[]): void {
  if (lines.length > 0) io.out(tameText(`${lines.join('\n')}\n`, io.hasColors));
}

/** Prints data for programs on standard output: one document, and nothing else. */
export function printJson(io: Io, document: unknown): void {
  io.out(`${JSON.stringify(document, undefined, 2)}\n`);
}

/** Tells people something beside the output. */
export function printNotes(io: Io, lines: readonly string[]): void {
  if (lines.length > 0) io.err(tameText(`${lines.join('\n')}\n`, false));
}
