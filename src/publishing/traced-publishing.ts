import type { SpanFacts, Tracing } from '../core/tracing.ts';
import type { Next } from '../core/wake-up.ts';
import type { Outcome } from '../ledger/ledger.ts';
import type { Session } from '../networks/network.ts';
import type { Publishing, PublishingAccount } from './publishing.ts';

export interface TracedStep {
  readonly name: 'attempt' | 'look';
  readonly publication: string;
  readonly account: PublishingAccount['account'];
  readonly attempt: number;
  /** What the ledger keeps of the trace that it belongs to. */
  readonly trace: string | undefined;
}

/** Does the step within a span, and what it asks the network and the ledger in spans below that. */
export function traceStep(
  { name, publication, account, attempt, trace }: TracedStep,
  publishing: Publishing,
  work: (publishing: Publishing) => Promise<Next>,
): Promise<Next> {
  const { tracing, ledger } = publishing;
  if (tracing === undefined) return work(publishing);
  const facts = { account: account.name, network: account.network, attempt };
  return tracing.span({ name, publication, facts, parent: trace }, async (span) => {
    const next = await work({
      ...publishing,
      ledger: {
        ...ledger,
        finish: (of, fence, outcome) =>
          tracing.span(
            { name: 'record', publication, facts: { ...facts, ...factsOf(outcome) } },
            async (recording) => {
              const answer = await ledger.finish(of, fence, outcome);
              recording.note({ state: answer.state, accepted: answer.accepted });
              span.note({ outcome: outcome.kind });
              return answer;
            },
          ),
        judge: (of, look, verdict) =>
          tracing.span({ name: 'record', publication, facts }, async (recording) => {
            const answer = await ledger.judge(of, look, verdict);
            recording.note({ verdict: verdict.kind, state: answer.state });
            span.note({ outcome: verdict.kind });
            return answer;
          }),
      },
      sessionOf: async (one) =>
        traceSession(await publishing.sessionOf(one), { tracing, publication, facts }),
    });
    span.note({ next: next.kind, because: next.because });
    return next;
  });
}

function factsOf(outcome: Outcome): SpanFacts {
  if (outcome.kind !== 'posted') return { outcome: outcome.kind, code: outcome.error.code };
  const { part, receipt } = outcome;
  return { outcome: outcome.kind, part, remote_id: receipt.remoteId };
}

interface SessionSpans {
  readonly tracing: Tracing;
  readonly publication: string;
  readonly facts: SpanFacts;
}

/** The same session: what it says to the network is a span each. */
function traceSession(session: Session, { tracing, publication, facts }: SessionSpans): Session {
  const ask = <T>(name: string, part: number, work: () => Promise<T>): Promise<T> =>
    tracing.span({ name, kind: 'client', publication, facts: { ...facts, part } }, async (span) => {
      try {
        return await work();
      } catch (error) {
        span.note({ failure: error instanceof Error ? error.name : 'Error' });
        throw error;
      }
    });
  return {
    ...session,
    prepare: (...args) => ask('prepare', args[1], () => session.prepare(...args)),
    publish: (...args) => ask('request', args[1], () => session.publish(...args)),
    find: (...args) => ask('find', args[1], () => session.find(...args)),
  };
}
