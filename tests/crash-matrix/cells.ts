/** Where a worker dies or is stopped, in the order of an attempt. */
export const POINTS = [
  'none',
  'before-claim',
  'after-claim',
  'while-preparing',
  'before-begin',
  'after-begin',
  'request-written',
  'after-answer',
  'before-finish',
  'after-finish',
  'before-job-completed',
  'while-looking',
  'stopped-after-begin',
  'stopped-elsewhere',
  'stopped-before-write',
] as const;

export type Point = (typeof POINTS)[number];

/** The points that a plain BullMQ worker has too; the others are steps that it does not know. */
export const PLAIN_POINTS: readonly Point[] = [
  'none',
  'before-claim',
  'while-preparing',
  'request-written',
  'after-answer',
  'before-job-completed',
  'stopped-before-write',
];

/** What the points mean, for people. */
export const POINT_WORDS: Readonly<Record<Point, string>> = {
  none: 'nobody dies',
  'before-claim': 'killed before the claim',
  'after-claim': 'killed after the claim',
  'while-preparing': 'killed while it prepared',
  'before-begin': 'killed before the mark',
  'after-begin': 'killed after the mark',
  'request-written': 'killed with the request on its way',
  'after-answer': 'killed at the answer',
  'before-finish': 'killed before the ledger heard',
  'after-finish': 'killed after the ledger heard',
  'before-job-completed': 'killed before the job was done',
  'while-looking': 'killed, and the next while looking',
  'stopped-after-begin': 'stopped after the mark, woken',
  'stopped-elsewhere': 'the same on another host',
  'stopped-before-write': 'stopped before the first byte',
};

/** What the network does with the first request for the post; afterwards it behaves. */
export const OUTCOMES = [
  'accepted',
  'accepted-5xx',
  'accepted-hang',
  'accepted-reset',
  'refused',
  'rate-limited',
  'reset',
  '5xx',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** The sandbox's fault for an outcome. A refusal is of the post: it would be refused each time. */
export function faultOf(outcome: Outcome): { kind: string; count: number } | undefined {
  switch (outcome) {
    case 'accepted':
      return undefined;
    case 'accepted-5xx':
      return { kind: 'stored-then-error', count: 1 };
    case 'accepted-hang':
      return { kind: 'stored-then-hang', count: 1 };
    case 'accepted-reset':
      return { kind: 'stored-then-reset', count: 1 };
    case 'refused':
      return { kind: 'refuse', count: 1_000 };
    case 'rate-limited':
      return { kind: 'rate-limit', count: 1 };
    case 'reset':
      return { kind: 'reset', count: 1 };
    case '5xx':
      return { kind: 'server-error', count: 1 };
  }
}

/** How many posts followers should see in the end. */
export function expectedPosts(outcome: Outcome): number {
  return outcome === 'refused' ? 0 : 1;
}

/** A network in one of its ways to publish. */
export interface Way {
  readonly name: string;
  readonly network: 'twitter' | 'facebook' | 'youtube';
  readonly facebook: 'two-phase' | 'direct';
}

export const WAYS: readonly Way[] = [
  { name: 'twitter', network: 'twitter', facebook: 'two-phase' },
  { name: 'facebook, two phases', network: 'facebook', facebook: 'two-phase' },
  { name: 'facebook, direct', network: 'facebook', facebook: 'direct' },
  { name: 'youtube', network: 'youtube', facebook: 'two-phase' },
];

/**
 * Cells that share one dying worker: a publication for each outcome, all of which have reached the point when
 * it dies.
 */
export interface Batch {
  readonly way: Way;
  readonly point: Point;
  readonly outcomes: readonly Outcome[];
  readonly isFenced: boolean;
}

export interface CellResult {
  readonly way: Way;
  readonly point: Point;
  readonly outcome: Outcome;
  readonly isFenced: boolean;
  /** What followers saw, by the network's own count. */
  readonly posts: number;
  readonly expected: number;
  /** How it ended, by the ledger or, without one, by the queue. */
  readonly state: string;
  /** What is wrong besides the number: a state that does not tell the truth, a point that was not reached. */
  readonly complaints: readonly string[];
  readonly settledMs: number;
}

export function isGood({ posts, expected, complaints }: CellResult): boolean {
  return posts === expected && complaints.length === 0;
}

/**
 * Cuts the matrix into batches. Between the fence's last check and the first byte there is no moment to wait for
 * others: there a worker stands still with one cell only.
 */
export function batchesOf(
  ways: readonly Way[],
  points: readonly Point[],
  outcomes: readonly Outcome[],
  isFenced: boolean,
): readonly Batch[] {
  return points.flatMap((point) =>
    ways.flatMap((way) => {
      const sets =
        point === 'stopped-before-write' && isFenced
          ? outcomes.map((outcome) => [outcome])
          : [outcomes];
      return sets.map((set) => ({ way, point, outcomes: set, isFenced }));
    }),
  );
}
