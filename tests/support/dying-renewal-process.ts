import { systemClock } from '../../src/core/clock.ts';
import { silentLog } from '../../src/core/log.ts';
import { openKeyRing } from '../../src/credentials/key-ring.ts';
import { openCredentials } from '../../src/credentials/open-credentials.ts';
import { openRedisRecords } from '../../src/credentials/redis-records.ts';
import { connectRedis } from '../../src/redis/connect.ts';
import { parseRedisUrl } from '../../src/redis/redis-url.ts';
import { someAccount } from './credential-bench.ts';

// A process that is killed after its exchange and before it could store what came of it.
const [redisUrl = '', dataDir = ''] = process.argv.slice(2);
const redis = connectRedis(parseRedisUrl(redisUrl), 'ledger', { log: silentLog });
const store = openCredentials({
  namespace: 'carillon',
  records: openRedisRecords(redis, '{carillon}'),
  ring: openKeyRing(dataDir, {}, silentLog),
  clock: systemClock,
  log: silentLog,
  tokenFieldsOf: () => ['REFRESH_TOKEN'],
  learn: () => {},
  neighbours: [],
});
await store.of(someAccount()).renew(
  () => true,
  async () => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => {});
  },
  new AbortController().signal,
);
