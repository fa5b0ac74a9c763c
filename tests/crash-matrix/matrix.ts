import { type Arena, openArena } from './arena.ts';
import type { Batch, CellResult } from './cells.ts';
import { runBatch } from './run-batch.ts';

/** Runs all batches, `lanes` at a time, each with keys, accounts and files of its own. */
export async function runMatrix(
  batches: readonly Batch[],
  lanes: number,
  onDone: (results: readonly CellResult[]) => void = () => {},
): Promise<readonly CellResult[]> {
  await using arena = await openArena();
  // Those that take longest first, so that no lane ends alone.
  const waiting = batches.map((batch, index) => ({ batch, id: `m${index}` })).sort(byLength);
  const all: CellResult[] = [];
  const runLane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const results = await runBatch(next.batch, arena as Arena, next.id);
      all.push(...results);
      onDone(results);
    }
  };
  await Promise.all(Array.from({ length: lanes }, runLane));
  return all;
}

function byLength(a: { batch: Batch }, b: { batch: Batch }): number {
  return length(b.batch) - length(a.batch);
}

function length({ point }: Batch): number {
  return point.startsWith('stopped') ? 2 : point === 'while-looking' ? 1 : 0;
}
