import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchConditions } from '../../src/alerts/watch-conditions.ts';
import type { ConfigFrame } from '../../src/core/config.ts';
import { openLedgerChanges } from '../../src/ledger/changes.ts';
import { accountRefused, anIntent, NAME, useLedgers } from '../support/ledger.ts';
import { until } from '../support/until.ts';

const openLedger = useLedgers();

const config = {
  timezone: 'Europe/Paris',
  accounts: new Map(),
  publishing: { confirmAfterMs: [0], requestTimeoutMs: 0 },
} as unknown as ConfigFrame;

test('everything that a person should know is seen, each by its own key', async () => {
  const bench = openLedger();
  const { ledger, redis, prefix } = bench;
  await ledger.add(anIntent());
  const claim = await bench.startSending();
  await ledger.finish(NAME, claim.fence, accountRefused());
  await ledger.freeze('a restore', 'ada');
  let hasLeader = false;
  await using source = watchConditions({
    ...{ ledger, changes: openLedgerChanges(redis.duplicate(), prefix), config: () => config },
    configReports: { read: async () => undefined },
    examinations: {
      findings: async () => [
        { check: 'disk', code: 'full', severity: 'error', message: 'Full.', remedy: 'Free it.' },
      ],
    },
    onError: (error) => assert.fail(String(error)),
    hasLeader: async () => hasLeader,
  });
  const kinds = async () => (await source.read(await ledger.now()))?.map(({ kind }) => kind);

  await until(async () => (await kinds()) !== undefined, 'all is read');
  assert.deepEqual(await kinds(), ['frozen', 'refused', 'late', 'machine']);

  hasLeader = true;
  await ledger.thaw('ada', { fence: 0, lookUntil: 0 });
  assert.deepEqual(await kinds(), ['refused', 'machine']);
});

test('what is due and does not move is late, unless it is stopped', async () => {
  const { ledger, redis, prefix } = openLedger();
  await ledger.add(anIntent({ publishByMs: 3_600_000 }));
  await using source = watchConditions({
    ...{ ledger, changes: openLedgerChanges(redis.duplicate(), prefix), config: () => config },
    configReports: { read: async () => undefined },
    examinations: { findings: async () => [] },
    onError: (error) => assert.fail(String(error)),
    hasLeader: async () => true,
  });
  const messages = async (inMs: number) =>
    (await source.read((await ledger.now()) + inMs))?.map(({ message }) => message);

  await until(async () => (await messages(0)) !== undefined, 'all is read');
  assert.deepEqual(await messages(0), []);
  assert.match((await messages(180_000))?.[0] ?? '', /^1 publication has been due/);

  await ledger.freeze('a restore', 'ada');
  assert.match((await messages(180_000))?.join() ?? '', /^The ledger is frozen[^,]*$/);
});
