import { readEnvironment } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import { openApp } from '../app.ts';
import { silentLog } from '../core/log.ts';
import { ConfigError } from '../core/problem.ts';
import {
  type PlanReport,
  reportBroken,
  reportFailed,
  reportPlan,
} from '../dashboard/plan-report.ts';
import { surroundingsOf } from './process.ts';

// Whoever started it lets go of it once it has the answer, or is gone.
process.once('disconnect', () => process.exit(0));
process.send?.(await plan(process.argv[2]));

/** Reads and composes the whole config and holds it against the ledger. Changes nothing. */
async function plan(configFile: string | undefined): Promise<PlanReport> {
  try {
    const environment = await readEnvironment();
    const { config, warnings } = await loadConfig({ file: configFile });
    const log = Object.assign({ learnSecrets() {}, hide() {} }, silentLog);
    await using app = await openApp(config, {
      ...surroundingsOf(environment, log),
      traces: undefined,
    });
    const planned = await app.plan(config);
    return reportPlan(planned, [...warnings, ...planned.warnings], await app.ledger.now());
  } catch (error) {
    if (error instanceof ConfigError) return reportBroken(error.problems, Date.now());
    return reportFailed(error instanceof Error ? error.message : String(error), Date.now());
  }
}
