import type { Place } from './problem.ts';

/** Names of keys and numbers of items from the root of a document to a thing in it. */
export type Path = readonly (string | number)[];

/** What a file holds as plain data, and where each thing in it stands. */
export interface Source {
  /** The file as it is named to people. */
  readonly file: string;
  /** Maps are objects without a prototype, so that no key means anything but itself. */
  readonly value: unknown;
  /**
   * Where a thing stands, or for what is missing the nearest thing around it. With `key`, where its name stands.
   */
  placeOf(path: Path, part?: 'key' | 'value'): Place;
  /** Where words stand within a text, if they are written there as they are; else where the text stands. */
  placeOfWords(path: Path, words: string): Place;
}

/** The part of plain data at a path, or undefined if there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step))
      return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}
