import type { Redis } from 'ioredis';
import { isAtLeast, oldestServerVersion, type ServerVersion } from './find-server.ts';

/** What a server says of itself. Undefined where it does not say. */
export interface ServerFacts {
  readonly version: ServerVersion | undefined;
  readonly isValkey: boolean;
  readonly mode: string | undefined;
  readonly role: string | undefined;
  readonly maxmemory: number | undefined;
  readonly maxmemoryPolicy: string | undefined;
  readonly appendonly: boolean | undefined;
  readonly appendfsync: string | undefined;
  readonly lastWriteFailed: boolean;
}

/** Something about a server that people should know. An `error` makes duplicates or losses possible. */
export interface ServerFinding {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** Asks the server. Managed servers often refuse CONFIG: then what only that tells stays unknown. */
export async function readServerFacts(redis: Redis): Promise<ServerFacts> {
  const info = await redis.info();
  const appendfsync = await readSetting(redis, 'appendfsync');
  return parseServerFacts(info, { appendfsync });
}

async function readSetting(redis: Redis, name: string): Promise<string | undefined> {
  try {
    const reply: unknown = await redis.config('GET', name);
    return Array.isArray(reply) && typeof reply[1] === 'string' ? reply[1] : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the answer to INFO, and the settings that CONFIG told. */
export function parseServerFacts(
  info: string,
  settings: { appendfsync?: string | undefined } = {},
): ServerFacts {
  const facts = new Map<string, string>();
  for (const line of info.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith('#')) facts.set(line.slice(0, colon), line.slice(colon + 1));
  }
  const maxmemory = facts.get('maxmemory');
  const aofEnabled = facts.get('aof_enabled');
  return {
    version: parseVersion(facts.get('valkey_version') ?? facts.get('redis_version')),
    isValkey: facts.has('valkey_version') || facts.get('server_name') === 'valkey',
    mode: facts.get('redis_mode') ?? facts.get('server_mode'),
    role: facts.get('role'),
    maxmemory: maxmemory === undefined ? undefined : Number(maxmemory),
    maxmemoryPolicy: facts.get('maxmemory_policy'),
    appendonly: aofEnabled === undefined ? undefined : aofEnabled === '1',
    appendfsync: settings.appendfsync,
    lastWriteFailed: facts.get('aof_last_write_status') === 'err',
  };
}

function parseVersion(text: string | undefined): ServerVersion | undefined {
  const found = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(text ?? '');
  return found === null ? undefined : [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
}

/** True if WAITAOF tells when a write is on the disk: Redis 7.2 and every Valkey. */
export function hasWaitAof(facts: ServerFacts): boolean {
  return facts.isValkey || (facts.version !== undefined && isAtLeast(facts.version, [7, 2, 0]));
}

/** Says in sentences what keeps a server from being a safe place for the ledger. */
export function judgeServer(facts: ServerFacts): readonly ServerFinding[] {
  return [
    judgeVersion(facts),
    judgeMode(facts),
    judgeRole(facts),
    judgeEviction(facts),
    judgePersistence(facts),
    facts.lastWriteFailed
      ? asError('Redis could not write its last changes to the disk: free space there.')
      : undefined,
  ].filter((finding) => finding !== undefined);
}

function judgeVersion({ version }: ServerFacts): ServerFinding | undefined {
  if (version === undefined)
    return asWarning('Redis does not say its version; 6.2 or later is needed.');
  if (isAtLeast(version, oldestServerVersion)) return undefined;
  return asError(`This is Redis ${version.join('.')}, and Carillon needs 6.2 or later: update it.`);
}

function judgeMode({ mode }: ServerFacts): ServerFinding | undefined {
  if (mode === 'sentinel') {
    return asError(
      'REDIS_URL leads to a Sentinel, which holds no data: give the address of the Redis that it watches.',
    );
  }
  if (mode === 'cluster') {
    return asWarning(
      'This Redis is a cluster: Carillon keeps all its keys on one node, and REDIS_URL must lead to that node.',
    );
  }
  return undefined;
}

function judgeRole({ role }: ServerFacts): ServerFinding | undefined {
  if (role !== 'slave' && role !== 'replica') return undefined;
  return asError(
    'REDIS_URL leads to a replica, which takes no writes: give the address of the primary.',
  );
}

function judgeEviction({
  maxmemoryPolicy: policy,
  maxmemory,
}: ServerFacts): ServerFinding | undefined {
  if (policy === undefined) {
    return asWarning(
      'Redis does not say what it does when its memory is full: see to it that maxmemory-policy is noeviction.',
    );
  }
  if (policy === 'noeviction') return undefined;
  const sentence = `Redis throws records away when its memory is full (maxmemory-policy ${policy}), and a lost record is a post sent twice or never: set maxmemory-policy to noeviction.`;
  // Without a limit nothing is thrown away yet.
  return maxmemory === 0 ? asWarning(sentence) : asError(sentence);
}

function judgePersistence(facts: ServerFacts): ServerFinding | undefined {
  if (facts.appendonly === undefined) {
    return asWarning(
      'Redis does not say whether it keeps its data on a disk: see to it that appendonly is yes and appendfsync is always.',
    );
  }
  if (!facts.appendonly) {
    return asWarning(
      'Redis forgets its last minutes when it dies, and what it forgets could be posted again: set appendonly to yes and appendfsync to always.',
    );
  }
  if (facts.appendfsync === 'always' || hasWaitAof(facts)) return undefined;
  if (facts.appendfsync === undefined) {
    return asWarning(
      'Redis does not say when it writes to the disk: see to it that appendfsync is always.',
    );
  }
  return asWarning(
    `Redis may forget its last second in a power cut (appendfsync ${facts.appendfsync}), and what it forgets could be posted again: set appendfsync to always.`,
  );
}

function asError(message: string): ServerFinding {
  return { severity: 'error', message };
}

function asWarning(message: string): ServerFinding {
  return { severity: 'warning', message };
}
