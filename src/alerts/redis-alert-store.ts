import type { Redis } from 'ioredis';
import type { AlertStore, Waiting } from './alert-store.ts';

/** Keys: the lease, what is known, what waits. ARGV: the owner, how many changes, then pairs of fields and JSON texts. */
const COMMIT = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local changes = tonumber(ARGV[2])
for i = 3, #ARGV, 2 do
  local key = (i - 3) / 2 < changes and KEYS[2] or KEYS[3]
  if ARGV[i + 1] == '' then redis.call('HDEL', key, ARGV[i])
  else redis.call('HSET', key, ARGV[i], ARGV[i + 1]) end
end
return 1`;

interface StoreOptions {
  /** Of every key; carries the hash tag. */
  readonly prefix: string;
  /** Who holds the lease, if it is this process. */
  readonly owner: string;
}

/** The key of the lease by which one process at a time sends. */
export function leaseKeyOf(prefix: string): string {
  return `${prefix}:alerts:lease`;
}

/** Alerts in hashes of Redis, each field a JSON text. */
export function openRedisAlertStore(redis: Redis, { prefix, owner }: StoreOptions): AlertStore {
  const [known, outbox, troubles] = [
    `${prefix}:alerts:known`,
    `${prefix}:alerts:outbox`,
    `${prefix}:alerts:troubles`,
  ] as const;
  const readAll = async <T>(key: string): Promise<(readonly [string, T])[]> =>
    Object.entries(await redis.hgetall(key)).map(([field, json]) => [field, JSON.parse(json) as T]);
  const fieldOf = ({ channel, message }: Waiting) => `${message.id} ${channel}`;

  return {
    known: async () => new Map(await readAll(known)),
    async commit(changes, messages) {
      const pairs = [
        ...[...changes].map(([field, value]) => [field, value ? JSON.stringify(value) : '']),
        ...messages.map((waiting) => [fieldOf(waiting), JSON.stringify(waiting)]),
      ];
      const keys = [leaseKeyOf(prefix), known, outbox];
      const args = [owner, changes.size, ...pairs.flat()];
      return (await redis.eval(COMMIT, keys.length, ...keys, ...args)) === 1;
    },
    async waiting() {
      const all = (await readAll<Waiting>(outbox)).map(([, waiting]) => waiting);
      return all.sort((a, b) => a.message.at - b.message.at);
    },
    async postpone(waiting) {
      await redis.hset(outbox, fieldOf(waiting), JSON.stringify(waiting));
    },
    async remove(waiting) {
      await redis.hdel(outbox, fieldOf(waiting));
    },
    troubles: async () => new Map(await readAll(troubles)),
    async keepTrouble(channel, trouble) {
      if (trouble === undefined) await redis.hdel(troubles, channel);
      else await redis.hset(troubles, channel, JSON.stringify(trouble));
    },
  };
}
