import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { readVersion } from '../../src/core/version.ts';
import type { ServerProgram } from '../../src/redis/find-server.ts';

/** What figures depend on besides the program. */
export interface Machine {
  readonly carillon: string;
  readonly node: string;
  readonly redis: string;
  readonly system: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMB: number;
  /** How many processes wanted a core before it began, over the last minute. */
  readonly loadBefore: number;
}

export function describeMachine(server: ServerProgram): Machine {
  return {
    carillon: readVersion(),
    node: process.version,
    redis: `${server.version.join('.')}, appendonly yes, appendfsync always`,
    system: `${type()} ${release()}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryMB: Math.round(totalmem() / 1e6),
    loadBefore: loadavg()[0] ?? 0,
  };
}
