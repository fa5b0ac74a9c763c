import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const sdks = ['twitter-api-v2', 'facebook-nodejs-business-sdk', 'googleapis'];
/** What configs are checked and posts are made with. */
const planning = ['zod', 'yaml', 'picomatch', 'croner', 'marked', 'twitter-text'];
const pages = ['hono', '@bull-board/api', '@bull-board/hono'];
/** Loaded where the rare work is done, or in processes and threads that end. */
const rare = ['linkedom', 'feedsmith', 'sharp', 'nodemailer', 'csv-parse', 'diff', 'pino-pretty'];

/** By process: the files that it runs, what must be seen to be loaded, and what it never needs. */
const processes = {
  start: {
    runs: ['processes/start', 'processes/follow-config'],
    loads: ['pino'],
    never: [...sdks, ...planning, ...pages, ...rare, 'bullmq', 'ioredis', 'temporal-polyfill'],
  },
  sandbox: {
    runs: ['processes/sandbox'],
    loads: ['pino', 'twitter-text'],
    never: [...sdks, ...pages, ...rare, 'zod', 'yaml', 'bullmq', 'ioredis', 'temporal-polyfill'],
  },
  'worker twitter': worker('twitter', 'twitter-api-v2'),
  'worker facebook': worker('facebook', 'facebook-nodejs-business-sdk'),
  'worker youtube': worker('youtube', 'googleapis'),
  scheduler: {
    runs: ['processes/scheduler', 'wiring/scheduler', 'wiring/planner', 'wiring/feeds'],
    loads: ['bullmq', 'zod', 'yaml'],
    never: [...sdks, ...pages, ...rare],
  },
  dashboard: {
    runs: ['processes/dashboard', 'wiring/alerts'],
    loads: ['bullmq', 'hono'],
    never: [...sdks, ...planning, ...rare, '@bull-board/api', '@bull-board/hono'],
  },
  'carillon --help': {
    runs: ['cli/main', 'cli/help'],
    loads: [],
    never: [...sdks, ...planning, ...pages, ...rare, 'bullmq', 'ioredis', 'pino'],
  },
} as const;

function worker(network: string, sdk: string) {
  const others = [...sdks.filter((one) => one !== sdk), ...planning, ...pages, ...rare];
  return {
    runs: ['processes/worker', 'wiring/worker', `networks/${network}/session`],
    loads: ['bullmq', 'ioredis', 'pino', sdk],
    never: others,
  };
}

describe('what is loaded by', () => {
  for (const [name, { runs, loads, never }] of Object.entries(processes)) {
    it(name, () => {
      const loaded = packagesLoadedBy(runs);

      const found = (wanted: readonly string[]) => wanted.filter((one) => loaded.has(one));
      assert.deepEqual(found(loads), loads, 'what it needs');
      assert.deepEqual(found(never), [], 'what it never needs');
    });
  }
});

/** The packages of which a process has loaded a file once it has imported these files. */
function packagesLoadedBy(files: readonly string[]): ReadonlySet<string> {
  const urls = files.map((file) => new URL(`../../src/${file}.ts`, import.meta.url).href);
  const code = `
    import { createRequire, register } from 'node:module';
    register('data:text/javascript,' + encodeURIComponent(\`
      import { writeSync } from 'node:fs';
      export async function load(url, context, next) {
        writeSync(1, url + '\\\\n');
        return next(url, context);
      }\`));
    for (const url of ${JSON.stringify(urls)}) await import(url);
    console.log(Object.keys(createRequire(import.meta.url).cache).join('\\n'));
    process.exit(0);`;
  const child = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', code],
    { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8' },
  );
  assert.equal(child.status, 0, child.stderr);
  const inPackages = child.stdout.matchAll(/^.*\/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm);
  return new Set([...inPackages].map(([, name = '']) => name));
}
