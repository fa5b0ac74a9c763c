import { join, resolve } from 'node:path';
import type { TraceSettings } from '../src/core/tracing.ts';
import { EnvironmentError } from './environment-error.ts';
import { readTraceSettings, secretsOfTraces } from './trace-settings.ts';
import { readVariables, type Variables } from './variables.ts';

/** What the environment says besides the config and the accounts' secrets. */
export interface Environment {
  /** `CARILLON_CONFIG`: the config where none is named. As it was written: relative to the working directory. */
  readonly configFile: string;
  /** `REDIS_URL`: a Redis of the user's. Without it Carillon runs its own. */
  readonly redisUrl: string | undefined;
  /** `CARILLON_DATA_DIR`: the private Redis, the journals and the sandbox's posts. Absolute. */
  readonly dataDir: string;
  /** `CARILLON_SANDBOX_PORT` */
  readonly sandboxPort: number;
  /** `CARILLON_DASHBOARD_HOST` */
  readonly dashboardHost: string;
  /** `CARILLON_DASHBOARD_PORT` */
  readonly dashboardPort: number;
  /** `CARILLON_SECRET_KEY`: seals the tokens of the accounts. Without it a key in the data directory does. */
  readonly secretKey: string | undefined;
  /** `CARILLON_OLD_SECRET_KEY`: opens what was sealed before the key was changed, until `carillon rekey` is done. */
  readonly oldSecretKey: string | undefined;
  /** `CARILLON_TRACES` and what OpenTelemetry calls its own: where traces go; undefined for nowhere. */
  readonly traces: TraceSettings | undefined;
  /** Every value that nothing may show, those of accounts that no config names included. */
  readonly secrets: readonly string[];
  /** True where a window would be seen: in a graphical session on this machine. */
  readonly hasScreen: boolean;
  /** True in a process that `carillon start` has started. */
  readonly isSupervised: boolean;
  /** How Carillon is called here, to show people what to type. */
  readonly command: string;
}

export const DEFAULT_SANDBOX_PORT = 8421;
const DEFAULT_DASHBOARD_PORT = 8420;

/**
 * Reads the environment, completed from the `.env` file of the working directory.
 *
 * @throws {EnvironmentError} if a variable cannot be used
 */
export async function readEnvironment(
  ofProcess: Variables = process.env,
  cwd = process.cwd(),
): Promise<Environment> {
  const { variables: env } = await readVariables(ofProcess, cwd);
  return {
    configFile: configFileOf(env),
    redisUrl: env.REDIS_URL || undefined,
    dataDir: dataDirOf(env, cwd),
    sandboxPort: readPort(env, 'CARILLON_SANDBOX_PORT', DEFAULT_SANDBOX_PORT),
    dashboardHost: env.CARILLON_DASHBOARD_HOST || '127.0.0.1',
    dashboardPort: readPort(env, 'CARILLON_DASHBOARD_PORT', DEFAULT_DASHBOARD_PORT),
    secretKey: env.CARILLON_SECRET_KEY || undefined,
    oldSecretKey: env.CARILLON_OLD_SECRET_KEY || undefined,
    traces: readTraceSettings(env),
    secrets: secretsIn(env),
    hasScreen: hasScreen(env),
    isSupervised: env.CARILLON_SUPERVISED === '1',
    command: commandOf(env),
  };
}

/** Whoever names a variable anew puts it here if it is no secret; all others are. */
const plainVariables = new Set([
  'CARILLON_CONFIG',
  'CARILLON_DATA_DIR',
  'CARILLON_SANDBOX_PORT',
  'CARILLON_DASHBOARD_HOST',
  'CARILLON_DASHBOARD_PORT',
  'CARILLON_SUPERVISED',
  'CARILLON_TRACES',
]);

function secretsIn(env: Variables): readonly string[] {
  const own = Object.entries(env)
    .filter(([name]) => name.startsWith('CARILLON_') && !plainVariables.has(name))
    .flatMap(([, value]) => value?.trim() || []);
  const addresses = [
    ...[env.REDIS_URL, env.CARILLON_SMTP_URL],
    ...[env.OTEL_EXPORTER_OTLP_ENDPOINT, env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT],
  ];
  return [
    ...own,
    ...secretsOfTraces(env),
    ...addresses.flatMap((address) => passwordsIn(address ?? '')),
  ];
}

/** As they are written in an address, which may name several hosts, and as they are meant. */
function passwordsIn(address: string): readonly string[] {
  const written = [
    /^[^/]*\/\/[^/?#:]*:([^/?#]*)@/.exec(address)?.[1],
    /[?&]sentinelPassword=([^&#]+)/.exec(address)?.[1],
  ];
  return written.flatMap((text) => {
    if (!text) return [];
    try {
      return [text, decodeURIComponent(text), decodeURIComponent(text.replaceAll('+', ' '))];
    } catch {
      return [text];
    }
  });
}

/** The config where none is named. */
export function configFileOf(env: Variables): string {
  return env.CARILLON_CONFIG || join('config', 'carillon.yaml');
}

function hasScreen(env: Variables): boolean {
  if (env.SSH_CONNECTION || env.SSH_TTY) return false;
  return process.platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** npm tells the programs that it runs how it was called. */
function commandOf(env: Variables): string {
  if (env.npm_lifecycle_event === 'carillon') return 'npm run carillon --';
  return env.npm_command === 'exec' ? 'npx carillon' : 'carillon';
}

/** Where Carillon keeps what it needs from run to run. */
export function dataDirOf(env: Variables, cwd: string): string {
  return resolve(cwd, env.CARILLON_DATA_DIR || '.carillon');
}

/** The environment for a part of Carillon that `start` runs as a child. */
export function environmentForPart(): NodeJS.ProcessEnv {
  // glibc's malloc keeps room for each thread apart, and gives little of it back: one for all saves some MB.
  return { MALLOC_ARENA_MAX: '1', ...process.env, CARILLON_SUPERVISED: '1' };
}

function readPort(env: Variables, name: string, usual: number): number {
  const text = env[name];
  if (text === undefined || text === '') return usual;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new EnvironmentError(`${name} is "${text}"; it takes a port, such as ${usual}.`);
}
