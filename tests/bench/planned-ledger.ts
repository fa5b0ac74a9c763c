import type { Intent } from '../../src/core/publication.ts';
import { openRedisLedger } from '../../src/ledger/redis-ledger.ts';
import { networkIds } from '../../src/networks/registry.ts';
import { openQueues } from '../../src/queue/queues.ts';
import { anIntent } from '../support/ledger.ts';
import type { TestRedis } from '../support/redis.ts';

/** The ledger and the queues of the processes under measurement, filled to the millisecond, which no config can. */
export interface PlannedLedger extends AsyncDisposable {
  add(intents: readonly Partial<Intent>[]): Promise<void>;
  /** How many of those that are counted are out. */
  countPublished(isCounted?: (publication: string) => boolean): Promise<number>;
}

const PREFIX = '{carillon-sandbox}';
const PAGE = 100;
const PUBLISH_BY_MS = 2 * 3_600_000;

export function openPlannedLedger(server: TestRedis): PlannedLedger {
  const redis = server.connect({ maxRetriesPerRequest: null });
  const ledger = openRedisLedger(redis, { prefix: PREFIX });
  const queues = openQueues({
    ...{ prefix: PREFIX, networks: networkIds, connection: redis, redis, onError: () => {} },
  });
  const add = async (wished: Partial<Intent>) => {
    const intent = anIntent({ publishByMs: PUBLISH_BY_MS, ...wished });
    const { generation, dueInMs } = await ledger.add(intent);
    const { publication, network } = intent;
    return { publication, network, generation, inMs: dueInMs };
  };
  return {
    async add(intents) {
      for (let start = 0; start < intents.length; start += PAGE) {
        await queues.enqueue(await Promise.all(intents.slice(start, start + PAGE).map(add)));
      }
    },
    async countPublished(isCounted = () => true) {
      const names = await redis.zrange(`${PREFIX}:ledger:state:published`, '0', '-1');
      return names.filter(isCounted).length;
    },
    [Symbol.asyncDispose]: () => queues[Symbol.asyncDispose](),
  };
}
