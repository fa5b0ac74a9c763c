import type { Redis } from 'ioredis';
import type { Settling } from '../core/settling.ts';
import { CREDENTIAL_SCRIPTS, scriptOf } from './lua-credentials.ts';

/** Sealed credentials as they are kept. */
export interface SealedRecord {
  readonly sealed: string;
  readonly version: number;
}

export type WriteAnswer =
  | { readonly is: 'written'; readonly version: number }
  /** Somebody newer has written. */
  | { readonly is: 'stale' }
  /** Everything is to be sealed with the key of this id. */
  | { readonly is: 'other-key'; readonly keyId: string };

export interface WriteOptions {
  /** Refused if one with a higher token has written. */
  readonly fence?: number;
  /** Refused if the record has another version. */
  readonly version?: number;
  /** Takes this key from here on, whatever the others are sealed with. */
  readonly takesKey?: boolean;
}

export type LockAnswer =
  | { readonly fence: number }
  | { readonly fence: undefined; readonly owner: string; readonly endsInMs: number };

/** The sealed credentials of all accounts in Redis. Each step is atomic, and durable once it resolves. */
export interface CredentialRecords {
  read(account: string): Promise<SealedRecord | undefined>;
  write(
    account: string,
    sealed: string,
    keyId: string,
    options: WriteOptions,
  ): Promise<WriteAnswer>;
  /** False if nothing was there. */
  forget(account: string): Promise<boolean>;
  /** A fencing token higher than any before, under which nothing is locked. */
  nextFence(): Promise<number>;
  /** @param gone an owner whose lock may be taken, as it is known to have ended */
  lock(account: string, owner: string, ttlMs: number, gone?: string): Promise<LockAnswer>;
  unlock(account: string, fence: number): Promise<void>;
  /** Writes down that an exchange begins. `before`: when one of the same began of which no outcome was stored. */
  begin(
    account: string,
    fence: number,
    mark: string,
    now: number,
  ): Promise<{ readonly isLost: boolean; readonly before: number | undefined }>;
  accounts(): Promise<readonly string[]>;
  /** The id of the key that everything is to be sealed with; undefined before anything was. */
  keyId(): Promise<string | undefined>;
  wantKey(keyId: string): Promise<void>;
}

/** @param prefix carries the hash tag: `{carillon}` */
export function openRedisRecords(
  redis: Redis,
  prefix: string,
  { settling }: { readonly settling?: Settling | undefined } = {},
): CredentialRecords {
  const base = `${prefix}:credentials:`;
  const commands = redis as unknown as Record<
    string,
    (...args: (string | number)[]) => Promise<unknown>
  >;
  for (const name of Object.keys(CREDENTIAL_SCRIPTS) as (keyof typeof CREDENTIAL_SCRIPTS)[]) {
    redis.defineCommand(`credentials_${name}`, { numberOfKeys: 1, lua: scriptOf(name) });
  }
  const run = (name: keyof typeof CREDENTIAL_SCRIPTS, ...args: (string | number)[]) =>
    commands[`credentials_${name}`]?.call(redis, base, ...args) as Promise<unknown>;
  const flush = async () => {
    if (settling === undefined || (await settling.settle(settling.mark(), false))) return;
    throw new Error('Redis has not written the credentials to its disk.');
  };

  return {
    async read(account) {
      const [sealed, version] = await redis.hmget(`${base}account:${account}`, 'sealed', 'version');
      return sealed ? { sealed, version: Number(version) } : undefined;
    },
    async write(account, sealed, keyId, { fence, version, takesKey = false }) {
      const options = [fence ?? '', version ?? '', takesKey ? '1' : '0'];
      const [is, detail = ''] = (await run(
        'write',
        account,
        sealed,
        keyId,
        ...options,
      )) as string[];
      if (is === 'other-key') return { is, keyId: detail };
      if (is !== 'written') return { is: 'stale' };
      await flush();
      return { is, version: Number(detail) };
    },
    async forget(account) {
      const wasThere = (await run('forget', account)) === 1;
      await flush();
      return wasThere;
    },
    nextFence: () => redis.incr(`${base}fence`),
    async lock(account, owner, ttlMs, gone = '') {
      const [fence, endsInMs, holder] = (await run('lock', account, owner, ttlMs, gone)) as [
        number,
        number,
        string,
      ];
      return fence > 0 ? { fence } : { fence: undefined, owner: holder, endsInMs };
    },
    async unlock(account, fence) {
      await run('unlock', account, fence);
    },
    async begin(account, fence, mark, now) {
      const [is, before] = (await run('begin', account, fence, mark, now)) as [string, string];
      if (is !== 'begun') return { isLost: true, before: undefined };
      await flush();
      return { isLost: false, before: before === '' ? undefined : Number(before) };
    },
    accounts: () => redis.smembers(`${base}accounts`),
    async keyId() {
      return (await redis.get(`${base}key`)) ?? undefined;
    },
    async wantKey(keyId) {
      await run('want', '', keyId);
      await flush();
    },
  };
}
