import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it, test } from 'node:test';
import { findFreePort } from '../../src/redis/endpoint.ts';
import { endWithUs } from '../support/end-with-us.ts';
import { ensureTestServer } from '../support/redis.ts';
import { until } from '../support/until.ts';

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** What "npm pack" makes of what is built. Without scripts: a build would take dist/ from under other tests. */
function pack(...options: readonly string[]): Packed {
  const json = execFileSync('npm', ['pack', '--json', '--ignore-scripts', ...options], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = JSON.parse(json) as readonly Packed[];
  assert.ok(packed);
  return packed;
}

describe('the package', () => {
  const packed = pack('--dry-run');
  const paths = packed.files.map(({ path }) => path);

  it('has what runs, the schemas, an example and the documents', () => {
    const needed = [
      ...['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE', manifest.bin.carillon],
      ...['workers/twitter', 'workers/facebook', 'workers/youtube', 'workers/scheduler'].map(
        (name) => `dist/${name}.js`,
      ),
      // What is started apart, by its name alone.
      ...['articles/page-worker', 'feeds/feed-worker', 'media/fit-process'].map(
        (name) => `dist/src/${name}.js`,
      ),
      ...['config/carillon.schema.json', 'config/publications.schema.json', 'config/carillon.yaml'],
      ...[
        'docs/going-live.md',
        'docs/operations.md',
        'docs/deploy/carillon.service',
        'docs/deploy/Procfile',
      ],
    ];

    assert.deepEqual(
      needed.filter((path) => !paths.includes(path)),
      [],
    );
  });

  it('has nothing else: no tests, no sources, no maps, no secrets', () => {
    const allowed = /^(dist\/(src|workers|config)\/.+\.js|config\/(articles|images)\/.+|docs\/.+)$/;
    const named =
      /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|config\/[a-z]+(\.schema\.json|\.yaml))$/;

    assert.deepEqual(
      paths.filter((path) => !allowed.test(path) && !named.test(path)),
      [],
    );
    assert.deepEqual(
      paths.filter((path) => /\.(tsx?|map)$|\.test\.|(^|\/)\.env|\.log$/.test(path)),
      [],
    );
  });

  it('stays small', () => {
    assert.ok(packed.size < 1_500_000, `${packed.size} bytes`);
    assert.ok(packed.unpackedSize < 6_000_000, `${packed.unpackedSize} bytes`);
  });
});

test('it is never published by mistake, and says what it runs on and what may be imported', () => {
  assert.equal(manifest.private, true);
  assert.match(manifest.engines.node, /^>=20\.19/);
  assert.equal(manifest.license, 'MIT');
  assert.deepEqual(Object.keys(manifest.exports), ['./package.json', './config/*.schema.json']);
  // What is left of earlier builds does not go along.
  assert.match(manifest.scripts.prepack, /^rm -rf dist && npm run build$/);
});

describe('the package, installed in an empty folder', () => {
  const site = mkdtempSync(join(tmpdir(), 'carillon-package-'));
  const installed = join(site, 'node_modules', 'carillon');
  const program = join(installed, manifest.bin.carillon);
  let env: NodeJS.ProcessEnv = {};

  before(async () => {
    await ensureTestServer();
    const { filename } = pack('--pack-destination', site);
    mkdirSync(installed, { recursive: true });
    execFileSync('tar', ['-xzf', join(site, filename), '-C', installed, '--strip-components=1']);
    // As npm does with what "bin" names.
    chmodSync(program, 0o755);
    for (const name of Object.keys(manifest.dependencies)) linkDependency(name);
    env = {
      PATH: process.env.PATH,
      CARILLON_CONFIG: 'site.yaml',
      CARILLON_DATA_DIR: 'data',
      CARILLON_SANDBOX_PORT: String(await findFreePort()),
      CARILLON_DASHBOARD_PORT: String(await findFreePort()),
    };
  });
  after(() => rmSync(site, { recursive: true, force: true }));

  function linkDependency(name: string): void {
    const place = join(site, 'node_modules', name);
    mkdirSync(join(place, '..'), { recursive: true });
    symlinkSync(resolve('node_modules', name), place);
  }
  const carillon = (...args: readonly string[]) =>
    execFileSync(program, args, {
      cwd: site,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  it('writes a config that passes its own checks, with a schema that editors find', () => {
    assert.equal(carillon('--version').trim(), manifest.version);
    carillon('init', '--yes');

    assert.match(carillon('check'), /are fine/);
    const [, schema = ''] =
      /\$schema=(\S+)/.exec(readFileSync(join(site, 'site.yaml'), 'utf8')) ?? [];
    assert.ok(existsSync(join(site, schema)), schema);
  });

  it('starts, and publishes in the sandbox', async () => {
    const running = spawn(program, ['start'], { cwd: site, env, stdio: 'ignore' });
    endWithUs(running);
    const ended = new Promise((done) => running.once('exit', done));
    const countPosts = async () => {
      const response = await fetch(`http://127.0.0.1:${env.CARILLON_SANDBOX_PORT}/log`);
      return ((await response.json()) as readonly unknown[]).length;
    };

    await until(async () => (await countPosts().catch(() => 0)) >= 2, 'two posts', 60_000);
    running.kill('SIGTERM');

    assert.equal(await ended, 0);
  });
});
