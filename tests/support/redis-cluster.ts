import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { launchTestServer, type TestServer } from './redis.ts';

/** A real Redis Cluster for a test. */
export interface TestCluster extends AsyncDisposable {
  readonly url: string;
  readonly masters: readonly Redis[];
}

/** Three masters without replicas; each has a third of the slots. */
export async function startTestCluster(): Promise<TestCluster> {
  const servers: TestServer[] = [];
  for (let i = 0; i < 3; i++) servers.push(await launchTestServer(clusterLines));
  const masters = servers.map(({ port }) => new Redis(port, '127.0.0.1'));
  const share = Math.ceil(16_384 / masters.length);
  await Promise.all(
    masters.map(async (redis, i) => {
      const last = Math.min(16_384, (i + 1) * share) - 1;
      await redis.cluster('ADDSLOTSRANGE', i * share, last);
      // Two nodes that begin alike would take each other's place.
      await redis.call('CLUSTER', 'SET-CONFIG-EPOCH', i + 1);
    }),
  );
  for (const { port } of servers.slice(1)) {
    const bus = busPortOf(port);
    await masters[0]?.call('CLUSTER', 'MEET', '127.0.0.1', port, bus);
  }
  for (const redis of masters) {
    while (!/cluster_state:ok/.test(String(await redis.cluster('INFO')))) await wait(20);
  }
  return {
    url: `redis+cluster://${servers.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    masters,
    async [Symbol.asyncDispose]() {
      for (const redis of masters) redis.disconnect();
      await Promise.all(servers.map((server) => server.process.stop()));
      for (const { dir } of servers) rmSync(dir, { recursive: true, force: true });
    },
  };
}

function clusterLines(port: number): readonly string[] {
  return ['cluster-enabled yes', 'cluster-node-timeout 3000', `cluster-port ${busPortOf(port)}`];
}

/** A port is no higher than 65,535. */
function busPortOf(port: number): number {
  return port > 50_000 ? port - 10_000 : port + 10_000;
}
