import { type FSWatcher, realpathSync, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type FileMarks, haveChanged } from './file-marks.ts';

export interface FileWatch extends Disposable {
  /** Watches these files from here on, and no others. */
  follow(marks: FileMarks): void;
}

export interface WatchOptions {
  /** Something may have changed. Called again until `follow` is told how things stand by then. */
  readonly onChange: () => void;
  /** How often the files are looked at, for what no event tells of: network mounts, events that are lost. */
  readonly pollEveryMs?: number;
  /** Events that come closer together than this are one. */
  readonly gatherMs?: number;
}

/** The system gives only so many; beyond that, the looks from time to time do. */
const MOST_DIRECTORIES = 500;

/**
 * Watches the directories of files, as editors and checkouts replace files by others of the same name, and looks
 * at the files from time to time besides.
 */
export function watchFiles(options: WatchOptions): FileWatch {
  const { onChange, pollEveryMs = 10_000, gatherMs = 100 } = options;
  let marks: FileMarks = new Map();
  let watchers: FSWatcher[] = [];
  let gathering: NodeJS.Timeout | undefined;
  let isClosed = false;

  const tell = (): void => {
    clearTimeout(gathering);
    gathering = setTimeout(onChange, gatherMs);
    gathering.unref();
  };
  const closeAll = (): void => {
    for (const watcher of watchers) watcher.close();
    watchers = [];
  };
  const poll = async (): Promise<void> => {
    const looked = marks;
    const isChanged = await haveChanged(looked).catch(() => false);
    if (isClosed) return;
    if (isChanged && looked === marks) onChange();
    schedulePoll();
  };
  let polling: NodeJS.Timeout | undefined;
  const schedulePoll = (): void => {
    polling = setTimeout(() => void poll(), pollEveryMs);
    polling.unref();
  };
  schedulePoll();

  return {
    follow(next) {
      if (isClosed) return;
      marks = next;
      // Opened anew each time: a directory of the same name may be another one.
      closeAll();
      for (const [directory, names] of [...directoriesOf(next.keys())].slice(0, MOST_DIRECTORIES)) {
        const watcher = open(directory, names, tell);
        if (watcher !== undefined) watchers.push(watcher);
      }
    },
    [Symbol.dispose]() {
      isClosed = true;
      clearTimeout(gathering);
      clearTimeout(polling);
      closeAll();
    },
  };
}

/** Undefined where the system does not let it be watched. */
function open(
  directory: string,
  names: ReadonlySet<string>,
  tell: () => void,
): FSWatcher | undefined {
  try {
    const watcher = watch(directory, { persistent: false }, (_, name) => {
      if (name === null || names.has(name) || names.has(ANY)) tell();
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}

/** Stands for every name in a directory. */
const ANY = '/';

/** The directories to watch, and the names in each that matter. */
function directoriesOf(paths: Iterable<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const directories = new Map<string, Set<string>>();
  const add = (directory: string, name: string): void => {
    const names = directories.get(directory) ?? new Set();
    directories.set(directory, names.add(name));
  };
  for (const path of paths) {
    if (isDirectory(path)) add(path, ANY);
    const { directory, name } = nearestOf(path);
    add(directory, name);
    const real = realPathOf(path);
    if (real !== path) add(dirname(real), basename(real));
  }
  return directories;
}

/** The nearest directory above a path that is there, and the name in it that leads to the path. */
function nearestOf(path: string): { readonly directory: string; readonly name: string } {
  let name = path;
  let directory = dirname(path);
  while (!isDirectory(directory) && dirname(directory) !== directory) {
    name = directory;
    directory = dirname(directory);
  }
  return { directory, name: basename(name) };
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
