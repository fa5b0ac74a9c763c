/** Where spans go: see config/trace-settings.ts. */
export interface TraceSettings {
  /** Takes OTLP over HTTP. */
  readonly url: string;
  /** May hold secrets. */
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
}

/** Who and what: names, numbers, states and codes, never a text, a secret or the words of a network. */
export type SpanFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface SpanStart {
  readonly name: string;
  /** `producer`: something else goes on with it later; `client`: it asks a network. */
  readonly kind?: 'producer' | 'client';
  /** The publication that it is about. */
  readonly publication: string;
  readonly facts?: SpanFacts;
  /** What it belongs to, as `Span.traceparent`. Without it: the span under way, or none, and a trace begins. */
  readonly parent?: string | undefined;
}

/** One step on the way of a publication. */
export interface Span {
  /** What later steps belong to, as the W3C writes it: some 55 characters, to be kept or carried on. */
  readonly traceparent: string;
  note(facts: SpanFacts): void;
}

/** Lets people follow a publication from apply to its receipt, through every process that has to do with it. */
export interface Tracing {
  /** Does work as a span, which ends with it. */
  span<T>(start: SpanStart, work: (span: Span) => Promise<T>): Promise<T>;
}
