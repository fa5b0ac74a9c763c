import type { Redis } from 'ioredis';
import type { AccountLook, Examinations } from './examinations.ts';
import type { Finding } from './finding.ts';

/** What nobody has looked at for days tells nothing any more. */
const KEPT_MS = 3 * 86_400_000;

interface KeptMachine {
  readonly host: string;
  readonly findings: readonly Finding[];
}

interface KeptAccount {
  readonly look: AccountLook;
  readonly findings: readonly Finding[];
}

/**
 * Examinations in one hash of Redis, each field a JSON text: `machine` what was found on the scheduler's, `told` what
 * was told, and `account:<name>` the last look and what was found in it.
 */
export function openRedisExaminations(redis: Redis, key: string): Examinations {
  const write = async (field: string, value: unknown): Promise<void> => {
    await redis.multi().hset(key, field, JSON.stringify(value)).pexpire(key, KEPT_MS).exec();
  };
  const read = async <T>(field: string): Promise<T | undefined> => {
    const json = await redis.hget(key, field);
    return json === null ? undefined : (JSON.parse(json) as T);
  };
  return {
    async findings(accounts) {
      const kept = await redis.hgetall(key);
      const machine =
        kept.machine === undefined ? [] : (JSON.parse(kept.machine) as KeptMachine).findings;
      const ofAccounts = [...accounts].flatMap((account) => {
        const json = kept[`account:${account}`];
        return json === undefined ? [] : (JSON.parse(json) as KeptAccount).findings;
      });
      return [...machine, ...ofAccounts];
    },
    keepMachine: (host, findings) => write('machine', { host, findings }),
    machine: async () => (await read<KeptMachine>('machine'))?.host,
    keepAccount: (account, look, findings) => write(`account:${account}`, { look, findings }),
    lookAt: async (account) => (await read<KeptAccount>(`account:${account}`))?.look,
    told: async () => new Map((await read<[string, string][]>('told')) ?? []),
    keepTold: (told) => write('told', [...told]),
  };
}
