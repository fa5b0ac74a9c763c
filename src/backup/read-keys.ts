import { Cluster, type Redis } from 'ioredis';
import { type BackupEntry, KEY_KINDS, type KeyKind } from './backup-format.ts';
import { comesLast, isCarried, publicationOf } from './carried-keys.ts';

const PAGE = 500;
/** So many members of a large key are in memory at once. */
const CHUNK = 1_000;

/** The keys below a prefix, a page at a time; one may come twice. */
export async function* scanKeys(redis: Redis, prefix: string): AsyncGenerator<readonly string[]> {
  const start = `${prefix}:`;
  for (const node of nodesOf(redis)) {
    let cursor = '0';
    do {
      const [next, keys] = await node.scan(cursor, 'MATCH', `${start}*`, 'COUNT', PAGE);
      cursor = next;
      yield keys.map((key) => key.slice(start.length));
    } while (cursor !== '0');
  }
}

/** A Cluster asks any of its nodes for what has no key, and only one of them has ours. */
function nodesOf(redis: Redis | Cluster): readonly Pick<Redis, 'scan'>[] {
  return redis instanceof Cluster ? redis.nodes('master') : [redis];
}

/**
 * Reads everything that a backup carries, while others may write: each record as it was at one instant. What is read last
 * is at least as new as every record.
 */
export async function* readKeys(redis: Redis, prefix: string): AsyncGenerator<BackupEntry> {
  const last = new Set<string>();
  for await (const page of scanKeys(redis, prefix)) {
    const carried = [...new Set(page)].filter(isCarried);
    for (const key of carried.filter(comesLast)) last.add(key);
    yield* readPage(
      redis,
      prefix,
      carried.filter((key) => !comesLast(key)),
    );
  }
  // The tokens last of all.
  const isFence = (key: string) => key === 'ledger:fence';
  yield* readPage(
    redis,
    prefix,
    [...last].filter((key) => !isFence(key)),
  );
  yield* readPage(redis, prefix, [...last].filter(isFence));
}

async function* readPage(
  redis: Redis,
  prefix: string,
  keys: readonly string[],
): AsyncGenerator<BackupEntry> {
  if (keys.length === 0) return;
  const asking = redis.pipeline();
  for (const key of keys) asking.type(`${prefix}:${key}`).pttl(`${prefix}:${key}`);
  const facts = (await asking.exec()) ?? [];
  const now = Date.now();
  const known = keys.flatMap((key, i) => {
    const kind = KEY_KINDS.find((one) => one === facts[2 * i]?.[1]);
    const ttl = Number(facts[2 * i + 1]?.[1]);
    return kind === undefined ? [] : [{ key, kind, ...(ttl > 0 && { expireAt: now + ttl }) }];
  });
  const records = known.filter(({ kind, key }) => kind === 'hash' && publicationOf(key));
  const lists = known.filter(({ kind }) => kind === 'list');
  const reading = redis.pipeline();
  for (const { key } of records) reading.hgetallBuffer(`${prefix}:${key}`);
  for (const { key } of lists) reading.lrangeBuffer(`${prefix}:${key}`, 0, CHUNK - 1);
  const replies = ((await reading.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  const whole = new Set<object>();
  for (const [i, entry] of [...records, ...lists].entries()) {
    const reply = replies[i] as Record<string, Buffer> | readonly Buffer[];
    const values = Array.isArray(reply) ? reply : flatten(reply as Record<string, Buffer>);
    if (entry.kind === 'list' && values.length === CHUNK) continue;
    whole.add(entry);
    if (values.length > 0) yield { ...entry, isFirst: true, values };
  }
  for (const { key, kind, ...expiry } of known.filter((entry) => !whole.has(entry))) {
    for await (const entry of readKey(redis, prefix, key, kind)) yield { ...entry, ...expiry };
  }
}

function flatten(fields: Readonly<Record<string, Buffer>>): readonly Buffer[] {
  return Object.entries(fields).flatMap(([field, value]) => [Buffer.from(field), value]);
}

async function* readKey(
  redis: Redis,
  prefix: string,
  key: string,
  kind: KeyKind,
): AsyncGenerator<BackupEntry> {
  let isFirst = true;
  for await (const values of valuesOf(redis, `${prefix}:${key}`, kind)) {
    if (values.length === 0) continue;
    yield { key, kind, isFirst, values };
    isFirst = false;
  }
}

async function* valuesOf(
  redis: Redis,
  key: string,
  kind: KeyKind,
): AsyncGenerator<readonly Buffer[]> {
  switch (kind) {
    case 'string': {
      const value = await redis.getBuffer(key);
      if (value !== null) yield [value];
      return;
    }
    case 'list':
      for (let start = 0; ; start += CHUNK) {
        const values = await redis.lrangeBuffer(key, start, start + CHUNK - 1);
        yield values;
        if (values.length < CHUNK) return;
      }
    case 'hash':
    case 'set':
    case 'zset': {
      let cursor = '0';
      do {
        const scans = {
          hash: () => redis.hscanBuffer(key, cursor, 'COUNT', CHUNK),
          set: () => redis.sscanBuffer(key, cursor, 'COUNT', CHUNK),
          zset: () => redis.zscanBuffer(key, cursor, 'COUNT', CHUNK),
        };
        const [next, values] = await scans[kind]();
        cursor = next.toString();
        yield values;
      } while (cursor !== '0');
    }
  }
}
