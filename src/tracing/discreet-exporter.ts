import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';

export interface DiscreetOptions {
  /** A text without the secrets that this process knows. */
  hideSecrets(text: string): string;
  /** Told once that spans do not get through, until they do again. */
  onFailure(error: Error | undefined): void;
}

/**
 * Hands spans on without what may hold a text, a token or the words of a network: events, which carry what errors say,
 * go, and no attribute shows a secret.
 */
export function createDiscreetExporter(
  exporter: SpanExporter,
  { hideSecrets, onFailure }: DiscreetOptions,
): SpanExporter {
  let isFailing = false;
  const hide = (value: unknown) => (typeof value === 'string' ? hideSecrets(value) : value);
  const strip = (span: ReadableSpan): ReadableSpan => {
    const attributes = Object.entries(span.attributes).map(([key, value]) => [key, hide(value)]);
    // A span's own fields stay reachable through its class.
    return Object.create(span, {
      attributes: { value: Object.fromEntries(attributes) },
      events: { value: [] },
      status: { value: { code: span.status.code } },
    }) as ReadableSpan;
  };
  return {
    export(spans, done) {
      exporter.export(spans.map(strip), (result) => {
        const hasFailed = result.error !== undefined || result.code !== 0;
        if (hasFailed && !isFailing) onFailure(result.error);
        isFailing = hasFailed;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
