import { USUAL_KEEP_MS } from '../src/core/keep.ts';
import type { Problem } from '../src/core/problem.ts';
import { checkPart } from '../src/core/schema-problems.ts';
import { type Source, valueAt } from '../src/core/source.ts';
import * as schema from './schema.ts';

/** Reads `ledger:`. A mistake in it keeps nobody from working: until it is mended everything is kept for as long as usual. */
export function readLedger(source: Source): {
  readonly keepMs: number;
  readonly problems: readonly Problem[];
} {
  const isWritten = (valueAt(source.value, ['ledger']) ?? null) !== null;
  const { value, problems } = isWritten
    ? checkPart(schema.ledger, source, ['ledger'])
    : { value: undefined, problems: [] };
  return { keepMs: value?.keep ?? USUAL_KEEP_MS, problems };
}
