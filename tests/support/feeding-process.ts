import { loadConfig } from '../../config/load.ts';
import { openApp } from '../../src/app.ts';
import { silentLog } from '../../src/core/log.ts';

/** Does with the feeds of the config in the working directory what a scheduler does, but asks them all the time. */
const { config } = await loadConfig();
const feeds = config.feeds.map((feed) => ({ ...feed, everyMs: 50 }));
const redisUrl = process.env.REDIS_URL;
const dataDir = process.env.CARILLON_DATA_DIR ?? '.carillon';
const app = await openApp(config, { redisUrl, dataDir, mayStartRedis: false, log: silentLog });
const impatient = { ...config, feeds };
await app.apply(impatient);
await app.startFeeds(() => impatient, { tickMs: 10 });
process.stdout.write('ready\n');
