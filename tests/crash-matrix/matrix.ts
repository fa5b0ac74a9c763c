import { systemClock } from '../../src/core/clock.ts';
import { findNetwork } from '../../src/networks/registry.ts';
import { holdCredentials } from '../support/credentials.ts';
import { openArena } from './arena.ts';
import type { Batch, CellResult } from './cells.ts';
import { runBatch } from './run-batch.ts';

/** Runs all batches, `lanes` at a time, each with keys, accounts and files of its own. */
export async function runMatrix(
  batches: readonly Batch[],
  lanes: number,
  onDone: (results: readonly CellResult[]) => void = () => {},
): Promise<readonly CellResult[]> {
  await using arena = await openArena();
  // To load an SDK blocks this process for longer than a request may take.
  for (const { way } of batches) await warmUp(way.network);
  // Those that take longest first, so that no lane ends alone.
  const waiting = batches.map((batch, index) => ({ batch, id: `m${index}` })).sort(byLength);
  const all: CellResult[] = [];
  const runLane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const results = await runBatch(next.batch, arena, next.id);
      all.push(...results);
      onDone(results);
    }
  };
  await Promise.all(Array.from({ length: lanes }, runLane));
  return all;
}

async function warmUp(network: string): Promise<void> {
  const settings = { pageId: '1', channelId: 'UC', mode: 'api' };
  const account = { name: 'warm-up', network, apiUrl: 'http://127.0.0.1:1', sandbox: true };
  await findNetwork(network)?.connect(
    { ...account, settings, secrets: {} },
    {
      clock: systemClock,
      requestTimeoutMs: 1_000,
      credentials: holdCredentials(),
      media: async () => Buffer.alloc(0),
      facebook: 'direct',
    },
  );
}

function byLength(a: { batch: Batch }, b: { batch: Batch }): number {
  return length(b.batch) - length(a.batch);
}

function length({ point }: Batch): number {
  return point.startsWith('stopped') ? 2 : point === 'while-looking' ? 1 : 0;
}
