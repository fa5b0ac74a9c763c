import { untilShutdown } from '../../src/core/shutdown.ts';
import { createLog } from '../../src/logging/log.ts';
import { openPrivateRedis } from '../../src/redis/private-redis.ts';

// A process that shares the private Redis of the data directory given to it, for tests that kill it.
const [dataDir = '', mayStart = 'yes'] = process.argv.slice(2);
await using redis = await openPrivateRedis({
  dataDir,
  mayStart: mayStart === 'yes',
  log: createLog({ part: 'test', level: 'error' }),
});
process.stdout.write(`${JSON.stringify({ isOwner: redis.isOwner })}\n`);
await untilShutdown();
