import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { ConfigReport, ConfigReports } from '../../src/core/config-report.ts';
import { silentLog } from '../../src/core/log.ts';
import { ConfigError } from '../../src/core/problem.ts';
import { type ConfigKeeper, keepApplied } from '../../src/scheduler/keep-applied.ts';
import { until } from '../support/until.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-keeping-'));
  file = join(folder, 'mine.yaml');
  writeFileSync(file, 'one');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Kept {
  readonly keeper: ConfigKeeper;
  /** Every text that was applied, in order. */
  readonly applied: string[];
  readonly said: string[];
  report(): ConfigReport | undefined;
  leads: boolean;
  /** What apply throws, if anything. */
  fault: Error | undefined;
}

/** Keeps a text applied; one with `broken` in it cannot be used. */
function keep(timings: object = {}): Kept & Disposable {
  let report: ConfigReport | undefined;
  const reports: ConfigReports = {
    read: async () => report,
    write: async (next) => {
      report = next;
    },
    clear: async () => {
      report = undefined;
    },
  };
  const stopping = new AbortController();
  const said: string[] = [];
  const say = (...words: readonly unknown[]) => void said.push(String(words.at(-1)));
  const kept = {
    applied: [] as string[],
    said,
    leads: true,
    fault: undefined as Error | undefined,
    report: () => report,
  };
  const keeper = keepApplied<string>({
    file: 'mine.yaml',
    async read(note) {
      await note(file);
      const text = readFileSync(file, 'utf8');
      if (text.includes('broken')) throw brokenAt(text.length);
      return text;
    },
    async apply(text) {
      if (kept.fault !== undefined) throw kept.fault;
      kept.applied.push(text);
    },
    leads: () => kept.leads,
    reports,
    now: async () => 1_000,
    log: { ...silentLog, info: say, error: say },
    signal: stopping.signal,
    timings: { quietMs: 20, brokenQuietMs: 40, pollEveryMs: 30, ...timings },
  });
  return Object.assign(kept, {
    keeper,
    [Symbol.dispose]() {
      stopping.abort();
      keeper[Symbol.dispose]();
    },
  });
}

function brokenAt(line: number): ConfigError {
  const place = { file: 'mine.yaml', line, column: 1 };
  return new ConfigError([
    { ...place, message: 'Only a hint.', severity: 'warning' },
    { ...place, message: 'There is no key "atx" here.', severity: 'error' },
  ]);
}

test('applies what is saved, once it rests', async () => {
  using kept = keep();
  await kept.keeper.reapply('start');

  writeFileSync(file, 'two');
  await until(() => kept.applied.length === 2, 'the second apply');

  assert.deepEqual(kept.applied, ['one', 'two']);
});

test('a file that is half written is not applied', async () => {
  using kept = keep({ quietMs: 150 });
  await kept.keeper.reapply('start');

  for (const text of ['t', 'tw', 'two', 'two and a half']) {
    writeFileSync(file, text);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  await until(() => kept.applied.length > 1, 'the second apply');

  assert.deepEqual(kept.applied, ['one', 'two and a half']);
});

test('a broken config changes nothing, and is reported until it is mended', async () => {
  using kept = keep();
  await kept.keeper.reapply('start');

  writeFileSync(file, 'broken');
  await until(() => kept.report() !== undefined, 'the report');
  assert.deepEqual(kept.applied, ['one']);
  assert.equal(kept.report()?.file, 'mine.yaml');
  assert.equal(kept.report()?.since, 1_000);
  assert.deepEqual(
    kept.report()?.problems.map(({ severity }) => severity),
    ['error', 'warning'],
  );

  writeFileSync(file, 'mended');
  await until(() => kept.report() === undefined, 'the end of the report');
  assert.deepEqual(kept.applied, ['one', 'mended']);
});

test('says once what is wrong, however often it is read, and again when it is wrong otherwise', async () => {
  writeFileSync(file, 'broken');
  using kept = keep();

  await kept.keeper.reapply('start');
  await kept.keeper.reapply('it is time');
  const times = () => kept.said.filter((line) => line.includes('is not applied')).length;
  assert.equal(times(), 1);

  writeFileSync(file, 'broken otherwise');
  await until(() => times() === 2, 'the other problem');
});

test('what is broken only for a while is tried again without being saved', async () => {
  using kept = keep({ retryEveryMs: 20 });
  kept.fault = brokenAt(1);
  await kept.keeper.reapply('start');
  assert.notEqual(kept.report(), undefined);

  kept.fault = undefined;
  await until(() => kept.applied.length > 0, 'the apply');

  assert.equal(kept.report(), undefined);
});

test('an error that is no fault of the config is no report, and is tried again', async () => {
  using kept = keep({ retryEveryMs: 20 });
  kept.fault = new Error('Redis is away.');
  await kept.keeper.reapply('start');
  assert.equal(kept.report(), undefined);

  kept.fault = undefined;
  await until(() => kept.applied.length > 0, 'the apply');
});

test('is applied from time to time though nobody saves it', async () => {
  using kept = keep({ reapplyEveryMs: 20 });

  await kept.keeper.reapply('start');

  await until(() => kept.applied.length > 2, 'the third apply');
});

test('a scheduler that does not lead applies nothing, and does once it leads', async () => {
  using kept = keep();
  kept.leads = false;
  await kept.keeper.reapply('start');
  writeFileSync(file, 'two');
  await new Promise((resolve) => setTimeout(resolve, 80));
  assert.deepEqual(kept.applied, []);

  kept.leads = true;
  await kept.keeper.reapply('this scheduler leads');

  assert.deepEqual(kept.applied, ['two']);
});
