import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { findFreePort } from '../../src/redis/endpoint.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { ensureTestServer } from '../support/redis.ts';

interface Logged {
  readonly network: string;
  readonly account: string;
  readonly text: string;
}

/** The product's own `start`, as a newcomer types it, with the example config in a folder of its own. */
describe('carillon start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-start-'));
  let sandboxPort = 0;
  let dashboardPort = 0;

  before(async () => {
    await ensureTestServer();
    cpSync('config', join(folder, 'config'), { recursive: true });
    sandboxPort = await findFreePort();
    dashboardPort = await findFreePort();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function start(env: NodeJS.ProcessEnv = {}, options: readonly string[] = []): Running {
    return run(['start', ...options], {
      cwd: folder,
      env: {
        ...process.env,
        REDIS_URL: '',
        CARILLON_CONFIG: '',
        CARILLON_DATA_DIR: join(folder, 'data'),
        CARILLON_SANDBOX_PORT: String(sandboxPort),
        CARILLON_DASHBOARD_PORT: String(dashboardPort),
        ...env,
      },
    });
  }
  const readLog = async () => {
    const response = await fetch(`http://127.0.0.1:${sandboxPort}/log`);
    return (await response.json()) as Logged[];
  };
  const published = async (count: number) => {
    const log = await readLog().catch(() => []);
    return log.length >= count ? log : undefined;
  };

  it('publishes what is due once on each network, and nothing more when it is started again', async () => {
    const first = start();
    await eventually(() => published(9), 30_000);
    await eventually(async () => first.said().includes('Ready after') || undefined, 30_000);
    const dashboard = await fetch(`http://127.0.0.1:${dashboardPort}/`);
    assert.equal(dashboard.status, 200);
    assert.match(await dashboard.text(), /seed-library\/library-x/);
    assert.equal((await fetch(`http://127.0.0.1:${dashboardPort}/queues`)).status, 200);
    await first.stop();

    const second = start();
    await eventually(async () => second.said().includes('Ready after') || undefined, 30_000);
    await wait(2_000);
    const log = await readLog();
    await second.stop();

    const seen = log.map(({ account, text }) => `${account}: ${text.split('\n')[0]}`).sort();
    assert.equal(log.length, 9);
    assert.equal(new Set(seen).size, 9);
  });

  it('starts nothing when the dashboard would be open to everyone', async () => {
    const refused = start({ CARILLON_DASHBOARD_HOST: '0.0.0.0', CARILLON_DASHBOARD_PASSWORD: '' });

    assert.equal(await refused.exitStatus, 2);
    assert.match(refused.said(), /^The dashboard would be open to everyone on 0\.0\.0\.0\./);
  });

  it('posts for real only where somebody has agreed, and asks no more once that is so', async (test) => {
    const network = await startSandbox({ port: 0 });
    test.after(() => network.close());
    const file = join(folder, 'real.yaml');
    writeFileSync(
      file,
      `timezone: UTC\nsandbox: false\naccounts:\n  a-page: { network: facebook, pageId: "10", apiUrl: "${network.url}" }\n` +
        'publications:\n  - { id: one, at: now, to: [a-page], article: { title: One } }\n',
    );
    const env = {
      CARILLON_CONFIG: file,
      CARILLON_A_PAGE_PAGE_TOKEN: 'a-token',
      CARILLON_DATA_DIR: join(folder, 'real-data'),
    };
    const posts = async () => (await (await fetch(`${network.url}/log`)).json()) as Logged[];
    const isOut = async () => ((await posts()).length > 0 ? true : undefined);

    const refused = start(env);
    assert.equal(await refused.exitStatus, 2, refused.said());
    assert.match(refused.said(), /Posts for real to the Page 10 on Facebook at http/);
    assert.match(refused.said(), /1 publication goes out AT ONCE: one\/a-page\./);
    assert.match(refused.said(), /say "carillon start --yes"/);
    assert.deepEqual(await posts(), []);

    const agreed = start(env, ['--yes']);
    await eventually(isOut, 30_000);
    await agreed.stop();
    const again = start(env);
    await eventually(async () => again.said().includes('Ready after') || undefined, 30_000);
    await again.stop();

    assert.match(again.said(), /Posts for real to the Page 10 on Facebook/);
    assert.doesNotMatch(again.said(), /AT ONCE/);
    assert.equal((await posts()).length, 1);
  });

  it('brings back a worker that is killed, and leaves no process behind', async () => {
    const running = start();
    await eventually(async () => running.said().includes('Ready after') || undefined, 30_000);
    const worker = await eventually(async () => childrenOf(running.pid, 'twitter')[0], 5_000);

    process.kill(worker, 'SIGKILL');
    const next = await eventually(
      async () => childrenOf(running.pid, 'twitter').find((pid) => pid !== worker),
      5_000,
    );
    const everyone = childrenOf(running.pid);
    await running.stop();

    assert.notEqual(next, worker);
    assert.deepEqual(
      everyone.filter((pid) => isRunning(pid)),
      [],
    );
  });

  it('keeps the scheduler at work while an entry of the config is broken', async () => {
    const file = join(folder, 'broken.yaml');
    writeFileSync(
      file,
      'timezone: UTC\nsandbox: true\naccounts:\n  a-x: { network: twitter }\n' +
        'publications:\n  - { id: a, article: nowhere.md, at: now, to: [a-x] }\n',
    );
    const scheduler = run(['scheduler', '--config', file], {
      cwd: folder,
      env: { ...process.env, REDIS_URL: '', CARILLON_DATA_DIR: join(folder, 'broken-data') },
    });

    const isAtWork = async () => {
      const said = scheduler.said();
      return (said.includes('leads') && said.includes('not applied')) || undefined;
    };
    await eventually(isAtWork, 30_000);
    await scheduler.stop();

    assert.match(scheduler.said(), /broken\.yaml:6:\d+ /);
  });

  it('applies a config as it is saved, and shows in status one that cannot be used', async () => {
    const file = join(folder, 'saved.yaml');
    const head =
      'timezone: UTC\nsandbox: true\naccounts:\n  a-x: { network: twitter }\npublications:\n';
    const entry = (id: string) =>
      `  - { id: ${id}, article: { title: ${id} }, at: 2099-01-01 09:00, to: [a-x] }\n`;
    writeFileSync(file, head + entry('one'));
    const env = { ...process.env, REDIS_URL: '', CARILLON_DATA_DIR: join(folder, 'saved-data') };
    const scheduler = run(['scheduler', '--config', file], { cwd: folder, env });
    const status = async () => {
      const command = run(['status', '--config', file], { cwd: folder, env });
      await command.exitStatus;
      return command.said();
    };
    const shows = (words: RegExp) =>
      eventually(async () => words.test(await status()) || undefined, 30_000);
    await eventually(async () => scheduler.said().includes('is applied') || undefined, 30_000);

    writeFileSync(file, head + entry('one') + entry('two'));
    await shows(/two\/a-x/);
    writeFileSync(file, `${head}${entry('one')}  - { id: three }\n`);
    await shows(/cannot be used since[\s\S]*saved\.yaml:7/);
    assert.match(await status(), /two\/a-x/);
    writeFileSync(file, head + entry('one'));
    await shows(/^(?![\s\S]*cannot be used)[\s\S]*two\/a-x[\s\S]*cancelled/);
    await scheduler.stop();
  });
});

interface Running {
  readonly pid: number;
  said(): string;
  readonly exitStatus: Promise<number | null>;
  /** Asks it to end, and wants that within ten seconds. */
  stop(): Promise<void>;
}

function run(args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Running {
  const main = resolve('dist/src/cli/main.js');
  const child: ChildProcess = spawn(process.execPath, [main, ...args], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout?.on('data', (chunk) => {
    said += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    said += String(chunk);
  });
  const exitStatus = new Promise<number | null>((done) => child.once('close', done));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    pid: child.pid ?? 0,
    said: () => said,
    exitStatus,
    async stop() {
      child.kill('SIGTERM');
      const inTime = await Promise.race([
        exitStatus.then(() => true),
        wait(10_000).then(() => false),
      ]);
      process.off('exit', kill);
      if (!inTime) child.kill('SIGKILL');
      assert.ok(inTime, `It did not end within ten seconds:\n${said}`);
    },
  };
}

async function eventually<T>(look: () => Promise<T | undefined>, ms: number): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    assert.ok(performance.now() < end, 'It did not happen in time.');
    await wait(100);
  }
}

/** Processes below another, if their command line has the word. Linux only; elsewhere there are none to see. */
function childrenOf(parent: number, word = ''): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      const isChild = Number(stat[1]) === parent && stat[0] !== 'Z';
      return isChild && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
    } catch {
      return false;
    }
  });
}

function isRunning(pid: number): boolean {
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0];
    return state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}
