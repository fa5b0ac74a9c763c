import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { silentLog } from '../../src/core/log.ts';
import { ensureServer, type InstallOptions } from '../../src/redis/install-server.ts';

let folder = '';
let said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-install-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A machine whose only programs are those that a test puts into its folder. */
function machine(options: Partial<InstallOptions> = {}): InstallOptions {
  return {
    log: { ...silentLog, info: (words: unknown) => said.push(String(words)) },
    install: true,
    env: { PATH: folder },
    folders: [],
    platform: 'linux',
    isRoot: true,
    hasSystemd: false,
    policyFile: join(folder, 'policy-rc.d'),
    lockFile: join(folder, 'install.lock'),
    ...options,
  };
}

function addProgram(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** Notes each call; `install` puts a server into the folder, unless `when` is false. */
function addPackageManager(name: string, options: { when?: string; version?: string } = {}): void {
  const { when = 'true', version = '7.0.15' } = options;
  const server = join(folder, 'redis-server');
  addProgram(
    name,
    [
      `echo "${name} $*" >> '${folder}/calls'`,
      `case "$*" in *install*) ;; *) exit 0;; esac`,
      `[ ! -f '${folder}/policy-rc.d' ] || { '${folder}/policy-rc.d' redis-server start; echo "policy $?" >> '${folder}/calls'; }`,
      `if ! ${when}; then echo 'E: Unable to locate package redis-server' >&2; exit 100; fi`,
      `printf '#!/bin/sh\\necho "Redis server v=${version} sha=0:0 malloc=x bits=64 build=0"\\n' > '${server}'`,
      `/bin/chmod 755 '${server}'`,
    ].join('\n'),
  );
}

function calls(): readonly string[] {
  const file = join(folder, 'calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

test('uses a server that is there, and installs nothing', async () => {
  addProgram('redis-server', 'echo "Redis server v=7.2.4 sha=0:0 malloc=x bits=64 build=0"');
  addPackageManager('apt-get');

  const server = await ensureServer(machine());

  assert.deepEqual(server, { file: 'redis-server', kind: 'redis', version: [7, 2, 4] });
  assert.deepEqual(calls(), []);
});

test('takes Valkey for a Redis', async () => {
  addProgram('valkey-server', 'echo "Server v=7.2.5 sha=0:0 malloc=x bits=64 build=0"');

  const server = await ensureServer(machine());

  assert.deepEqual(server, { file: 'valkey-server', kind: 'valkey', version: [7, 2, 5] });
});

test('passes over a server that is too old for a newer one', async () => {
  addProgram('redis-server', 'echo "Redis server v=6.0.16 sha=0:0 malloc=x bits=64 build=0"');
  addProgram('valkey-server', 'echo "Valkey server v=8.0.1 sha=0:0 malloc=x bits=64 build=0"');

  const server = await ensureServer(machine());

  assert.equal(server.file, 'valkey-server');
});

test('on Debian as root, installs the package without its service, and says so in one line', async () => {
  addPackageManager('apt-get');

  const server = await ensureServer(machine());

  assert.equal(server.file, 'redis-server');
  assert.equal(said.length, 1);
  assert.match(said[0] ?? '', /installing the package redis-server/);
  const install = calls().find((call) => call.includes('install'));
  assert.match(install ?? '', /install -y -q --no-install-recommends redis-server$/);
  assert.ok(calls().includes('policy 101'), 'the service was kept from starting');
  assert.equal(existsSync(join(folder, 'policy-rc.d')), false);
  assert.equal(existsSync(join(folder, 'install.lock')), false);
});

test('fetches the lists of packages if the package is not in them', async () => {
  addPackageManager('apt-get', { when: `/bin/grep -q update '${folder}/calls'` });

  await ensureServer(machine());

  const commands = calls().filter((call) => /update|install/.test(call));
  assert.deepEqual(
    commands.map((call) => /update|install/.exec(call)?.[0]),
    ['install', 'update', 'install'],
  );
});

test('leaves a policy of the machine as it is', async () => {
  addPackageManager('apt-get');
  addProgram('policy-rc.d', 'exit 7');

  await ensureServer(machine());

  assert.ok(calls().includes('policy 7'));
  assert.equal(readFileSync(join(folder, 'policy-rc.d'), 'utf8'), '#!/bin/sh\nexit 7\n');
});

test("turns the distribution's service off where systemd runs", async () => {
  addPackageManager('apt-get');
  addProgram('systemctl', `echo "systemctl $*" >> '${folder}/calls'`);

  await ensureServer(machine({ hasSystemd: true }));

  assert.equal(calls().at(-1), 'systemctl disable --now redis-server');
});

test('says what failed and what to install if the package manager cannot', async () => {
  addPackageManager('apt-get', { when: 'false' });

  await assert.rejects(
    ensureServer(machine()),
    /^RedisUnavailableError: "apt-get install redis-server" failed: E: Unable to locate package redis-server\. Install redis-server or valkey-server .* or set REDIS_URL/,
  );
  assert.equal(existsSync(join(folder, 'policy-rc.d')), false);
});

test('on macOS, installs it with Homebrew', async () => {
  addPackageManager('brew');

  const server = await ensureServer(machine({ platform: 'darwin', isRoot: false }));

  assert.equal(server.file, 'redis-server');
  assert.equal(calls().at(-1), 'brew install --quiet redis');
});

for (const [where, options, words] of [
  ['not as root', { isRoot: false }, /sudo apt-get install redis-server/],
  ['without a package manager', {}, /there is none here\. Install redis-server or valkey-server/],
  ['on macOS without Homebrew', { platform: 'darwin' }, /brew install redis.*or set REDIS_URL/],
  ['on another system', { platform: 'win32' }, /on Linux and macOS only: set REDIS_URL/],
  ['if it may not install', { install: false }, /sudo apt-get install redis-server/],
] as const) {
  test(`says what to install ${where}`, async () => {
    if (where === 'not as root' || where === 'if it may not install') addPackageManager('apt-get');

    await assert.rejects(ensureServer(machine(options)), words);

    assert.deepEqual(
      calls().filter((call) => call.includes(' install ')),
      [],
    );
    assert.deepEqual(said, []);
  });
}

test('says that a server is too old', async () => {
  addProgram('redis-server', 'echo "Redis server v=6.0.16 sha=0:0 malloc=x bits=64 build=0"');

  await assert.rejects(
    ensureServer(machine({ install: false })),
    /redis-server is version 6\.0\.16, and Carillon needs 6\.2 or later\./,
  );
});

test('of several processes that find none, one installs', async () => {
  addPackageManager('apt-get');

  await Promise.all([1, 2, 3].map(() => ensureServer(machine())));

  assert.equal(calls().filter((call) => call.includes(' install ')).length, 1);
  assert.equal(said.length, 1);
});

test('a lock that a dead process left does not hold up the install', async () => {
  addPackageManager('apt-get');
  writeFileSync(join(folder, 'install.lock'), '999999999');

  await ensureServer(machine());

  assert.equal(existsSync(join(folder, 'install.lock')), false);
});
