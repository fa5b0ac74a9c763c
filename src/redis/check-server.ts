import type { Redis } from 'ioredis';
import { lightRequire } from '../core/light-require.ts';
import type { RedisEndpoint } from './endpoint.ts';
import { isAtLeast, oldestServerVersion, type ServerVersion } from './find-server.ts';

const { Cluster } = lightRequire<typeof import('ioredis')>('ioredis');

/** What a server says of itself. Undefined where it does not say. */
export interface ServerFacts {
  /** Tells it from the others of a Cluster. */
  readonly address?: string;
  readonly version: ServerVersion | undefined;
  readonly isValkey: boolean;
  readonly mode: string | undefined;
  readonly role: string | undefined;
  /** How many replicas follow it. */
  readonly replicas: number | undefined;
  readonly maxmemory: number | undefined;
  readonly usedMemory: number | undefined;
  readonly maxmemoryPolicy: string | undefined;
  readonly appendonly: boolean | undefined;
  readonly appendfsync: string | undefined;
  readonly lastWriteFailed: boolean;
  /** It could not write a whole copy of its data: an append-only file anew, or a snapshot. */
  readonly lastCopyFailed: boolean;
}

/** Something about a server that people should know. An `error` makes duplicates or losses possible. */
export interface ServerFinding {
  readonly severity: 'error' | 'warning';
  /** What it is about, in a word that stays the same. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/**
 * Asks the server; of a Cluster every master, as the slot with our keys may move to any of them. Managed servers often
 * refuse CONFIG: then what only that tells stays unknown.
 */
export async function readServerFacts(redis: Redis): Promise<readonly ServerFacts[]> {
  const masters: unknown = redis;
  if (!(masters instanceof Cluster)) return [await factsOf(redis)];
  // It knows its nodes once it has answered.
  await redis.ping();
  return Promise.all(masters.nodes('master').map(factsOf));
}

async function factsOf(redis: Redis): Promise<ServerFacts> {
  const info = await redis.info();
  const { host, port } = redis.options;
  const appendfsync = await readSetting(redis, 'appendfsync');
  return { ...parseServerFacts(info, { appendfsync }), address: `${host}:${port}` };
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
  const usedMemory = facts.get('used_memory');
  const aofEnabled = facts.get('aof_enabled');
  const replicas = facts.get('connected_slaves');
  return {
    version: parseVersion(facts.get('valkey_version') ?? facts.get('redis_version')),
    isValkey: facts.has('valkey_version') || facts.get('server_name') === 'valkey',
    mode: facts.get('redis_mode') ?? facts.get('server_mode'),
    role: facts.get('role'),
    replicas: replicas === undefined ? undefined : Number(replicas),
    maxmemory: maxmemory === undefined ? undefined : Number(maxmemory),
    usedMemory: usedMemory === undefined ? undefined : Number(usedMemory),
    maxmemoryPolicy: facts.get('maxmemory_policy'),
    appendonly: aofEnabled === undefined ? undefined : aofEnabled === '1',
    appendfsync: settings.appendfsync,
    lastWriteFailed: facts.get('aof_last_write_status') === 'err',
    lastCopyFailed:
      facts.get('aof_last_bgrewrite_status') === 'err' ||
      facts.get('rdb_last_bgsave_status') === 'err',
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

/** Says in sentences what keeps servers from being a safe place for the ledger: one, or the masters of a Cluster. */
export function judgeServers(
  all: readonly ServerFacts[],
  endpoint: Pick<RedisEndpoint, 'kind'>,
): readonly ServerFinding[] {
  return all.flatMap((facts) =>
    judgeServer(facts, endpoint).map((finding) =>
      all.length === 1 ? finding : { ...finding, message: `${facts.address}: ${finding.message}` },
    ),
  );
}

function judgeServer(
  facts: ServerFacts,
  endpoint: Pick<RedisEndpoint, 'kind'>,
): readonly ServerFinding[] {
  return [
    judgeVersion(facts),
    judgeMode(facts, endpoint),
    judgeRole(facts),
    judgeReplicas(facts, endpoint),
    judgeEviction(facts),
    judgeMemory(facts),
    judgePersistence(facts),
    judgeWriting(facts),
  ].filter((finding) => finding !== undefined);
}

function judgeVersion({ version }: ServerFacts): ServerFinding | undefined {
  const code = 'version';
  if (version === undefined) {
    const message = 'Redis does not say its version.';
    return { severity: 'warning', code, message, remedy: 'See to it that it is 6.2 or later.' };
  }
  if (isAtLeast(version, oldestServerVersion)) return undefined;
  const message = `This is Redis ${version.join('.')}, and Carillon needs 6.2 or later.`;
  return { severity: 'error', code, message, remedy: 'Update it.' };
}

function judgeMode(
  { mode }: ServerFacts,
  { kind }: Pick<RedisEndpoint, 'kind'>,
): ServerFinding | undefined {
  const code = 'mode';
  if (mode === 'sentinel') {
    const message = 'REDIS_URL leads to a Sentinel, which holds no data.';
    const remedy = 'Write it as redis+sentinel://host:26379/NAME, with the name of the master.';
    return { severity: 'error', code, message, remedy };
  }
  if (mode === 'cluster' && kind !== 'cluster') {
    const message = 'REDIS_URL leads to one node of a Cluster, which need not have the ledger.';
    const remedy = 'Write it as redis+cluster://host:6379, with all the nodes that you know.';
    return { severity: 'error', code, message, remedy };
  }
  if (mode === 'standalone' && kind === 'cluster') {
    const message = 'REDIS_URL begins with redis+cluster://, and this Redis is no Cluster.';
    return { severity: 'error', code, message, remedy: 'Write it as redis://host:6379.' };
  }
  return undefined;
}

function judgeRole({ role }: ServerFacts): ServerFinding | undefined {
  if (role !== 'slave' && role !== 'replica') return undefined;
  const message = 'REDIS_URL leads to a replica, which takes no writes.';
  const remedy = 'Give the address of the primary.';
  return { severity: 'error', code: 'role', message, remedy };
}

function judgeReplicas(
  { replicas }: ServerFacts,
  { kind }: Pick<RedisEndpoint, 'kind'>,
): ServerFinding | undefined {
  if (kind !== 'sentinel' || replicas !== 0) return undefined;
  return {
    severity: 'warning',
    code: 'replicas',
    message: 'No replica follows this Redis: if it dies, no other takes over.',
    remedy: 'Start one again, or let another follow it.',
  };
}

function judgeEviction({
  maxmemoryPolicy: policy,
  maxmemory,
}: ServerFacts): ServerFinding | undefined {
  const code = 'eviction';
  if (policy === undefined) {
    const message = 'Redis does not say what it does when its memory is full.';
    const remedy = 'See to it that maxmemory-policy is noeviction.';
    return { severity: 'warning', code, message, remedy };
  }
  if (policy === 'noeviction') return undefined;
  return {
    // Without a limit nothing is thrown away yet.
    severity: maxmemory === 0 ? 'warning' : 'error',
    code,
    message: `Redis throws records away when its memory is full (maxmemory-policy ${policy}), and a lost record is a post sent twice or never.`,
    remedy: 'In Redis, set maxmemory-policy to noeviction.',
  };
}

const WARNING_PART = 0.8;
const ERROR_PART = 0.95;

function judgeMemory({ usedMemory, maxmemory }: ServerFacts): ServerFinding | undefined {
  if (usedMemory === undefined || maxmemory === undefined || maxmemory === 0) return undefined;
  const part = usedMemory / maxmemory;
  if (part < WARNING_PART) return undefined;
  return {
    severity: part < ERROR_PART ? 'warning' : 'error',
    code: 'memory',
    message: `Redis uses ${Math.floor(part * 100)} % of the memory that it may have, and once it is full, nothing can be planned or sent.`,
    remedy: 'Raise its maxmemory, or give it a machine with more.',
  };
}

function judgePersistence(facts: ServerFacts): ServerFinding | undefined {
  const code = 'persistence';
  if (facts.appendonly === undefined) {
    const message = 'Redis does not say whether it keeps its data on a disk.';
    const remedy = 'See to it that appendonly is yes and appendfsync is always.';
    return { severity: 'warning', code, message, remedy };
  }
  if (!facts.appendonly) {
    const message =
      'Redis forgets its last minutes when it dies, and what it forgets could be posted again.';
    const remedy = 'In Redis, set appendonly to yes and appendfsync to always.';
    return { severity: 'warning', code, message, remedy };
  }
  if (facts.appendfsync === 'always' || hasWaitAof(facts)) return undefined;
  if (facts.appendfsync === undefined) {
    const message = 'Redis does not say when it writes to the disk.';
    const remedy = 'See to it that appendfsync is always.';
    return { severity: 'warning', code, message, remedy };
  }
  const message = `Redis may forget its last second in a power cut (appendfsync ${facts.appendfsync}), and what it forgets could be posted again.`;
  return { severity: 'warning', code, message, remedy: 'In Redis, set appendfsync to always.' };
}

function judgeWriting({ lastWriteFailed, lastCopyFailed }: ServerFacts): ServerFinding | undefined {
  const code = 'writing';
  if (lastWriteFailed) {
    const message = 'Redis could not write its last changes to the disk.';
    const remedy = 'Make free space there, and see its log for the cause.';
    return { severity: 'error', code, message, remedy };
  }
  if (!lastCopyFailed) return undefined;
  const message = 'Redis could not write the last whole copy of its data to the disk.';
  const remedy = 'See its log for the cause: little space or memory, as a rule.';
  return { severity: 'warning', code, message, remedy };
}
