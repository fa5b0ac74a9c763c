export type Unit = 'µs' | 'ms' | 's' | 'a second' | 'MB' | 'bytes' | '×';

/** What a figure is to reach: itself, or the ratio of it to its limit. */
export interface Goal {
  readonly of: 'figure' | 'ratio';
  readonly most?: number;
  readonly least?: number;
}

/** A figure as one round has read it. */
export interface Reading {
  readonly figure: string;
  readonly unit: Unit;
  readonly value: number;
  /** What could be reached at best without all that Carillon does, from the same round. */
  readonly limit?: { readonly of: string; readonly value: number };
  readonly goals?: readonly Goal[];
}

/** `tiny` only shows that a measurement works; `quick` is less of everything. */
export type Scale = 'tiny' | 'quick' | 'full';

export interface Round {
  /** From 0. What takes very long is measured in the first round only. */
  readonly number: number;
  readonly scale: Scale;
  /** Says what is being done, to whoever waits. */
  say(words: string): void;
}

/** A file in measurements/ for each, and its line in measurements.ts. */
export interface Measurement {
  readonly name: string;
  /** What is measured, in a sentence of the report. */
  readonly about: string;
  /** Measures once. The figures of all rounds are put together by their names. */
  measure(round: Round): Promise<readonly Reading[]>;
}
