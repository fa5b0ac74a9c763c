import type { Intent } from '../core/publication.ts';
import type { Tracing } from '../core/tracing.ts';
import type { Ledger, PlanStep } from '../ledger/ledger.ts';

/** The same ledger, with which the trace of each publication begins that apply adds or changes. */
export function tracePlanning(ledger: Ledger, tracing: Tracing): Ledger {
  const follow = (
    action: 'add' | 'amend',
    intent: Intent,
    take: (traced: Intent) => Promise<PlanStep>,
  ): Promise<PlanStep> => {
    const { publication, entry, account, network } = intent;
    const facts = { action, entry, account, network };
    return tracing.span({ name: 'apply', publication, facts }, async (span) => {
      const step = await take({ ...intent, trace: span.traceparent });
      const { changed, state, generation, due } = step;
      span.note({ changed, state, generation, due: new Date(due).toISOString() });
      return { ...step, trace: span.traceparent };
    });
  };
  return {
    ...ledger,
    add: (intent, because) => follow('add', intent, (traced) => ledger.add(traced, because)),
    amend: (intent, generation, because) =>
      follow('amend', intent, (traced) => ledger.amend(traced, generation, because)),
  };
}
