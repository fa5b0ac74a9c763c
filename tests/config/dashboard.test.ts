import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadFrame } from '../../config/load.ts';
import { hashPassword } from '../../src/core/password-hash.ts';
import { makeConfigFolder, withLines } from '../support/config-folder.ts';

const withDashboard = (...lines: string[]) =>
  withLines({ 2: ['sandbox: true', 'dashboard:', ...lines.map((line) => `  ${line}`)].join('\n') });

async function read(config: string, env: Readonly<Record<string, string>> = {}) {
  await using folder = await makeConfigFolder(config);
  const problems = await folder.problems(env);
  const frame = await loadFrame({ file: 'carillon.yaml', env, cwd: folder.directory });
  return {
    settings: frame.dashboard,
    said: problems.map(({ line, message, severity }) => `${severity} ${line} ${message}`),
  };
}

test('knows the people of the dashboard, and their passwords from the environment alone', async () => {
  const hash = await hashPassword('five long words');
  const { settings, said } = await read(
    withDashboard(
      'url: https://carillon.example.org/',
      'people: { anna-lena: editor, omid: operator }',
    ),
    {
      CARILLON_DASHBOARD_PASSWORD: 'of all',
      CARILLON_DASHBOARD_PASSWORD_ANNA_LENA: hash,
      CARILLON_DASHBOARD_PASSWORD_OMID: 'his own',
    },
  );

  assert.deepEqual(said, []);
  assert.deepEqual(settings, {
    url: 'https://carillon.example.org',
    isBehindProxy: false,
    people: [
      { name: 'carillon', role: 'operator', password: 'of all' },
      { name: 'anna-lena', role: 'editor', password: hash },
      { name: 'omid', role: 'operator', password: 'his own' },
    ],
  });
});

test('asks nobody for a password where nothing is said', async () => {
  const { settings } = await read(withLines({}));

  assert.deepEqual(settings, { isBehindProxy: false, people: [] });
});

test('says who cannot enter, and lets everything else go on', async () => {
  const { settings, said } = await read(withDashboard('people: { anna: editor }'));

  assert.deepEqual(said, [
    'warning 4 anna has no password and cannot enter the dashboard. Set CARILLON_DASHBOARD_PASSWORD_ANNA in the environment or in .env: "carillon password anna" makes a line for it.',
  ]);
  assert.deepEqual(settings?.people, [{ name: 'anna', role: 'editor', password: undefined }]);
});

test('says that an address alone lets nobody in', async () => {
  const { said } = await read(withDashboard('url: https://carillon.example.org'));

  assert.match(said.join(), /^warning 4 Nobody can enter the dashboard: at https:/);
});

const mistakes = [
  ['people: { anna: admin }', /error 4 "anna" is "admin", but must be viewer, editor or operator/],
  ['people: { Anna: editor }', /error 4 The name "Anna" must consist of small letters/],
  ['people: { carillon: editor }', /error 4 "carillon" is the name of whoever has CARILLON_/],
  ['people: [anna]', /error 4 "people" must be a group of lines/],
  ['peple: { anna: editor }', /error 4 There is no key "peple" here. Did you mean "people"\?/],
  ['url: carillon.example.org', /error 4 "url" is "carillon.example.org", but must be the address/],
  ['url: https://carillon.example.org/news', /error 4 "url" .*without a path/],
  ['url: https://anna:secret@carillon.example.org', /error 4 "url" .*must be the address/],
  ['url: ftp://carillon.example.org', /error 4 "url" .*must be the address/],
] as const;

for (const [line, words] of mistakes) {
  test(`says what is wrong with "${line}", and no worker is kept from working`, async () => {
    const { settings, said } = await read(withDashboard(line));

    assert.match(said.join(), words);
    assert.equal(settings, undefined);
  });
}

test('takes no half of a hash for a password', async () => {
  const { settings, said } = await read(withDashboard('people: { anna: editor }'), {
    CARILLON_DASHBOARD_PASSWORD_ANNA: (await hashPassword('five long words')).slice(0, -1),
  });

  assert.match(said.join(), /error 4 CARILLON_DASHBOARD_PASSWORD_ANNA begins like a hash/);
  assert.doesNotMatch(said.join(), /scrypt:/);
  assert.equal(settings, undefined);
});
