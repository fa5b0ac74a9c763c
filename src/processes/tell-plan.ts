import type { Planned } from '../app.ts';
import type { Log } from '../core/log.ts';
import { formatProblem } from '../core/problem.ts';

/** So many changes are named one by one. */
const NAMED = 50;

const WORDS = {
  add: 'To add.',
  move: 'To move.',
  update: 'To update.',
  cancel: 'To cancel.',
  late: 'Too late.',
  protected: 'Protected.',
} as const;

/** Says in a log what a plan changes. */
export function tellPlan(
  { plan, warnings }: Planned,
  fate: 'planned' | 'not applied',
  log: Log,
): void {
  for (const warning of warnings) log.warn(formatProblem(warning));
  const { changes, unchanged } = plan;
  for (const { action, publication, due, reason } of changes.slice(0, NAMED)) {
    const fields = { publication, due: new Date(due).toISOString(), ...(reason && { reason }) };
    // What went out and was changed since stays so: it is no news at each apply.
    if (action === 'protected') log.debug(fields, WORDS[action]);
    else log.info(fields, WORDS[action]);
  }
  const more = changes.length - NAMED;
  if (more > 0) log.info({ more }, 'And further changes: "carillon plan" shows them all.');
  if (fate === 'planned') return;
  const words = 'The plan of the config. Nothing is applied: that is for "carillon apply".';
  log.info({ changes: changes.length, unchanged }, words);
}
