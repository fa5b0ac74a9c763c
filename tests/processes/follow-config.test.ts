import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { ConfigFrame } from '../../src/core/config.ts';
import { silentLog } from '../../src/core/log.ts';
import { followConfig } from '../../src/processes/follow-config.ts';
import { until } from '../support/until.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-following-'));
  file = join(folder, 'mine.yaml');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const config = (handle: string, more = '') =>
  `timezone: UTC\nsandbox: true\naccounts:\n  a-x: { network: twitter, handle: "${handle}" }\n${more}`;

test('accounts and settings are taken over as they are saved, whatever is wrong with an entry', async () => {
  writeFileSync(file, config('@one'));
  const adopted: ConfigFrame[] = [];
  using _ = followConfig(file, { log: silentLog, adopt: (frame) => void adopted.push(frame) });
  const handle = () => adopted.at(-1)?.accounts.get('a-x')?.settings.handle;
  await until(() => handle() === '@one', 'the first reading');

  writeFileSync(file, config('@two', 'publishing: { attempts: 3 }\npublications: nonsense\n'));

  await until(() => handle() === '@two', 'the second reading');
  assert.equal(adopted.at(-1)?.publishing.attempts, 3);
});

test('a config that cannot be used, or that is refused, leaves what was there before', async () => {
  writeFileSync(file, config('@one'));
  const warned: string[] = [];
  const warn = (...words: readonly unknown[]) => void warned.push(String(words.at(-1)));
  const adopted: ConfigFrame[] = [];
  using _ = followConfig(file, {
    log: { ...silentLog, warn },
    adopt(frame) {
      if (frame.accounts.get('a-x')?.settings.handle === '@refused') throw new Error('refused');
      adopted.push(frame);
    },
  });
  await until(() => adopted.length === 1, 'the first reading');

  writeFileSync(file, 'timezone: [\n');
  await until(() => warned.length === 1, 'the broken one');
  writeFileSync(file, config('@refused'));
  await until(() => warned.length === 2, 'the refused one');
  writeFileSync(file, config('@mended'));
  await until(() => adopted.length === 2, 'the mended one');

  assert.match(warned[0] ?? '', /stay as they were/);
});
