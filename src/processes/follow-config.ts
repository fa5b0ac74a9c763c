import { loadFrame } from '../../config/load.ts';
import type { ConfigFrame } from '../core/config.ts';
import { describeError, type Log } from '../core/log.ts';
import { ConfigError } from '../core/problem.ts';
import { createReapply } from '../scheduler/reapply.ts';
import type { NoteFile } from '../watching/file-marks.ts';
import { readStill } from '../watching/read-still.ts';
import { watchFiles } from '../watching/watch-files.ts';

export interface FollowingConfig {
  readonly log: Log;
  /** Takes accounts and settings over. What it throws is said, and what was there before stays. */
  adopt(config: ConfigFrame): void;
}

const QUIET_MS = 500;

/**
 * Reads accounts, secrets and settings again whenever the config or .env is saved. A broken one changes nothing,
 * and is told by the scheduler.
 */
export function followConfig(
  file: string | undefined,
  { log, adopt }: FollowingConfig,
): Disposable {
  const stopping = new AbortController();
  let isFirst = true;
  const read = async (note: NoteFile): Promise<ConfigFrame | Error> =>
    loadFrame({ file, note }).catch((error: Error) => error);

  const run = async (): Promise<void> => {
    const quietMs = () => (isFirst ? 0 : QUIET_MS);
    const still = await readStill({ read, quietMs, signal: stopping.signal });
    if (still === undefined) return;
    isFirst = false;
    watch.follow(still.marks);
    try {
      if (still.value instanceof Error) throw still.value;
      adopt(still.value);
      log.debug('Accounts and settings are read.');
    } catch (error) {
      // The scheduler says what is wrong with it.
      const facts = error instanceof ConfigError ? {} : describeError(error);
      log.warn(facts, 'The config cannot be used: accounts and settings stay as they were.');
    }
  };
  const follow = createReapply(run);
  const watch = watchFiles({ onChange: () => void follow('saved') });
  void follow('start');
  return {
    [Symbol.dispose]() {
      stopping.abort();
      watch[Symbol.dispose]();
    },
  };
}
