import { describeError, type Log } from '../core/log.ts';
import type { TraceSettings } from '../core/tracing.ts';
import { readVersion } from '../core/version.ts';
import type { OpenTracing } from '../tracing/open-tracing.ts';
import type { Closing } from './closing.ts';

interface TracedProcess {
  readonly traces?: TraceSettings | undefined;
  readonly hideSecrets?: (text: string) => string;
  readonly log: Log;
}

/** Starts to trace, if that is wanted. Only then is OpenTelemetry loaded. */
export async function startTracing(
  { traces, hideSecrets = (text) => text, log }: TracedProcess,
  closing: Closing,
): Promise<OpenTracing | undefined> {
  if (traces === undefined) return undefined;
  const { openTracing } = await import('../tracing/open-tracing.ts');
  const tracing = openTracing(traces, {
    version: readVersion(),
    hideSecrets,
    onFailure: (error) =>
      log.warn(
        describeError(error ?? new Error('no answer')),
        'Traces do not get through to where OTEL_EXPORTER_OTLP_ENDPOINT says. Nothing else waits for them.',
      ),
  });
  closing.add(() => tracing[Symbol.asyncDispose]());
  return tracing;
}
