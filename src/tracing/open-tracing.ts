import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
} from '@opentelemetry/sdk-trace-node';
import type { Telemetry } from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';
import type { SpanFacts, TraceSettings, Tracing } from '../core/tracing.ts';
import { createDiscreetExporter, type DiscreetOptions } from './discreet-exporter.ts';
import { PUBLICATION, publicationSampler } from './publication-sampler.ts';

/** Tracing for a whole process. Closing it sends what is left, and waits for that no longer than two seconds. */
export interface OpenTracing extends Tracing, AsyncDisposable {
  /** What BullMQ tells its own steps with. */
  readonly telemetry: Telemetry;
}

export interface TracingOptions extends DiscreetOptions {
  readonly version: string;
}

const TIMEOUT_MS = 2_000;

/**
 * Sends spans by OTLP. Takes the place of OpenTelemetry in this process, so one at a time. This file loads all of
 * OpenTelemetry: import it only where traces are wanted.
 */
export function openTracing(
  { url, headers, serviceName }: TraceSettings,
  options: TracingOptions,
): OpenTracing {
  const { version } = options;
  const exporter = new OTLPTraceExporter({ url, headers, timeoutMillis: TIMEOUT_MS });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    sampler: new ParentBasedSampler({ root: publicationSampler }),
    spanProcessors: [
      new BatchSpanProcessor(createDiscreetExporter(exporter, options), {
        exportTimeoutMillis: TIMEOUT_MS,
        scheduledDelayMillis: 1_000,
      }),
    ],
  });
  provider.register();
  const tracer = trace.getTracer('carillon', version);

  return {
    telemetry: new BullMQOtel({ tracerName: 'carillon', version }),
    span({ name, kind, publication, facts = {}, parent }, work) {
      const attributes = { [PUBLICATION]: publication, ...attributesOf(facts) };
      const startOptions = { kind: KINDS[kind ?? 'internal'], attributes };
      return tracer.startActiveSpan(name, startOptions, contextOf(parent), async (span) => {
        try {
          return await work({
            traceparent: traceparentOf(context.active()),
            note: (more) => span.setAttributes(attributesOf(more)),
          });
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      });
    },
    async [Symbol.asyncDispose]() {
      await provider.shutdown().catch(() => undefined);
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}

const KINDS = {
  internal: SpanKind.INTERNAL,
  producer: SpanKind.PRODUCER,
  client: SpanKind.CLIENT,
};

/** The span under way goes before one that was kept, if both are of one trace: it is the nearer one. */
function contextOf(parent: string | undefined): Context {
  const active = context.active();
  if (parent === undefined) return active;
  const kept = propagation.extract(ROOT_CONTEXT, { traceparent: parent });
  const traceIdOf = (one: Context) => trace.getSpanContext(one)?.traceId;
  return traceIdOf(active) === traceIdOf(kept) ? active : kept;
}

function traceparentOf(active: Context): string {
  const carrier: { traceparent?: string } = {};
  propagation.inject(active, carrier);
  return carrier.traceparent ?? '';
}

function attributesOf(facts: SpanFacts) {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [`carillon.${key}`, value] as const),
  );
}
