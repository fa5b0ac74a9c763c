import type { Problem } from '../src/core/problem.ts';
import { checkPart } from '../src/core/schema-problems.ts';
import type { Source } from '../src/core/source.ts';
import { DEFAULT_SANDBOX_PORT } from './environment.ts';
import { sandbox } from './schema.ts';
import type { Variables } from './variables.ts';

export interface SandboxReading {
  /** Where the sandbox listens; undefined if the accounts talk to the real networks. */
  readonly url: string | undefined;
  readonly problems: readonly Problem[];
}

/** Reads `sandbox:`. What is neither true nor false counts as true: a mistake must not reach a real network. */
export function readSandbox(source: Source, env: Variables): SandboxReading {
  const { value = true, problems } = checkPart(sandbox, source, ['sandbox']);
  if (!value) return { url: undefined, problems };

  const written = env.CARILLON_SANDBOX_PORT?.trim() || String(DEFAULT_SANDBOX_PORT);
  const port = /^\d{1,5}$/.test(written) ? Number(written) : 0;
  if (port >= 1 && port <= 65_535) return { url: `http://127.0.0.1:${port}`, problems };

  const message = `CARILLON_SANDBOX_PORT is "${written.slice(0, 40)}", but must be a port from 1 to 65535. Change the variable.`;
  const problem: Problem = { ...source.placeOf(['sandbox']), message, severity: 'error' };
  return { url: `http://127.0.0.1:${DEFAULT_SANDBOX_PORT}`, problems: [...problems, problem] };
}
