import { type PlanReport, reportFailed } from '../dashboard/plan-report.ts';
import { askApart } from './ask-apart.ts';

/** A config that takes longer than this is given up, and tried again when somebody asks. */
const TIMEOUT_MS = 5 * 60_000;
/** As old as this, a plan is still shown to whoever asks. */
const KEPT_MS = 10_000;
/** Nobody waits longer than this for a page. */
const WAIT_MS = 15_000;

/** Plans on demand, in a process of its own: one at a time, for all who ask meanwhile. Never fails. */
export function openPlans(
  configFile: string | undefined,
  stopped: AbortSignal,
): () => Promise<PlanReport> {
  let kept: { readonly madeAt: number; readonly report: PlanReport } | undefined;
  let underWay: Promise<PlanReport> | undefined;

  const make = async (): Promise<PlanReport> => {
    const question = { program: 'plan-process', configFile, stopped, timeoutMs: TIMEOUT_MS };
    const report = await askApart<PlanReport>(question).catch((error: unknown) =>
      reportFailed(error instanceof Error ? error.message : String(error), Date.now()),
    );
    kept = { madeAt: performance.now(), report };
    underWay = undefined;
    return report;
  };
  return async () => {
    if (kept !== undefined && performance.now() - kept.madeAt < KEPT_MS) return kept.report;
    underWay ??= make();
    return Promise.race([underWay, giveUp()]);
  };
}

function giveUp(): Promise<PlanReport> {
  return new Promise((resolve) => {
    const timer = setTimeout(
      () =>
        resolve({ at: Date.now(), problems: [], problemCount: 0, outcome: { kind: 'reading' } }),
      WAIT_MS,
    );
    timer.unref();
  });
}
