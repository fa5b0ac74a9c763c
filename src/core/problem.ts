/** Something wrong in what people wrote, said so that they can mend it. */
export interface Problem {
  /** The file as the user named it, or relative to the working directory. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 units. */
  readonly column: number;
  /** A sentence that says what is wrong, and one that says what to do. */
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** The publication it belongs to, if it is about one. */
  readonly publication?: string;
}

/** Where something stands in a file. */
export type Place = Pick<Problem, 'file' | 'line' | 'column'>;

/** The config or an article cannot be used. Carries every problem that was found, not only the first. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

/** `file:line:column message`, as editors and terminals understand it. */
export function formatProblem(problem: Problem): string {
  const mark = problem.severity === 'warning' ? 'warning: ' : '';
  return `${problem.file}:${problem.line}:${problem.column} ${mark}${problem.message}`;
}
