import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadFrame } from '../../config/load.ts';
import { makeConfigFolder, withLines } from '../support/config-folder.ts';

async function settingsOf(lines: Readonly<Record<number, string>>) {
  await using folder = await makeConfigFolder(withLines(lines));
  const env = {
    CARILLON_NEWS_X_CLIENT_ID: 'a',
    CARILLON_NEWS_X_CLIENT_SECRET: 'b',
    CARILLON_NEWS_PAGE_PAGE_TOKEN: 'c',
  };
  const { config } = await folder.load(env);
  return config.preflight;
}

test('links are looked at before sending, unless the sandbox stands in for the networks', async () => {
  const off = { mode: 'warn', isBeforeSending: false, allow: [] };
  assert.deepEqual(await settingsOf({}), off);
  assert.deepEqual(await settingsOf({ 2: 'sandbox: false' }), { ...off, isBeforeSending: true });
  assert.deepEqual(await settingsOf({ 2: 'sandbox: true\npreflight: strict' }), {
    mode: 'strict',
    isBeforeSending: true,
    allow: [],
  });
  assert.deepEqual(await settingsOf({ 2: 'sandbox: false\npreflight: off' }), {
    ...off,
    mode: 'off',
  });
});

test('a mistake in it is told in the config, and keeps no worker from working', async () => {
  await using folder = await makeConfigFolder(
    withLines({ 2: 'sandbox: true\npreflight: strikt\nfetch: { allow: ["a b"] }' }),
  );

  const problems = await folder.problems();
  const frame = await loadFrame({ file: 'carillon.yaml', env: {}, cwd: folder.directory });

  assert.deepEqual(
    problems.map(({ line }) => line),
    [3, 4],
  );
  assert.match(problems[0]?.message ?? '', /must be off, warn or strict.*"strict"/);
  assert.deepEqual(frame.preflight, { mode: 'warn', isBeforeSending: true, allow: [] });
});
