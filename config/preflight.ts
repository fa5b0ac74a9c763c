import type { ZodType } from 'zod';
import type { PreflightSettings } from '../src/core/config.ts';
import type { Problem } from '../src/core/problem.ts';
import { type Checked, checkPart } from '../src/core/schema-problems.ts';
import { type Source, valueAt } from '../src/core/source.ts';
import * as schema from './schema.ts';

export interface PreflightReading {
  readonly settings: PreflightSettings;
  readonly problems: readonly Problem[];
}

/**
 * Reads `preflight:` and the hosts under `fetch:`. A mistake in them keeps no worker from working: it has the
 * defaults until it is mended.
 */
export function readPreflight(source: Source, isSandbox: boolean): PreflightReading {
  const isWritten = (valueAt(source.value, ['preflight']) ?? null) !== null;
  const written = readPart(schema.preflight, source, 'preflight');
  const hosts = readPart(schema.fetching, source, 'fetch');
  const mode = written.value ?? 'warn';
  const settings = {
    mode,
    // The links of an example lead nowhere.
    isBeforeSending: mode !== 'off' && (isWritten || !isSandbox),
    allow: hosts.value?.allow ?? [],
  };
  return { settings, problems: [...written.problems, ...hosts.problems] };
}

function readPart<T>(part: ZodType<T>, source: Source, key: string): Checked<T> {
  const written = valueAt(source.value, [key]) ?? null;
  return written === null ? { problems: [] } : checkPart(part, source, [key]);
}
