import type { Job } from 'bullmq';
import type { Tracing } from '../core/tracing.ts';
import type { PlannedWakeUp, WakeUp } from '../core/wake-up.ts';

/** How BullMQ carries the context of a trace in a job. */
export function telemetryOf({ trace }: PlannedWakeUp) {
  return trace === undefined
    ? {}
    : { telemetry: { metadata: JSON.stringify({ traceparent: trace }) } };
}

/** The context that a job carries. */
export function traceOf(job: Job<WakeUp>): string | undefined {
  const { metadata } = job.opts.telemetry ?? {};
  return metadata === undefined ? undefined : /"traceparent":"([\w-]+)"/.exec(metadata)?.[1];
}

/** The same wake-ups, each one that belongs to a trace with a span of its own, which its job goes on from. */
export function traceEnqueuing(
  wakeUps: readonly PlannedWakeUp[],
  tracing: Tracing,
): Promise<readonly PlannedWakeUp[]> {
  return Promise.all(
    wakeUps.map(async (wakeUp) => {
      const { publication, network, generation, inMs, trace } = wakeUp;
      if (trace === undefined) return wakeUp;
      return tracing.span(
        {
          ...{ name: `enqueue ${network}`, kind: 'producer', publication, parent: trace },
          facts: { network, generation, in_ms: Math.ceil(inMs) },
        },
        async ({ traceparent }) => ({ ...wakeUp, trace: traceparent }),
      );
    }),
  );
}
