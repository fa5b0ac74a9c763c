import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SecretKeyError } from '../../src/core/credentials.ts';
import { type Log, silentLog } from '../../src/core/log.ts';
import { openKeyRing } from '../../src/credentials/key-ring.ts';

describe('the key', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'carillon-key-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is made at first use for its owner only, with one loud word to back it up', () => {
    const said: unknown[] = [];
    const log: Log = { ...silentLog, warn: (message: unknown) => void said.push(message) };
    const ring = openKeyRing(dir, {}, log);
    assert.deepEqual(ring.keys(), []);

    const key = ring.ensure();

    assert.equal(openKeyRing(dir, {}, log).ensure().id, key.id);
    assert.equal(statSync(join(dir, 'secret-key')).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(dir), ['secret-key']);
    assert.equal(said.length, 1);
    assert.match(String(said[0]), /BACK UP THIS KEY.*connected again/);
    assert.ok(!String(said[0]).includes(readFileSync(join(dir, 'secret-key'), 'utf8').trim()));
  });

  it('is one for all processes that make it at once', async () => {
    const from = new URL('../../src/credentials/key-ring.ts', import.meta.url).href;
    const code = `
      import { openKeyRing } from '${from}';
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      console.log(openKeyRing(${JSON.stringify(dir)}, {}, log).ensure().id);`;
    const run = async () => {
      const args = ['--import', 'tsx', '--input-type=module', '-e', code];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      let out = '';
      for await (const chunk of child.stdout) out += String(chunk);
      return out.trim();
    };

    const ids = await Promise.all([run(), run(), run(), run()]);

    assert.equal(new Set(ids).size, 1);
    assert.match(ids[0] ?? '', /^[0-9a-f]{12}$/);
    assert.deepEqual(readdirSync(dir), ['secret-key']);
  });

  it('is refused while others may read it', () => {
    const ring = openKeyRing(dir, {}, silentLog);
    ring.ensure();
    chmodSync(join(dir, 'secret-key'), 0o640);

    assert.throws(() => ring.keys(), /Others may read the key.*640.*chmod 600/);
    assert.throws(() => ring.ensure(), SecretKeyError);
  });

  it('is never made anew over a file that holds none', () => {
    const file = join(dir, 'secret-key');
    writeFileSync(file, 'half a k', { mode: 0o600 });

    assert.throws(() => openKeyRing(dir, {}, silentLog).ensure(), /holds no key.*Put it back/);
    assert.equal(readFileSync(file, 'utf8'), 'half a k');
  });

  it('is taken from the environment as hex, base64 or a long passphrase, and no file is made', () => {
    const bytes = randomBytes(32);
    const ids = [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')].map(
      (secretKey) => openKeyRing(dir, { secretKey }, silentLog).ensure().id,
    );
    const secretKey = 'correct horse battery staple, and more';
    const passphrase = openKeyRing(dir, { secretKey }, silentLog).ensure();

    assert.equal(new Set(ids).size, 1);
    assert.equal(passphrase.id, openKeyRing(dir, { secretKey }, silentLog).ensure().id);
    assert.deepEqual(readdirSync(dir), []);
  });

  it('is refused with a remedy where it is too weak', () => {
    for (const secretKey of ['short', '0'.repeat(64), 'A'.repeat(43), 'ab'.repeat(40)])
      assert.throws(
        () => openKeyRing(dir, { secretKey }, silentLog).ensure(),
        /CARILLON_SECRET_KEY is too weak.*openssl rand -base64 32/,
        secretKey,
      );
  });
});
