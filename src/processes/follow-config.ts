import type { ConfigFrame } from '../core/config.ts';
import { describeError, type Log } from '../core/log.ts';
import { ConfigError } from '../core/problem.ts';
import { createReapply } from '../scheduler/reapply.ts';
import { type FileMarks, haveChanged, type NoteFile } from '../watching/file-marks.ts';
import { readStill } from '../watching/read-still.ts';
import { watchFiles } from '../watching/watch-files.ts';
import { readApart } from './read-apart.ts';

export interface FollowingConfig {
  readonly log: Log;
  /** Takes accounts and settings over. What it throws is said, and what was there before stays. */
  adopt(config: ConfigFrame): void;
  /** How the files stood when they were read before; missing: they are read at once. */
  readonly since?: FileMarks;
}

const QUIET_MS = 500;

/**
 * Reads accounts, secrets and settings again whenever the config or .env is saved. A broken one changes nothing,
 * and is told by the scheduler.
 */
export function followConfig(
  file: string | undefined,
  { log, adopt, since }: FollowingConfig,
): Disposable {
  const stopping = new AbortController();
  let isFirst = since === undefined;
  const read = async (note: NoteFile): Promise<() => ConfigFrame> => {
    const { marks, found } = await readApart('frame', file, stopping.signal);
    for (const [path, mark] of marks) await note(path, mark);
    return found;
  };

  const run = async (): Promise<void> => {
    const quietMs = () => (isFirst ? 0 : QUIET_MS);
    try {
      const still = await readStill({ read, quietMs, signal: stopping.signal });
      if (still === undefined) return;
      isFirst = false;
      watch.follow(still.marks);
      adopt(still.value());
      log.debug('Accounts and settings are read.');
    } catch (error) {
      if (stopping.signal.aborted) return;
      // The scheduler says what is wrong with it.
      const facts = error instanceof ConfigError ? {} : describeError(error);
      log.warn(facts, 'The config cannot be used: accounts and settings stay as they were.');
    }
  };
  const follow = createReapply(run);
  const watch = watchFiles({ onChange: () => void follow('saved') });
  if (since === undefined) void follow('start');
  else {
    watch.follow(since);
    // What was saved before the files were watched.
    void haveChanged(since).then((isSaved) => (isSaved ? follow('saved') : undefined));
  }
  return {
    [Symbol.dispose]() {
      stopping.abort();
      watch[Symbol.dispose]();
    },
  };
}
