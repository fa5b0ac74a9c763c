import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from doubling the room for young objects again and again while a process loads its modules. It would
 * reach 32 MB then, and a process that waits most of the time gives none of it back.
 */
export function keepYoungMemorySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** From here on it grows as V8 is used to, where there is so much work that it pays. */
export function letYoungMemoryGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
