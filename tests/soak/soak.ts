import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findFreePort } from '../../src/redis/endpoint.ts';
import { createClosing } from '../support/closing.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';
import { startTestSentinel, type TestSentinel } from '../support/redis-sentinel.ts';
import { isSettled, judge, type SeenPost, type StatusLine, type Verdict } from './judge.ts';
import { writeConfig } from './soak-config.ts';
import { planProcesses, planSoak, type SoakPlan, type SoakSize, type Strike } from './soak-plan.ts';
import { type Supervised, superviseProcess } from './supervised.ts';

export interface SoakOptions {
  readonly size: SoakSize;
  readonly seed: number;
  /** How Carillon is called: the program and its first arguments. */
  readonly carillon: readonly string[];
  /** How many replicas must have heard of what is about to be sent, where another Redis takes over. */
  readonly replicas?: number;
  /** How long the first publication waits for the processes to be there. */
  readonly leadMs: number;
  /** How long everything may take to settle after the faults have ended. */
  readonly patienceMs: number;
  readonly onProgress?: (now: SoakProgress) => void;
  /** Hears what the processes say. */
  readonly onLine?: (line: string) => void;
}

export interface SoakProgress {
  readonly elapsedMs: number;
  readonly live: number;
  readonly strikes: number;
  readonly words: string;
}

export interface SoakResult extends Verdict {
  readonly seed: number;
  readonly settled: boolean;
  /** From the end of faults and strikes until nothing waited any more. */
  readonly settleMs: number;
  readonly strikes: Readonly<Record<Strike['kind'], number>>;
  readonly faults: number;
}

const startPatienceMs = 120_000;

interface Scene {
  readonly plan: SoakPlan;
  readonly redis: TestRedis | TestSentinel;
  readonly sandboxUrl: string;
  readonly processes: ReadonlyMap<string, Supervised>;
  status(): Promise<readonly StatusLine[]>;
}

/** Lets everything go wrong for a while, then waits until it is settled, and counts. */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const plan = planSoak(options.size, options.seed);
  await using closing = createClosing();
  const { hosts = 1, failOvers = 0 } = options.size;
  const redis = failOvers > 0 ? await startTestSentinel({ sentinels: 3 }) : await startTestRedis();
  closing.use(redis);
  const dir = mkdtempSync(join(tmpdir(), 'carillon-soak-'));
  closing.add(async () => rmSync(dir, { recursive: true, force: true }));

  const port = await findFreePort();
  const config = join(dir, 'carillon.yaml');
  const firstDueAt = Math.ceil((Date.now() + options.leadMs) / 1000) * 1000;
  writeFileSync(config, writeConfig(plan, firstDueAt, options.size.requestTimeoutMs));
  const env = {
    ...process.env,
    REDIS_URL: failOvers > 0 ? `${redis.url}?replicas=${options.replicas ?? 1}` : redis.url,
    CARILLON_DATA_DIR: join(dir, 'data'),
    CARILLON_SECRET_KEY: 'a passphrase that is long enough for the soak',
    CARILLON_SANDBOX_PORT: String(port),
  };
  const [program = '', ...first] = options.carillon;
  const run = promisify(execFile);
  const processes = new Map<string, Supervised>();
  closing.add(() => Promise.all([...processes.values()].map((supervised) => supervised.stop())));
  const startProcess = (name: string): void => {
    const [host = '', does = ''] = name.split(': ');
    const command = [program, ...first, ...does.split(' '), '--config', config];
    const ofHost = { ...env, CARILLON_DATA_DIR: join(dir, `data-${host}`) };
    processes.set(name, superviseProcess(name, command, ofHost, options.onLine));
  };
  const scene: Scene = {
    plan,
    redis,
    sandboxUrl: `http://127.0.0.1:${port}`,
    processes,
    async status() {
      const args = [...first, 'status', '--json', '--config', config];
      const { stdout } = await run(program, args, { env, maxBuffer: 2 ** 30 });
      return JSON.parse(stdout) as StatusLine[];
    },
  };

  startProcess('1: sandbox');
  await until(scene, async () => (await readLog(scene)).length === 0);
  await setFaults(scene);
  const parts = planProcesses(hosts);
  for (const part of parts) startProcess(part);
  const wanted = plan.entries.reduce((sum, { accounts }) => sum + accounts.length, 0);
  await until(scene, async () => (await scene.status()).length === wanted);
  const strikes = await letThingsGoWrong(scene, Math.max(firstDueAt, Date.now()), options);
  const faults = await endFaults(scene);
  const endedAt = performance.now();
  const settled = await untilSettled(scene, options);
  const settleMs = performance.now() - endedAt;
  // A request that was still under way when the ledger settled would show itself by now.
  await wait(options.size.requestTimeoutMs);
  // Ledger and network are counted once nobody changes them any more.
  await Promise.all(parts.map((part) => processes.get(part)?.stop()));
  const verdict = judge(plan, await scene.status(), await readLog(scene));
  return { ...verdict, seed: plan.seed, settled, settleMs, strikes, faults };
}

/** Waits until something is so; fails with what the processes said if it never is. */
async function until({ processes }: Scene, isSo: () => Promise<boolean>): Promise<void> {
  const startedAt = performance.now();
  let trouble = '';
  while (performance.now() - startedAt < startPatienceMs) {
    try {
      if (await isSo()) return;
    } catch (error) {
      trouble = String(error);
    }
    await wait(500);
  }
  const words = [...processes.values()].map(({ name, lastWords }) => `${name}: ${lastWords}`);
  throw new Error(`The soak could not start. ${trouble}\n${words.join('\n')}`);
}

async function letThingsGoWrong(
  scene: Scene,
  startedAt: number,
  { onProgress }: SoakOptions,
): Promise<SoakResult['strikes']> {
  const { plan } = scene;
  const counts = { kill: 0, stop: 0, redis: 0, 'fail-over': 0 };
  const waiting = [...plan.strikes];
  const underWay = new Set<Promise<void>>();
  let redisIsBack: Promise<void> = Promise.resolve();
  let toldAt = 0;
  for (let now = 0; now < plan.lengthMs; now = Date.now() - startedAt) {
    while (waiting[0] !== undefined && waiting[0].atMs <= now) {
      const strike = waiting.shift() as Strike;
      const isOfRedis = strike.kind === 'redis' || strike.kind === 'fail-over';
      const before = isOfRedis ? redisIsBack : undefined;
      const done = carryOut(strike, scene, before).finally(() => underWay.delete(done));
      if (isOfRedis) redisIsBack = done;
      underWay.add(done);
      counts[strike.kind] += 1;
    }
    if (onProgress && performance.now() - toldAt > 2_000) {
      toldAt = performance.now();
      const live = await readLog(scene).then(
        (log) => log.length,
        () => 0,
      );
      const strikes = Object.values(counts).reduce((sum, count) => sum + count, 0);
      onProgress({ elapsedMs: now, live, strikes, words: 'things go wrong' });
    }
    await wait(50);
  }
  await Promise.all(underWay);
  return counts;
}

async function carryOut(
  strike: Strike,
  { processes, redis }: Scene,
  before: Promise<void> | undefined,
): Promise<void> {
  await before;
  if ('failOver' in redis && strike.kind === 'fail-over') {
    await redis.stopReplica();
    await wait(strike.lengthMs);
    await redis.failOver();
    await wait(strike.lengthMs);
    await redis.bringBack();
    return;
  }
  if ('kill9' in redis && strike.kind === 'redis') {
    await redis.kill9();
    await wait(strike.lengthMs);
    await redis.restart();
    return;
  }
  const victim = processes.get(strike.victim);
  if (strike.kind === 'kill') {
    victim?.kill('SIGKILL');
    return;
  }
  victim?.kill('SIGSTOP');
  await wait(strike.lengthMs);
  victim?.kill('SIGCONT');
}

async function untilSettled(
  scene: Scene,
  { patienceMs, onProgress }: SoakOptions,
): Promise<boolean> {
  const startedAt = performance.now();
  let status: readonly StatusLine[] = [];
  for (;;) {
    status = await scene.status().catch(() => status);
    if (status.length > 0 && isSettled(status)) return true;
    const elapsedMs = performance.now() - startedAt;
    if (elapsedMs > patienceMs) return false;
    const live = status.filter(({ state }) => state === 'published').length;
    onProgress?.({ elapsedMs, live, strikes: 0, words: 'settling' });
    await wait(1_500);
  }
}

async function readLog({ sandboxUrl }: Scene): Promise<readonly SeenPost[]> {
  const answer = await fetch(`${sandboxUrl}/log`, { signal: AbortSignal.timeout(10_000) });
  return (await answer.json()) as SeenPost[];
}

async function setFaults({ sandboxUrl, plan }: Scene): Promise<void> {
  const answer = await fetch(`${sandboxUrl}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(plan.faults),
  });
  if (!answer.ok) throw new Error(`The sandbox does not take the faults: ${await answer.text()}`);
}

/** How many faults were played. */
async function endFaults({ sandboxUrl }: Scene): Promise<number> {
  const faults = (await (await fetch(`${sandboxUrl}/faults`)).json()) as { fired: number }[];
  await fetch(`${sandboxUrl}/faults`, { method: 'DELETE' });
  return faults.reduce((sum, { fired }) => sum + fired, 0);
}
