import type { ConfigReports } from '../core/config-report.ts';
import type { Log } from '../core/log.ts';
import { describeError } from '../core/log.ts';
import { ConfigError, formatProblem, type Problem } from '../core/problem.ts';
import { thisSender } from '../core/sender.ts';
import type { NoteFile } from '../watching/file-marks.ts';
import { readStill } from '../watching/read-still.ts';
import { watchFiles } from '../watching/watch-files.ts';
import { createReapply, type Reapply } from './reapply.ts';

export interface KeepingApplied<Config> {
  /** As people know it. */
  readonly file: string;
  /** @throws {ConfigError} if it cannot be used */
  read(note: NoteFile): Promise<Config>;
  /** Makes the ledger match the config, and says what it changes. @throws {ConfigError} as `read` */
  apply(config: Config): Promise<void>;
  /** Only the scheduler that leads applies. */
  leads(): boolean;
  readonly reports: ConfigReports;
  now(): Promise<number>;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly timings?: Partial<typeof TIMINGS>;
}

/** Keeps what is applied in step with the config. */
export interface ConfigKeeper extends Disposable {
  /**
   * Applies the config as it is by then, whether or not it was saved: for whatever its plan depends on besides.
   * Never throws; runs follow each other.
   */
  readonly reapply: Reapply;
  /** Resolves once no run is under way. */
  rest(): Promise<void>;
}

const TIMINGS = {
  /** The plan depends on the day, too: what recurs comes nearer. */
  reapplyEveryMs: 3_600_000,
  /** A page that an article is taken from may answer again. */
  retryEveryMs: 60_000,
  /** For so long nothing may be written to any file, so that none is taken half written. */
  quietMs: 500,
  /** What is broken may only be half written: it is given longer. */
  brokenQuietMs: 2_000,
  pollEveryMs: 10_000,
};

/** How many problems a report holds. */
const REPORTED = 20;

type Reading<Config> =
  | { readonly config: Config; readonly error?: undefined }
  | { readonly error: Error };

/**
 * Applies the config whenever it, or a file that it names, is saved. One that cannot be used changes nothing; it
 * is reported until it is mended, and what was applied before goes on.
 */
export function keepApplied<Config>(keeping: KeepingApplied<Config>): ConfigKeeper {
  const { log, signal, reports, file } = keeping;
  const timings = { ...TIMINGS, ...keeping.timings };
  let timer: NodeJS.Timeout | undefined;
  let isFirst = true;
  let broken: ConfigError | undefined;

  const read = async (note: NoteFile): Promise<Reading<Config>> => {
    try {
      return { config: await keeping.read(note) };
    } catch (error) {
      return { error: error instanceof Error ? error : new Error(String(error)) };
    }
  };
  const apply = async (reading: Reading<Config>): Promise<void> => {
    if (reading.error !== undefined) throw reading.error;
    await keeping.apply(reading.config);
    if ((await reports.read()) !== undefined) await reports.clear();
    if (broken !== undefined) log.info('The config can be used again.');
    broken = undefined;
  };
  const run = async (reasons: readonly string[]): Promise<void> => {
    clearTimeout(timer);
    if (signal.aborted || !keeping.leads()) return;
    log.debug({ reasons }, 'The config is read.');
    let isApplied = false;
    try {
      const still = await readStill({
        read,
        signal,
        quietMs: ({ error }) => (isFirst ? 0 : error ? timings.brokenQuietMs : timings.quietMs),
        onRestless: () => log.debug('A file of the config is being written: it is read again.'),
      });
      if (still === undefined) return;
      isFirst = false;
      watch.follow(still.marks);
      await apply(still.value);
      isApplied = true;
    } catch (error) {
      if (error instanceof ConfigError) {
        if (error.message !== broken?.message) tellBroken(error, log);
        broken = error;
        await report(error, keeping);
      } else log.error(describeError(error), 'The config could not be applied; it is tried again.');
    } finally {
      applyLater(isApplied ? timings.reapplyEveryMs : timings.retryEveryMs);
    }
  };
  let latest: Promise<void> = Promise.resolve();
  const follow = createReapply(run);
  const reapply: Reapply = (reason) => {
    latest = follow(reason);
    return latest;
  };
  const applyLater = (ms: number): void => {
    clearTimeout(timer);
    if (signal.aborted) return;
    timer = setTimeout(() => void reapply('it is time'), ms);
    timer.unref();
  };
  const watch = watchFiles({
    onChange: () => void reapply(`${file} or a file that it names has changed`),
    pollEveryMs: timings.pollEveryMs,
  });

  return {
    reapply,
    rest: () => latest,
    [Symbol.dispose]() {
      clearTimeout(timer);
      watch[Symbol.dispose]();
    },
  };
}

function tellBroken({ problems }: ConfigError, log: Log): void {
  for (const problem of problems) log.error(formatProblem(problem));
  log.error('The config is not applied; what was applied before goes on.');
}

/** Puts the problems where `status` and the dashboard find them. Never throws. */
async function report(
  { problems }: ConfigError,
  { file, reports, now, log }: KeepingApplied<unknown>,
): Promise<void> {
  const errorsFirst = problems.toSorted((a, b) => rank(a) - rank(b));
  try {
    const known = await reports.read();
    await reports.write({
      file,
      since: known?.file === file ? known.since : await now(),
      problems: errorsFirst.slice(0, REPORTED),
      count: problems.length,
      by: thisSender(),
    });
  } catch (error) {
    log.warn(describeError(error), 'The report of the config could not be kept.');
  }
}

function rank({ severity }: Problem): number {
  return severity === 'error' ? 0 : 1;
}
