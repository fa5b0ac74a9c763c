import type { Holding } from './holding.ts';
import { readStep } from './replies.ts';
import type { Argument, ScriptName } from './script-runner.ts';

type Run = (name: ScriptName, ...args: Argument[]) => Promise<unknown>;

/** The ledger's part for what people hold. */
export function openRedisHolding(run: Run): Holding {
  return {
    holdOne: async (publication, by, reason) =>
      readStep(await run('holdOne', publication, by, reason)),
    releaseOne: async (publication, by, { waitMs = 0 } = {}) =>
      readStep(await run('releaseOne', publication, by, waitMs)),
  };
}
