import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand } from '../support/command-line.ts';
import { launchTestServer, type TestServer } from '../support/redis.ts';
import { testCertificate, testKey } from '../support/test-certificate.ts';
import { until } from '../support/until.ts';
import { PATIENCE_MS } from './carillon-process.ts';
import { openSmallWorld } from './small-world.ts';

/** A Redis that speaks nothing but TLS, and lets in only whoever shows a certificate. */
describe('Carillon on a Redis with TLS', () => {
  let server: TestServer;
  let [ca, cert, key] = ['', '', ''];

  before(async () => {
    server = await launchTestServer(
      (port) => [
        ...['port 0', `tls-port ${port}`, 'tls-cert-file cert.pem', 'tls-key-file key.pem'],
        ...['tls-ca-cert-file cert.pem', 'tls-auth-clients yes'],
      ],
      { 'cert.pem': testCertificate, 'key.pem': testKey },
    );
    [ca, cert, key] = ['ca.pem', 'cert.pem', 'key.pem'].map((name) => join(server.dir, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(ca, testCertificate);
  });
  after(async () => {
    await server?.process.stop();
    rmSync(server.dir, { recursive: true, force: true });
  });
  const urlWith = (query: string) => `rediss://127.0.0.1:${server.port}${query}`;

  it('publishes, over every kind of connection', async () => {
    await using world = await openSmallWorld(
      urlWith(`?ca=${ca}&cert=${cert}&key=${key}`),
      'publications: [{ id: one, at: now, to: [a-x], article: { title: One } }]',
    );
    const app = await world.open('here');
    await app.apply(world.config);

    await using _worker = await app.startWorker('twitter', async () => world.config);
    await until(async () => (await world.live()).length === 1, 'published', PATIENCE_MS);

    const { status, out, err } = await runCommand(['status'], {
      env: world.environmentOf('here'),
      cwd: world.folder,
    });
    assert.equal(status, 0, err);
    assert.match(out, /one\/a-x/);
  });

  it('trusts no certificate of an authority that it does not know, and says what to do', async () => {
    const status = (query: string) =>
      runCommand(['status'], {
        env: { REDIS_URL: urlWith(query), CARILLON_CONFIG: 'config/carillon.yaml' },
      });

    const unknown = await status('');
    const missing = await status('?ca=/nowhere/ca.pem');

    assert.equal(unknown.status, 1);
    assert.match(unknown.err, /certificate of Redis .*\?ca=FILE/);
    assert.equal(missing.status, 2);
    assert.match(missing.err, /names the file \/nowhere\/ca\.pem as "ca", and it cannot be read/);
  });
});
