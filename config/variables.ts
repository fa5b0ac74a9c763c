import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import type { Problem } from '../src/core/problem.ts';
import { decodeSource } from '../src/core/source-text.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

export interface VariablesReading {
  readonly variables: Variables;
  readonly problems: readonly Problem[];
}

/** The environment, completed from the `.env` file of the working directory. What is set already wins. */
export async function readVariables(env: Variables, cwd: string): Promise<VariablesReading> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path.join(cwd, '.env'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return { variables: env, problems: [] };
    const message = `The file cannot be read (${code ?? 'unknown error'}). Give Carillon the right to read it, or remove it.`;
    return { variables: env, problems: [refuse(message)] };
  }

  const text = decodeSource(bytes, '.env');
  if (typeof text !== 'string') return { variables: env, problems: [text] };

  const own = Object.entries(env).filter(([, value]) => value !== undefined);
  return { variables: { ...parseEnv(text), ...Object.fromEntries(own) }, problems: [] };
}

function refuse(message: string): Problem {
  return { file: '.env', line: 1, column: 1, message, severity: 'error' };
}
