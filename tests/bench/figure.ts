import type { Goal, Reading, Unit } from './measurement.ts';

/** A figure of the report, from all rounds. */
export interface Figure {
  readonly figure: string;
  readonly unit: Unit;
  /** The median of `values`. */
  readonly median: number;
  readonly values: readonly number[];
  readonly limit?: { readonly of: string; readonly median: number; readonly values: number[] };
  /** The median of the ratios of each round. */
  readonly ratio?: number;
  readonly goals: readonly { readonly goal: Goal; readonly isMet: boolean }[];
}

/** Puts the readings of all rounds together, in the order in which they came first. */
export function figuresOf(readings: readonly Reading[]): readonly Figure[] {
  const names = [...new Set(readings.map(({ figure }) => figure))];
  return names.flatMap((name) => figureOf(readings.filter(({ figure }) => figure === name)) ?? []);
}

function figureOf(readings: readonly Reading[]): Figure | undefined {
  const [first] = readings;
  if (first === undefined) return undefined;
  const { figure, unit, goals = [] } = first;
  const values = readings.map(({ value }) => value);
  const median = medianOf(values);
  const limited = readings.flatMap(({ value, limit }) => (limit ? [{ value, limit }] : []));
  const ratio = medianOf(limited.map(({ value, limit }) => value / limit.value));
  const limits = limited.map(({ limit }) => limit.value);
  return {
    ...{ figure, unit, median, values },
    ...(first.limit && {
      limit: { of: first.limit.of, median: medianOf(limits), values: limits },
      ratio,
    }),
    goals: goals.map((goal) => ({
      goal,
      isMet: isMet(goal, goal.of === 'ratio' ? ratio : median),
    })),
  };
}

function isMet({ most = Number.POSITIVE_INFINITY, least = 0 }: Goal, reached: number): boolean {
  return reached <= most && reached >= least;
}

export function medianOf(values: readonly number[]): number {
  const ascending = values.toSorted((a, b) => a - b);
  const middle = Math.floor(ascending.length / 2);
  const [below = Number.NaN, above = Number.NaN] = [ascending[middle - 1], ascending[middle]];
  return ascending.length % 2 === 0 ? (below + above) / 2 : above;
}
