import { parseArgs } from 'node:util';

/** The file named by `--config`, for a process that is started by its own file. */
export function configOption(): string | undefined {
  return parseArgs({ options: { config: { type: 'string' } } }).values.config;
}
