import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeConfigFolder, withLines } from '../support/config-folder.ts';

async function messagesOf(config: string): Promise<readonly string[]> {
  await using folder = await makeConfigFolder(config);
  return (await folder.problems()).map(({ line, message }) => `${line}: ${message}`);
}

const entry = (words: string) => withLines({ 16: `    at: now\n    ${words}` });

test('an account says for itself whether it wants approval, else the config does', async () => {
  const lines = {
    1: 'timezone: Europe/Paris\napproval: required',
    5: '    network: twitter\n    approval: none',
  };
  await using folder = await makeConfigFolder(withLines(lines));

  const { config } = await folder.load();

  assert.equal(config.accounts.get('news-x')?.approval, undefined);
  assert.equal(config.accounts.get('news-page')?.approval, 'required');
});

test('an entry is a draft, or approved by somebody', async () => {
  await using folder = await makeConfigFolder(entry('status: approved\n    approvedBy: anna'));
  await using other = await makeConfigFolder(entry('status: draft'));

  const [approved] = (await folder.load()).config.entries;
  const [draft] = (await other.load()).config.entries;

  assert.deepEqual(approved?.approval, { status: 'approved', by: 'anna' });
  assert.deepEqual(draft?.approval, { status: 'draft' });
});

test('an approval without a name, a name without an approval, and what is neither are mistakes', async () => {
  assert.match((await messagesOf(entry('status: approved')))[0] ?? '', /^17: .*Add "approvedBy/);
  assert.match((await messagesOf(entry('approvedBy: anna')))[0] ?? '', /^17: .*only with "status/);
  assert.match((await messagesOf(entry('status: aproved')))[0] ?? '', /must be draft or approved/);
  assert.match(
    (await messagesOf(withLines({ 1: 'timezone: Europe/Paris\napproval: yes' })))[0] ?? '',
    /^2: "approval".*must be required or none/,
  );
});
