/** One family of numbers, as whoever watches Carillon collects them. */
export type Metric = Numbers | Histograms;

interface About {
  /** With its unit at the end. It stays for ever: rules and graphs of others are made of it. */
  readonly name: string;
  /** One sentence. */
  readonly help: string;
}

export interface Numbers extends About {
  /** A counter only rises, and its name ends in `_total`. */
  readonly type: 'gauge' | 'counter';
  readonly samples: readonly Sample[];
}

export interface Histograms extends About {
  readonly type: 'histogram';
  readonly histograms: readonly Histogram[];
}

/** By name; the values of each are few, and do not grow with what is published. */
export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

export interface Histogram {
  readonly labels: Labels;
  /** Ascending. */
  readonly bounds: readonly number[];
  /** How many fell between each bound and the one before; the last number is of those beyond all bounds. */
  readonly counts: readonly number[];
  readonly sum: number;
}
