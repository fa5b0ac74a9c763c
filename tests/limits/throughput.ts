import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../src/sandbox/server.ts';
import { openBench } from '../crash-matrix/bench.ts';
import { anIntent, aPost } from '../support/ledger.ts';
import { startTestRedis } from '../support/redis.ts';

const NETWORKS = ['twitter', 'facebook', 'youtube'] as const;

/** Publishes so many over three networks, all due at once, and answers how many a second went out. */
export async function measureThroughput(count: number): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'carillon-throughput-'));
  await using redis = await startTestRedis();
  const sandbox = await startSandbox({ port: 0, takesRepeats: true });
  const benches = NETWORKS.map((network) =>
    openBench({
      ...{ redisUrl: redis.url, prefix: '{throughput}', dataDir, network, apiUrl: sandbox.url },
      ...{ facebook: 'direct', requestTimeoutMs: 30_000 },
    }),
  );
  try {
    const [first] = benches;
    if (first === undefined) return 0;
    for (let i = 0; i < count; i++) {
      const network = NETWORKS[i % NETWORKS.length] ?? 'twitter';
      const publication = `entry-${i}/on-${network}`;
      const post = aPost({ network, text: `Number ${i}` });
      await first.ledger.add(anIntent({ publication, post, publishByMs: 3_600_000 }));
      await benches[i % NETWORKS.length]?.queues.enqueue([
        { publication, network, generation: 1, inMs: 0 },
      ]);
    }
    const startedAt = performance.now();
    const workers = await Promise.all(benches.map((bench) => bench.startWorker()));
    while ((await first.redis.zcard('{throughput}:ledger:state:published')) < count) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    for (const worker of workers) await worker[Symbol.asyncDispose]();
    return count / seconds;
  } finally {
    for (const bench of benches) await bench[Symbol.asyncDispose]();
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
