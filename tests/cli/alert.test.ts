import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startAnsweringServer } from '../support/answering-server.ts';
import { runCommand } from '../support/command-line.ts';
import { makeConfigFolder, withLines } from '../support/config-folder.ts';
import { startMailServer } from '../support/mail-server.ts';

async function runIn(written: string, argv: readonly string[], env: Record<string, string> = {}) {
  await using folder = await makeConfigFolder(withLines({ 2: `sandbox: true\n${written}` }));
  // An address at which no Redis is: none is asked.
  return await runCommand([...argv, '--config', 'carillon.yaml'], {
    cwd: folder.directory,
    env: { REDIS_URL: 'redis://127.0.0.1:1', ...env },
  });
}

const EMAIL = 'email: { to: [desk@example.org], from: carillon@example.org }';

test('a test goes to every channel, and says what came of it', async () => {
  const hook = await startAnsweringServer(() => ({ body: 'ok' }));
  await using mail = await startMailServer();
  const written = `alerts: { ${EMAIL}, webhook: "${hook.url}/hook-secret" }`;
  const env = { CARILLON_SMTP_URL: mail.url };

  const text = await runIn(written, ['alert', 'test'], env);
  const json = await runIn(written, ['alert', 'test', '--json'], env);
  await hook.close();

  const { host } = new URL(hook.url);
  assert.equal(text.status, 0);
  assert.equal(
    text.out,
    `webhook (${host}): taken. Look whether it is there.\nemail (desk@example.org): taken. Look whether it is there.\n`,
  );
  assert.deepEqual(JSON.parse(json.out), {
    ok: true,
    channels: [
      { channel: 'webhook', to: host, ok: true },
      { channel: 'email', to: 'desk@example.org', ok: true },
    ],
  });
  assert.match(JSON.parse(hook.heard[0]?.body ?? '').text, /^\*Carillon \(Sandbox\): this is a/);
  assert.match(mail.mails[0]?.data ?? '', /^Subject: \[Carillon Sandbox\] this is a test$/m);
});

test('a channel that takes nothing is told with the reason, and the others get it all the same', async () => {
  const hook = await startAnsweringServer(() => ({ status: 403, body: 'invalid_token' }));
  await using mail = await startMailServer();
  const written = `alerts: { ${EMAIL}, webhook: "${hook.url}/hook-secret" }`;

  const ran = await runIn(written, ['alert', 'test'], { CARILLON_SMTP_URL: mail.url });
  await hook.close();

  assert.equal(ran.status, 1);
  assert.match(ran.out, /^webhook \(.*\): not taken\. The webhook answered 403: invalid_token$/m);
  assert.match(ran.out, /^email \(desk@example\.org\): taken/m);
  assert.doesNotMatch(ran.out + ran.err, /hook-secret/);
  assert.equal(mail.mails.length, 1);
});

test('a config that names nobody, or is wrong, says so', async () => {
  const nobody = await runIn('', ['alert', 'test'], { CARILLON_ALERT_WEBHOOK_URL: 'https://a.b/' });
  const wrong = await runIn('alerts: {}', ['alert', 'test']);
  const unknown = await runIn('', ['alert', 'everybody']);

  assert.equal(nobody.status, 2);
  assert.match(nobody.err, /The config names nobody to tell/);
  assert.equal(wrong.status, 2);
  assert.match(wrong.err, /carillon\.yaml:3:9 "alerts" names nobody to tell/);
  assert.equal(unknown.status, 2);
  assert.match(unknown.err, /knows only "test"/);
});
