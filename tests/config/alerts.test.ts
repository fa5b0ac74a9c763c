import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadFrame } from '../../config/load.ts';
import { ALERT_KINDS } from '../../src/core/alerts.ts';
import { makeConfigFolder, withLines } from '../support/config-folder.ts';

const REAL = {
  CARILLON_NEWS_X_CLIENT_ID: 'a',
  CARILLON_NEWS_X_CLIENT_SECRET: 'b',
  CARILLON_NEWS_PAGE_PAGE_TOKEN: 'c',
};
const HOOK = 'https://hooks.slack.com/services/T0/B0/hook-secret';
const MAIL = 'smtps://carillon:smtp-password@mail.example.org';

type Variables = Readonly<Record<string, string>>;

async function alertsOf(written: string, env: Variables = {}, sandbox = true) {
  await using folder = await makeConfigFolder(withLines({ 2: `sandbox: ${sandbox}\n${written}` }));
  const { config } = await folder.load(sandbox ? env : { ...REAL, ...env });
  return config.alerts;
}

/** As `line:column message`. */
async function problemsOf(written: string, env: Variables = {}) {
  await using folder = await makeConfigFolder(withLines({ 2: `sandbox: true\n${written}` }));
  const problems = await folder.problems(env);
  const all = JSON.stringify(problems);
  assert.doesNotMatch(all, /hook-secret|smtp-password/);
  return problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

test('a webhook is an address, and everything else has its usual value', async () => {
  assert.deepEqual(await alertsOf(`alerts: { webhook: "${HOOK}" }`), {
    channels: [{ by: 'webhook', name: 'webhook', url: HOOK, about: ALERT_KINDS }],
    remindAfterMs: [900_000, 3_600_000],
    quietForMs: 1_800_000,
  });
});

test('a kind may go to one channel only, and there may be several', async () => {
  const alerts = await alertsOf(
    [
      'alerts:',
      '  about: [failed, handoff]',
      '  remindAfter: [5m]',
      '  quietFor: 2h',
      '  webhook:',
      '    - http://127.0.0.1:9000/hook',
      '    - { about: [budget] }',
      '  email:',
      '    - { to: desk@example.org, from: "Carillon <carillon@example.org>" }',
      '    - { to: [a@example.org, b@example.org], from: c@example.org, escalateTo: boss@example.org }',
    ].join('\n'),
    {
      CARILLON_ALERT_WEBHOOK_URL: HOOK,
      CARILLON_ALERT_WEBHOOK_SECRET: 'shared',
      CARILLON_SMTP_URL: MAIL,
    },
  );

  const usual = ['failed', 'handoff'];
  const secret = 'shared';
  const mail = { by: 'email', smtpUrl: MAIL, about: usual };
  assert.deepEqual(alerts, {
    channels: [
      { by: 'webhook', name: 'webhook', url: 'http://127.0.0.1:9000/hook', about: usual, secret },
      { by: 'webhook', name: 'webhook 2', url: HOOK, about: ['budget'], secret },
      {
        ...{ ...mail, name: 'email', to: ['desk@example.org'], escalateTo: [] },
        from: 'Carillon <carillon@example.org>',
      },
      {
        ...{ ...mail, name: 'email 2', to: ['a@example.org', 'b@example.org'] },
        ...{ from: 'c@example.org', escalateTo: ['boss@example.org'] },
      },
    ],
    remindAfterMs: [300_000],
    quietForMs: 7_200_000,
  });
});

test('the address in the environment is enough, but never from a sandbox that does not say so', async () => {
  const env = { CARILLON_ALERT_WEBHOOK_URL: HOOK };
  const hook = [{ by: 'webhook', name: 'webhook', url: HOOK, about: ALERT_KINDS }];
  const channelsOf = (alerts: Awaited<ReturnType<typeof alertsOf>>) =>
    alerts === undefined || alerts === 'unreadable' ? alerts : alerts.channels;

  assert.equal(await alertsOf('', env), undefined);
  assert.deepEqual(channelsOf(await alertsOf('', env, false)), hook);
  assert.deepEqual(channelsOf(await alertsOf('alerts:', env)), hook);
  assert.equal(await alertsOf('', {}, false), undefined);
});

test('every mistake is told in a sentence, and none tells a secret', async () => {
  assert.deepEqual(await problemsOf('alerts: {}'), [
    '3:9 "alerts" names nobody to tell. Write "webhook" or "email" below it, or set CARILLON_ALERT_WEBHOOK_URL.',
  ]);
  assert.deepEqual(
    await problemsOf('alerts: { webhook: "http://hooks.example.org/hook-secret" }'),
    [
      '3:20 The address of the webhook must start with https:// (http:// is for this machine only: 127.0.0.1, localhost).',
    ],
  );
  assert.deepEqual(await problemsOf('alerts: { webhook: { about: [failed] } }'), [
    '3:20 The webhook has no address. Write "url" below it, or set CARILLON_ALERT_WEBHOOK_URL in the environment or in .env.',
  ]);
  assert.deepEqual(
    await problemsOf('alerts: { webhook: { about: [failed] } }', {
      CARILLON_ALERT_WEBHOOK_URL: 'hook-secret',
    }),
    [
      '3:20 CARILLON_ALERT_WEBHOOK_URL is no web address. Write one such as https://hooks.slack.com/services/…',
    ],
  );
  assert.deepEqual(
    await problemsOf('alerts: { email: { to: desk@example.org, from: a@example.org } }'),
    [
      '3:18 E-mail needs a mail server: set CARILLON_SMTP_URL, such as smtps://user:password@mail.example.org, in the environment or in .env.',
    ],
  );
  assert.deepEqual(
    await problemsOf('alerts: { email: { to: desk@example.org, from: a@example.org } }', {
      CARILLON_SMTP_URL: 'https://x:smtp-password@mail.example.org',
    }),
    [
      '3:18 CARILLON_SMTP_URL is no address of a mail server. Set one such as smtps://user:password@mail.example.org, in the environment or in .env.',
    ],
  );
});

test('keys, kinds, addresses and lengths of time are checked', async () => {
  assert.deepEqual(
    await problemsOf(
      [
        'alerts:',
        '  webhok: https://hooks.example.org/x',
        '  about: [faild]',
        '  email: { to: "a@example.org, b@example.org", from: "x\\nBcc: y@example.org" }',
        '  remindAfter: [1h, 15m]',
      ].join('\n'),
      { CARILLON_SMTP_URL: MAIL },
    ),
    [
      '4:3 There is no key "webhok" here. Did you mean "webhook"?',
      `5:11 Item 1 of "about" is "faild", but must be one of ${ALERT_KINDS.join(', ')}. Did you mean "failed"?`,
      '6:16 "to" is "a@example.org, b@example.org", but must be an e-mail address, such as desk@example.org.',
      '6:54 "from" is "x\nBcc: y@example.org", but must be an e-mail address, such as carillon@example.org or "Carillon <carillon@example.org>".',
      '7:16 "remindAfter" must ascend: each length of time longer than the one before it.',
    ],
  );
});

test('a mistake in it keeps no worker from working', async () => {
  await using folder = await makeConfigFolder(withLines({ 2: 'sandbox: true\nalerts: {}' }));

  const frame = await loadFrame({ file: 'carillon.yaml', env: {}, cwd: folder.directory });

  assert.equal(frame.alerts, 'unreadable');
});
