import { ConfigError } from '../core/problem.ts';
import type { FileMarks } from '../watching/file-marks.ts';
import { askApart } from './ask-apart.ts';
import type { ConfigAnswer, ConfigParts } from './config-process.ts';

/** Longer than the articles of a long config take, those on the web included. */
const TIMEOUT_MS = 10 * 60_000;

export interface ReadApart<Found> {
  /** @throws {ConfigError} as loadConfig does, and loadFrame for the frame */
  found(): Found;
  /** How the files stood of which it consists, also if there is a mistake in them. */
  readonly marks: FileMarks;
}

/**
 * Reads the config in a process of its own: all that a config is checked with, and a long config as it is parsed,
 * takes more memory than the rest of a process that only wants a part of it.
 *
 * @throws in words for people, if nothing came of it in time
 */
export async function readApart<Part extends keyof ConfigParts>(
  part: Part,
  configFile: string | undefined,
  stopped?: AbortSignal,
): Promise<ReadApart<ConfigParts[Part]>> {
  const answer = await askApart<ConfigAnswer>({
    ...{ program: 'config-process', args: [part], configFile, stopped, timeoutMs: TIMEOUT_MS },
  });
  return { marks: answer.marks, found: () => foundIn(answer) as ConfigParts[Part] };
}

function foundIn(answer: ConfigAnswer): ConfigParts[keyof ConfigParts] {
  if ('found' in answer) return answer.found;
  if ('problems' in answer) throw new ConfigError(answer.problems);
  const { name, message } = answer.error;
  throw Object.assign(new Error(message), { name });
}
