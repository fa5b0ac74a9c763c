import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Redis } from 'ioredis';
import { loadConfig, loadFrame } from '../../config/load.ts';
import { openApp } from '../../src/app.ts';
import { silentLog } from '../../src/core/log.ts';
import type { TraceSettings } from '../../src/core/tracing.ts';
import { useCommands } from '../support/command-bench.ts';
import { startSpanCollector } from '../support/span-collector.ts';
import { until } from '../support/until.ts';

const openBench = useCommands();
const SECRET = 'a-key-of-the-collector';

async function openTraced(traces: TraceSettings | undefined) {
  const bench = openBench();
  const { folder: cwd, env } = bench;
  const app = await openApp(await loadFrame({ cwd, env }), {
    ...{ redisUrl: env.REDIS_URL, dataDir: join(cwd, 'data'), mayStartRedis: false },
    ...{ log: silentLog, traces },
    hideSecrets: (text) => text.replaceAll('newsroom-page', '[secret]'),
  });
  const apply = async () => app.apply((await loadConfig({ cwd, env })).config);
  const startWorker = (network: string) => app.startWorker(network, () => loadFrame({ cwd, env }));
  const isPublished = async (publication: string) =>
    (await app.ledger.get(publication))?.state === 'published';
  return { bench, app, apply, startWorker, isPublished };
}

const settingsFor = (url: string): TraceSettings => ({
  url,
  headers: { 'x-api-key': SECRET },
  serviceName: 'carillon-test',
});

test('one trace leads from apply over the queue and the worker to the receipt, also when its job was lost', async () => {
  await using collector = await startSpanCollector();
  const { bench, app, apply, startWorker, isPublished } = await openTraced(
    settingsFor(collector.url),
  );
  bench.writeEntries({ id: 'one', to: ['newsroom-x'], title: 'A title for readers alone' });
  {
    await using _app = app;
    await apply();
    await app.queues.all.get('twitter')?.obliterate({ force: true });
    await app.putBackJobs();
    await using _worker = await startWorker('twitter');
    await until(() => isPublished('one/newsroom-x'), 'the publication is up');
  }

  const mine = collector.spans.filter(
    ({ attributes }) => attributes['carillon.publication'] === 'one/newsroom-x',
  );
  const named = (name: string) => mine.find((span) => span.name === name);
  assert.equal(new Set(mine.map(({ traceId }) => traceId)).size, 1, JSON.stringify(mine, null, 1));
  const byId = new Map(collector.spans.map((span) => [span.spanId, span]));
  const wayTo = (name: string) => {
    const way: string[] = [];
    for (let span = named(name); span; span = byId.get(span.parentSpanId ?? '')) {
      way.unshift(span.name);
    }
    return way;
  };
  assert.deepEqual(wayTo('record'), [
    ...['apply', 'enqueue twitter', 'process twitter', 'attempt', 'record'],
  ]);
  assert.deepEqual(wayTo('request').slice(-2), ['attempt', 'request']);
  assert.equal(mine.filter(({ name }) => name === 'enqueue twitter').length, 2);

  const record = named('record')?.attributes ?? {};
  assert.equal(record['carillon.outcome'], 'posted');
  assert.equal(record['carillon.state'], 'published');
  assert.equal(record['carillon.attempt'], 1);
  assert.ok(record['carillon.remote_id']);
  assert.equal(named('attempt')?.attributes['carillon.outcome'], 'posted');

  // What keeps house in BullMQ leads to no trace of its own.
  assert.deepEqual([...new Set(collector.spans.map(({ traceId }) => traceId))], [mine[0]?.traceId]);
  const all = collector.bodies.join('\n');
  assert.ok(!all.includes('title for readers') && !all.includes('Bearer'), all);
  assert.equal(collector.headers[0]?.['x-api-key'], SECRET);
});

test('a secret in an attribute, and what errors say, are not handed on', async () => {
  await using collector = await startSpanCollector();
  const { bench, app, apply, startWorker } = await openTraced(settingsFor(collector.url));
  bench.writeEntries({ id: 'one', to: ['newsroom-page'] });
  await bench.sandbox('/faults', { network: 'facebook', kind: 'refuse', count: 1 });
  {
    await using _app = app;
    await apply();
    await using _worker = await startWorker('facebook');
    await until(
      async () => (await app.ledger.get('one/newsroom-page'))?.state === 'failed',
      'the publication is refused',
    );
  }

  assert.ok(collector.spans.some(({ name }) => name === 'request'));
  const record = collector.spans.find(({ name }) => name === 'record')?.attributes ?? {};
  assert.equal(record['carillon.outcome'], 'rejected');
  assert.match(String(record['carillon.code']), /^facebook:/);
  assert.deepEqual(
    collector.spans.flatMap(({ events }) => events),
    [],
  );
  assert.ok(!collector.bodies.join().includes('newsroom-page'));
});

test('without traces nothing of them is kept in Redis', async () => {
  const { bench, app, apply } = await openTraced(undefined);
  bench.writeEntries({ id: 'later', at: '2099-01-01 09:00', to: ['newsroom-x'] });
  await using redis = disposable(new Redis(bench.env.REDIS_URL ?? ''));
  {
    await using _app = app;
    await apply();
  }

  const keys = await redis.redis.keys('*');
  const job = keys.find((key) => key.includes(':twitter:pub-')) ?? '';
  const record = keys.find((key) => key.includes('publication:later')) ?? '';
  assert.deepEqual(
    [await redis.redis.hget(record, 'state'), await redis.redis.hget(record, 'trace')],
    ['scheduled', null],
  );
  assert.doesNotMatch((await redis.redis.hget(job, 'opts')) ?? '', /tm|trace/);
});

test('a collector that is away is told of once, and delays nothing for long', async () => {
  const said: string[] = [];
  const bench = openBench();
  const { folder: cwd, env } = bench;
  bench.writeEntries({ id: 'one', to: ['newsroom-x'] });
  const app = await openApp(await loadFrame({ cwd, env }), {
    ...{ redisUrl: env.REDIS_URL, dataDir: join(cwd, 'data'), mayStartRedis: false },
    traces: settingsFor('http://127.0.0.1:1/v1/traces'),
    log: { ...silentLog, warn: (...args: unknown[]) => said.push(String(args.at(-1))) },
  });
  await app.apply((await loadConfig({ cwd, env })).config);

  const begun = performance.now();
  await app[Symbol.asyncDispose]();

  assert.ok(performance.now() - begun < 8_000);
  assert.equal(said.filter((line) => line.startsWith('Traces do not get through')).length, 1);
});

test('only what traces loads OpenTelemetry, and only when it is asked to', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  const loads = (file: string, what: RegExp) =>
    readFileSync(join('src', file), 'utf8')
      .split(';\n')
      .some((statement) => /^\s*import (?!type )/.test(statement) && what.test(statement));

  const outside = files.filter((file) => !file.startsWith('tracing'));
  assert.ok(outside.length > 500);
  assert.deepEqual(
    outside.filter((file) => loads(file, /opentelemetry|bullmq-otel|tracing\/open-tracing/)),
    [],
  );
});

function disposable(redis: Redis) {
  return {
    redis,
    async [Symbol.asyncDispose]() {
      redis.disconnect();
    },
  };
}
