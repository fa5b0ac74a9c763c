import type { Frozen } from './ledger.ts';
import type { Recoveries, RecoveryEnd } from './recoveries.ts';
import type { Argument, ScriptName } from './script-runner.ts';

type Run = (name: ScriptName, ...args: Argument[]) => Promise<unknown>;

/** The ledger's part for recoveries. */
export function openRedisRecoveries(run: Run): Recoveries {
  return {
    async attend(host = '') {
      const [epoch, reported, json] = (await run('attend', host)) as [number, number, string];
      const frozen = json === '' ? undefined : (JSON.parse(json) as Frozen);
      return { epoch, reported, frozen };
    },
    openRecovery: async (reason) => (await run('openRecovery', reason)) as number,
    reportRecovery: async ({ host, epoch, fence }) =>
      (await run('report', host, epoch, fence)) === 1,
    async closeRecovery({ quietMs, patienceMs, fenceGap, lookForMs }) {
      const reply = await run('closeRecovery', quietMs, patienceMs, fenceGap, lookForMs);
      const [state, ...silent] = reply as [RecoveryEnd['state'], ...string[]];
      return { state, silent };
    },
  };
}
