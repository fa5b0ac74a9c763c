import { isAtLeast, type ServerVersion } from './find-server.ts';

export interface ServerConfig {
  readonly version: ServerVersion;
  /** The folder that holds the data. */
  readonly dir: string;
  readonly listen:
    | { readonly socket: string }
    | { readonly port: number; readonly password?: string };
}

/**
 * The config file of a private server. Every write is on the disk before it is acknowledged, nothing is ever
 * evicted, and a damaged file stops the server instead of being cut silently.
 */
export function writeServerConfig(config: ServerConfig): string {
  const { listen } = config;
  const lines = [
    ...('socket' in listen
      ? ['port 0', `unixsocket ${quote(listen.socket)}`, 'unixsocketperm 700']
      : [
          'bind 127.0.0.1',
          `port ${listen.port}`,
          ...(listen.password === undefined ? [] : [`requirepass ${quote(listen.password)}`]),
        ]),
    `dir ${quote(config.dir)}`,
    'daemonize no',
    'appendonly yes',
    'appendfsync always',
    'aof-load-truncated no',
    ...(isAtLeast(config.version, [7, 0, 0]) ? ['aof-timestamp-enabled yes'] : []),
    'save ""',
    'auto-aof-rewrite-percentage 100',
    'auto-aof-rewrite-min-size 64mb',
    'no-appendfsync-on-rewrite no',
    'stop-writes-on-bgsave-error yes',
    'maxmemory 0',
    'maxmemory-policy noeviction',
    // A record with its post stays one packed string, at two thirds of the memory.
    `hash-max-${isAtLeast(config.version, [7, 0, 0]) ? 'listpack' : 'ziplist'}-value 4096`,
    // Delayed jobs are woken by this clock: 10 ms late at most, not 100.
    'hz 100',
    'always-show-logo no',
  ];
  return `${lines.join('\n')}\n`;
}

/** Quotes a value as Redis reads it: bytes that could end the value are written in hex. */
function quote(value: string): string {
  const escaped = [...Buffer.from(value)].map((byte) => {
    const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    return isPlain ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `"${escaped.join('')}"`;
}
