import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { hostOf } from '../../src/ledger/journal-host.ts';
import type { ServerWatch } from '../../src/ledger/lua-recovery.ts';
import { openRedisLedger } from '../../src/ledger/redis-ledger.ts';
import { aClaimant, anIntent, NAME, pass, useLedgers } from '../support/ledger.ts';
import { startTestRedis } from '../support/redis.ts';

const openLedger = useLedgers();
const terms = { quietMs: 0, patienceMs: 60_000, fenceGap: 1_000, lookForMs: 60_000 };

test('a recovery is over once every host that was there has told what it knows', async () => {
  const { ledger } = openLedger();
  await ledger.attend('one');
  await ledger.attend('two');
  const epoch = await ledger.openRecovery('a test');

  await ledger.reportRecovery({ host: 'one', epoch, fence: 70 });
  const early = await ledger.closeRecovery(terms);
  await ledger.reportRecovery({ host: 'two', epoch, fence: 7 });
  const end = await ledger.closeRecovery(terms);

  assert.deepEqual(early, { state: 'waits', silent: ['two'] });
  assert.deepEqual(end, { state: 'thawed', silent: [] });
  assert.equal(await ledger.lastFence(), 1_070);
  assert.equal((await ledger.closeRecovery(terms)).state, 'over');
});

test('a host that says nothing is waited for, but not for ever, and is named', async () => {
  const { ledger } = openLedger();
  await ledger.attend('gone');
  await ledger.openRecovery('a test');
  await pass(5);

  const end = await ledger.closeRecovery({ ...terms, patienceMs: 1 });

  assert.deepEqual(end, { state: 'thawed', silent: ['gone'] });
});

test('a ledger stays frozen while a request from before may be on its way', async () => {
  const { ledger } = openLedger();
  const epoch = await ledger.openRecovery('a test');
  await ledger.reportRecovery({ host: 'one', epoch, fence: 0 });

  assert.equal((await ledger.closeRecovery({ ...terms, quietMs: 60_000 })).state, 'waits');
  assert.equal((await ledger.frozen())?.by, 'carillon');
});

test('a host that comes later is asked for what it knows of a recovery that is over', async () => {
  const { ledger } = openLedger();
  const epoch = await ledger.openRecovery('a test');
  await ledger.closeRecovery(terms);

  const { reported } = await ledger.attend('late');
  await ledger.reportRecovery({ host: 'late', epoch, fence: 5_000 });

  assert.deepEqual([epoch, reported], [1, 0]);
  assert.equal((await ledger.attend('late')).reported, 1);
  assert.equal(await ledger.lastFence(), 5_000);
});

test('what a host tells of an earlier recovery does not count for a later one', async () => {
  const { ledger } = openLedger();
  const first = await ledger.openRecovery('a test');
  await ledger.closeRecovery(terms);
  await ledger.openRecovery('another');

  assert.equal(await ledger.reportRecovery({ host: 'one', epoch: first, fence: 1 }), false);
});

test('a ledger that a person has frozen is not let go on by a recovery', async () => {
  const { ledger } = openLedger();
  await ledger.freeze('an audit', 'ada');
  const epoch = await ledger.openRecovery('a test');
  await ledger.reportRecovery({ host: 'one', epoch, fence: 0 });

  assert.equal((await ledger.closeRecovery(terms)).state, 'held');
  assert.equal((await ledger.frozen())?.by, 'ada');
});

for (const [watch, isRestartNews] of [
  ['none', false],
  ['promotions', false],
  ['changes', true],
] as const) {
  const does = isRestartNews ? 'freezes' : 'does not freeze';
  test(`where ${watch} count, a server that has only started again ${does} the ledger`, async () => {
    await using server = await startTestRedis();
    const ledger = openRedisLedger(server.connect(), { prefix: '{carillon}', watch });
    await ledger.add(anIntent());
    await ledger.attend();

    await server.restart();

    const { to } = await ledger.claim(NAME, 1, aClaimant());
    assert.equal(to, isRestartNews ? 'wait' : 'publish');
  });
}

for (const watch of ['promotions', 'changes'] satisfies ServerWatch[]) {
  test(`where ${watch} count, a replica that is promoted lets nothing be claimed or begun`, async () => {
    await using old = await startTestRedis();
    await using replica = await startTestRedis();
    const open = (redis: ReturnType<typeof old.connect>) =>
      openRedisLedger(redis, { prefix: '{carillon}', watch });
    const [onOld, connection] = [open(old.connect()), replica.connect()];
    const onNew = open(connection);
    await connection.replicaof('127.0.0.1', old.port);
    await onOld.add(anIntent());
    await onOld.add(anIntent({ publication: 'other/newsroom-x' }));
    const claimed = await onOld.claim(NAME, 1, aClaimant());
    const fence = claimed.to === 'publish' ? claimed.claim.fence : 0;
    while ((await onNew.get(NAME))?.state !== 'scheduled' || (await onNew.lastFence()) !== fence) {
      await pass(5);
    }
    await connection.replicaof('NO', 'ONE');

    const begun = await onNew.begin(NAME, fence, 0, 1_000);
    const other = await onNew.claim('other/newsroom-x', 1, aClaimant());

    assert.deepEqual(begun, { begun: false, because: 'frozen' });
    assert.equal(other.to, 'wait');
    assert.match((await onNew.frozen())?.reason ?? '', /failed over/);
  });
}

test('all processes of a host call it the same, and two hosts never do', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-hosts-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));

  const names = ['one', 'one', 'two'].map((name) => hostOf(join(folder, name)));

  assert.equal(names[0], names[1]);
  assert.notEqual(names[0], names[2]);
});
