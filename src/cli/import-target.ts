import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readEnvironment } from '../../config/environment.ts';
import { loadEntryIds } from '../../config/load.ts';
import { ConfigError } from '../core/problem.ts';
import { decodeSource } from '../core/source-text.ts';
import { type ImportTarget, readImportTarget } from '../importing/read-target.ts';
import { type Call, CallError } from './call.ts';
import { loadOptions } from './open.ts';

export interface TargetOfCall {
  readonly target: ImportTarget;
  /** What stands in the file that the entries are added to; empty if there is none. */
  readonly intoText: string;
}

/**
 * Reads the config that entries are made for. The file that they are added to may be the config, or one that the
 * config includes: then accounts and time zone stand in the config.
 */
export async function readTargetOf(call: Call, cwd: string): Promise<TargetOfCall> {
  const into = call.valueOf('into');
  if (into !== undefined && !/\.ya?ml$/i.test(into)) {
    throw new CallError(`"${into}" is no YAML file: entries are added to YAML files only.`);
  }
  const intoText = into === undefined ? '' : await readText(into, cwd, true);
  const own = readImportTarget(intoText);
  const isConfig = own.accounts.size > 0;
  const { configFile } = await readEnvironment(call.io.env, call.io.cwd);
  const config = isConfig && into !== undefined ? into : (call.valueOf('config') ?? configFile);
  const text = isConfig ? intoText : await readText(config, cwd, call.has('config'));

  const target = readImportTarget(text);
  const ids = await readIds(call, config);
  return { intoText, target: { ...target, ids: new Set([...target.ids, ...own.ids, ...ids]) } };
}

async function readText(named: string, cwd: string, mustBeThere: boolean): Promise<string> {
  const bytes = await readFile(resolve(cwd, named)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && !mustBeThere) return Buffer.alloc(0);
    throw new CallError(
      `${named} cannot be read (${error.code}). "carillon init --config FILE" writes a first config.`,
    );
  });
  const text = decodeSource(bytes, named);
  if (typeof text !== 'string') throw new CallError(`${named}: ${text.message}`);
  return text;
}

/** With those of included files; a config that cannot be read has none. */
async function readIds(call: Call, config: string): Promise<ReadonlySet<string>> {
  try {
    return await loadEntryIds({ ...loadOptions(call), file: config });
  } catch (error) {
    if (error instanceof ConfigError) return new Set();
    throw error;
  }
}
