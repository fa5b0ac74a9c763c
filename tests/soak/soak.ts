import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findFreePort } from '../../src/redis/endpoint.ts';
import { type Closing, createClosing } from '../support/closing.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';
import { isSettled, judge, type SeenPost, type StatusLine, type Verdict } from './judge.ts';
import { writeConfig } from './soak-config.ts';
import { planSoak, type SoakPlan, type SoakSize, type Strike, VICTIMS } from './soak-plan.ts';
import { type Supervised, superviseProcess } from './supervised.ts';

export interface SoakOptions {
  readonly size: SoakSize;
  readonly seed: number;
  /** How Carillon is called: the program and its first arguments. */
  readonly carillon: readonly string[];
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

interface Scene {
  readonly plan: SoakPlan;
  readonly redis: TestRedis;
  readonly sandboxUrl: string;
  readonly processes: ReadonlyMap<string, Supervised>;
  status(): Promise<readonly StatusLine[]>;
}

/** Lets everything go wrong for a while, then waits until it is settled, and counts. */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const plan = planSoak(options.size, options.seed);
  await using closing = createClosing();
  const redis = await startTestRedis();
  closing.use(redis);
  const dir = mkdtempSync(join(tmpdir(), 'carillon-soak-'));
  closing.add(async () => rmSync(dir, { recursive: true, force: true }));

  const port = await findFreePort();
  const config = join(dir, 'carillon.yaml');
  const firstDueAt = Math.ceil((Date.now() + options.leadMs) / 1000) * 1000;
  writeFileSync(config, writeConfig(plan, firstDueAt, options.size.requestTimeoutMs));
  const env = {
    ...process.env,
    REDIS_URL: redis.url,
    CARILLON_DATA_DIR: join(dir, 'data'),
    CARILLON_SANDBOX_PORT: String(port),
  };
  const [program = '', ...first] = options.carillon;
  const run = promisify(execFile);
  const scene: Scene = {
    plan,
    redis,
    sandboxUrl: `http://127.0.0.1:${port}`,
    processes: startProcesses(options, config, env, closing),
    async status() {
      const args = [...first, 'status', '--json', '--config', config];
      const { stdout } = await run(program, args, { env, maxBuffer: 2 ** 30 });
      return JSON.parse(stdout) as StatusLine[];
    },
  };

  await untilUp(scene, firstDueAt);
  await setFaults(scene);
  const strikes = await letThingsGoWrong(scene, firstDueAt, options);
  const faults = await endFaults(scene);
  const endedAt = performance.now();
  const { status, settled } = await untilSettled(scene, options);
  const settleMs = performance.now() - endedAt;
  // A request that was still under way when the ledger settled would show itself by now.
  await wait(options.size.requestTimeoutMs);
  const verdict = judge(plan, status, await readLog(scene));
  return { ...verdict, seed: plan.seed, settled, settleMs, strikes, faults };
}

function startProcesses(
  { carillon, onLine }: SoakOptions,
  config: string,
  env: NodeJS.ProcessEnv,
  closing: Closing,
): ReadonlyMap<string, Supervised> {
  const processes = new Map<string, Supervised>();
  for (const name of ['sandbox', ...VICTIMS]) {
    const command = [...carillon, ...name.split(' '), '--config', config];
    processes.set(name, superviseProcess(name, command, env, onLine));
  }
  closing.add(() => Promise.all([...processes.values()].map((supervised) => supervised.stop())));
  return processes;
}

/** The sandbox answers and the scheduler has applied the config, before the first time comes. */
async function untilUp(scene: Scene, firstDueAt: number): Promise<void> {
  const wanted = scene.plan.entries.reduce((sum, { accounts }) => sum + accounts.length, 0);
  let trouble = '';
  while (Date.now() < firstDueAt + 60_000) {
    try {
      await readLog(scene);
      const known = (await scene.status()).length;
      if (known === wanted) return;
      trouble = `${known} of ${wanted} publications are planned.`;
    } catch (error) {
      trouble = String(error);
    }
    await wait(250);
  }
  const words = [...scene.processes.values()].map((part) => `${part.name}: ${part.lastWords}`);
  throw new Error(`The soak could not start. ${trouble}\n${words.join('\n')}`);
}

async function letThingsGoWrong(
  scene: Scene,
  firstDueAt: number,
  { onProgress }: SoakOptions,
): Promise<SoakResult['strikes']> {
  const { plan } = scene;
  const counts = { kill: 0, stop: 0, redis: 0 };
  const waiting = [...plan.strikes];
  const underWay = new Set<Promise<void>>();
  let redisIsBack: Promise<void> = Promise.resolve();
  let toldAt = 0;
  for (let now = 0; now < plan.lengthMs; now = Date.now() - firstDueAt) {
    while (waiting[0] !== undefined && waiting[0].atMs <= now) {
      const strike = waiting.shift() as Strike;
      const before = strike.kind === 'redis' ? redisIsBack : undefined;
      const done = carryOut(strike, scene, before).finally(() => underWay.delete(done));
      if (strike.kind === 'redis') redisIsBack = done;
      underWay.add(done);
      counts[strike.kind] += 1;
    }
    if (onProgress && performance.now() - toldAt > 2_000) {
      toldAt = performance.now();
      const live = await readLog(scene).then(
        (log) => log.length,
        () => 0,
      );
      const strikes = counts.kill + counts.stop + counts.redis;
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
  if (strike.kind === 'redis') {
    await before;
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
): Promise<{ status: readonly StatusLine[]; settled: boolean }> {
  const startedAt = performance.now();
  let status: readonly StatusLine[] = [];
  for (;;) {
    status = await scene.status().catch(() => status);
    if (status.length > 0 && isSettled(status)) return { status, settled: true };
    const elapsedMs = performance.now() - startedAt;
    if (elapsedMs > patienceMs) return { status, settled: false };
    const live = status.filter(({ state }) => state === 'published').length;
    onProgress?.({ elapsedMs, live, strikes: 0, words: 'settling' });
    await wait(500);
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
