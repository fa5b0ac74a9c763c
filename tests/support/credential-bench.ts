import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../../src/core/account.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { CredentialStore } from '../../src/core/credentials.ts';
import { type Log, silentLog } from '../../src/core/log.ts';
import { type GivenKeys, openKeyRing } from '../../src/credentials/key-ring.ts';
import { openCredentials } from '../../src/credentials/open-credentials.ts';
import { type CredentialRecords, openRedisRecords } from '../../src/credentials/redis-records.ts';
import { startTestRedis, type TestRedis } from './redis.ts';

export interface StoreOptions {
  readonly dataDir?: string;
  readonly given?: GivenKeys;
  readonly namespace?: string;
  readonly lockMs?: number;
  readonly log?: Log;
  readonly learn?: (secrets: readonly string[]) => void;
}

/** A Redis and a data directory, on which stores are opened as processes open them. */
export interface CredentialBench extends AsyncDisposable {
  readonly redis: TestRedis;
  readonly dataDir: string;
  readonly records: CredentialRecords;
  open(options?: StoreOptions): CredentialStore;
}

export async function startCredentialBench(): Promise<CredentialBench> {
  const redis = await startTestRedis();
  const dataDir = mkdtempSync(join(tmpdir(), 'carillon-credentials-'));
  const recordsOf = (namespace: string) => openRedisRecords(redis.connect(), `{${namespace}}`);
  return {
    redis,
    dataDir,
    records: recordsOf('carillon'),
    open: (options = {}) => {
      const { namespace = 'carillon', log = silentLog, learn = () => {}, given = {} } = options;
      const other = namespace === 'carillon' ? 'carillon-sandbox' : 'carillon';
      return openCredentials({
        ...{ namespace, log, learn },
        records: recordsOf(namespace),
        ring: openKeyRing(options.dataDir ?? dataDir, given, log),
        clock: systemClock,
        tokenFieldsOf: () => ['ACCESS_TOKEN', 'ACCESS_SECRET', 'REFRESH_TOKEN'],
        neighbours: [{ namespace: other, records: recordsOf(other) }],
        ...(options.lockMs !== undefined && { lockMs: options.lockMs }),
      });
    },
    async [Symbol.asyncDispose]() {
      await redis.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export function someAccount(name = 'news-x', over: Partial<Account> = {}): Account {
  return {
    ...{ name, network: 'twitter', apiUrl: 'http://127.0.0.1:1', sandbox: false },
    settings: {},
    secrets: { CLIENT_ID: 'the-app', CLIENT_SECRET: 'secret-of-the-app' },
    ...over,
  };
}
