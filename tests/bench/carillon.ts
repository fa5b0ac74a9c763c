import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Part, startPart } from './part.ts';
import { type Ended, type ProgramOptions, runNode } from './program.ts';
import type { ConfigFiles } from './write-config.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

/** The built product, with a config and a data directory of its own. */
export interface Carillon extends AsyncDisposable {
  readonly env: NodeJS.ProcessEnv;
  /** Where its config and its data are. */
  readonly folder: string;
  writeConfig(files: ConfigFiles): void;
  /** Carries out a command. @throws if it fails */
  run(args: readonly string[], options?: Pick<ProgramOptions, 'tellsUse'>): Promise<Ended>;
  /** Starts a process, and resolves once it is ready. It ends with this Carillon. */
  start(args: readonly string[]): Promise<Part>;
  /** Starts everything, as `carillon start` does. */
  startAll(): Promise<Part>;
}

/** `surroundings` are variables of the environment. */
export function openCarillon(surroundings: NodeJS.ProcessEnv): Carillon {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-'));
  const config = join(folder, 'carillon.yaml');
  const env = {
    ...process.env,
    ...surroundings,
    CARILLON_CONFIG: config,
    CARILLON_DATA_DIR: join(folder, 'data'),
  };
  const parts: Part[] = [];
  const start = async (args: readonly string[], readyWords?: string): Promise<Part> => {
    const part = await startPart([MAIN, ...args], env, readyWords);
    parts.push(part);
    return part;
  };
  return {
    env,
    folder,
    writeConfig(files) {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    },
    async run(args, options) {
      const ended = await runNode([MAIN, ...args], { ...options, env });
      if (ended.status !== 0) {
        throw new Error(
          `carillon ${args.join(' ')} ended with ${ended.status}: ${ended.err.slice(0, 500)}`,
        );
      }
      return ended;
    },
    start: (args) => start(args),
    startAll: () => start(['start'], 'Ready after'),
    async [Symbol.asyncDispose]() {
      await Promise.all(parts.map((part) => part[Symbol.asyncDispose]()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
