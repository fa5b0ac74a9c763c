import { setTimeout as wait } from 'node:timers/promises';
import { type FileMarks, gatherMarks, haveChanged, type NoteFile } from './file-marks.ts';

export interface ReadingStill<T> {
  /** Reads the files, and notes each of them before it is opened. */
  read(note: NoteFile): Promise<T>;
  /** For how long nothing may have been written after it was read, so that what was read counts. */
  quietMs(value: T): number;
  readonly signal: AbortSignal;
  /** Called each time that something was written meanwhile, and it is read again. */
  readonly onRestless?: () => void;
}

export interface StillReading<T> {
  readonly value: T;
  /** How every file stood that was read for it. */
  readonly marks: FileMarks;
}

/**
 * Reads files when nobody is writing to them: what a program or a checkout has written by half is read again,
 * until all of it has rested. Answers undefined if it was called off before.
 */
export async function readStill<T>(reading: ReadingStill<T>): Promise<StillReading<T> | undefined> {
  const { read, quietMs, signal, onRestless } = reading;
  while (!signal.aborted) {
    const { marks, note } = gatherMarks();
    const value = await read(note);
    await wait(quietMs(value), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    if (!(await haveChanged(marks))) return { value, marks };
    onRestless?.();
  }
  return undefined;
}
