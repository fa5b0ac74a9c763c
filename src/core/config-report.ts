import type { Problem } from './problem.ts';

/** A config that a scheduler cannot use. What was applied before goes on meanwhile. */
export interface ConfigReport {
  /** As the scheduler was given it. */
  readonly file: string;
  /** Since when it cannot be used: milliseconds since 1970. */
  readonly since: number;
  /** The first problems, errors before warnings. */
  readonly problems: readonly Problem[];
  /** How many there are in all. */
  readonly count: number;
  /** Which scheduler says so: see core/sender.ts. */
  readonly by: string;
}

/** The one place where the report stands until the config is mended. */
export interface ConfigReports {
  read(): Promise<ConfigReport | undefined>;
  write(report: ConfigReport): Promise<void>;
  clear(): Promise<void>;
}
