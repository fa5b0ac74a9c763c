import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { silentLog } from '../../src/core/log.ts';
import { findFreePort } from '../../src/redis/endpoint.ts';
import { launchServer } from '../../src/redis/launch-server.ts';
import {
  ensureTestServer,
  launchTestServer,
  relaunchTestServer,
  type TestServer,
} from './redis.ts';
import { until } from './until.ts';

/** A master, its replica and Sentinels, for a test. */
export interface TestSentinel extends AsyncDisposable {
  readonly url: string;
  /** Lets the replica stand still, and cuts its link: the master acknowledges what the replica never gets. */
  stopReplica(): Promise<void>;
  /** Kills the master, lets the replica go on, and waits until it is the master. */
  failOver(): Promise<void>;
  /** Starts the one that was killed again, and waits until it follows the new master. */
  bringBack(): Promise<void>;
  /** A connection to the server that is the master. */
  master(): Redis;
}

export interface TestSentinelOptions {
  readonly sentinels?: number;
  /** The server that takes over loads nothing that it was never sent. */
  readonly downAfterMs?: number;
}

const PATIENCE_MS = 60_000;
const NAME = 'mymaster';

export async function startTestSentinel({
  sentinels: count = 1,
  downAfterMs = 500,
}: TestSentinelOptions = {}): Promise<TestSentinel> {
  let master = await launchTestServer(() => lines());
  let replica = await launchTestServer(() => lines(master.port));
  const connections: Redis[] = [];
  const connect = (port: number): Redis => {
    const redis = new Redis(port, '127.0.0.1', { retryStrategy: () => 50 });
    redis.on('error', () => {});
    connections.push(redis);
    return redis;
  };
  const isFollowed = async (port: number): Promise<boolean> =>
    /state=online/.test(await connect(port).info('replication'));
  await until(() => isFollowed(master.port), 'the replica follows', PATIENCE_MS);
  const sentinels = await Promise.all(
    Array.from({ length: count }, () => launchSentinel(master.port, count, downAfterMs)),
  );
  const knowsAll = async (port: number): Promise<boolean> => {
    const said = (await connect(port).call('SENTINEL', 'MASTER', NAME)) as string[];
    const of = (name: string) => Number(said[said.indexOf(name) + 1]);
    return of('num-slaves') === 1 && of('num-other-sentinels') === count - 1;
  };
  for (const { port } of sentinels) {
    await until(() => knowsAll(port), 'the Sentinels know the replica', PATIENCE_MS);
  }

  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${NAME}`,
    async stopReplica() {
      replica.process.kill('SIGSTOP');
      // What is on its way would be read once it goes on.
      await connect(master.port).call('CLIENT', 'KILL', 'TYPE', 'replica');
    },
    async failOver() {
      master.process.kill('SIGKILL');
      await master.process.ended;
      replica.process.kill('SIGCONT');
      const promoted = connect(replica.port);
      const isMaster = async () => /role:master/.test(await promoted.info('replication'));
      await until(isMaster, 'the replica is promoted', PATIENCE_MS);
      [master, replica] = [replica, master];
    },
    async bringBack() {
      replica = await relaunchTestServer(replica, lines(master.port));
      await until(() => isFollowed(master.port), 'the old master follows', PATIENCE_MS);
    },
    master: () => connect(master.port),
    async [Symbol.asyncDispose]() {
      for (const redis of connections) redis.disconnect();
      for (const { process, dir } of [...sentinels, master, replica]) {
        process.kill('SIGCONT');
        await process.stop();
        rmSync(dir, { recursive: true, force: true });
      }
    },
  };
}

function lines(masterPort?: number): readonly string[] {
  const own = ['repl-diskless-sync yes', 'repl-diskless-sync-delay 0', 'repl-timeout 60'];
  return masterPort === undefined ? own : [...own, `replicaof 127.0.0.1 ${masterPort}`];
}

async function launchSentinel(
  masterPort: number,
  count: number,
  downAfterMs: number,
): Promise<TestServer> {
  const program = await ensureTestServer();
  const dir = mkdtempSync(join(tmpdir(), 'carillon-test-sentinel-'));
  const port = await findFreePort();
  const quorum = Math.floor(count / 2) + 1;
  const configFile = join(dir, 'sentinel.conf');
  const config = [
    ...['bind 127.0.0.1', `port ${port}`, `dir ${dir}`, 'sentinel resolve-hostnames no'],
    `sentinel monitor ${NAME} 127.0.0.1 ${masterPort} ${quorum}`,
    `sentinel down-after-milliseconds ${NAME} ${downAfterMs}`,
    `sentinel failover-timeout ${NAME} 3000`,
  ];
  writeFileSync(configFile, `${config.join('\n')}\n`);
  const process = launchServer({
    ...{ file: program.file, configFile, log: silentLog },
    flags: ['--sentinel'],
  });
  process.unref();
  return { port, process, dir };
}
