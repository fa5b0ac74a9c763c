import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHold, anIntent, NAME, useLedgers } from '../support/ledger.ts';
import { anAccount, aSession, openDesk } from '../support/publishing.ts';

const openLedger = useLedgers();

test('a job that comes early waits for the rest of the time', async () => {
  const bench = openLedger();
  await using desk = openDesk(bench, aSession());
  await bench.ledger.add(anIntent({ due: (await bench.ledger.now()) + 9_000 }));

  const next = await desk.wake();

  assert.ok(next.kind === 'again' && next.inMs > 8_000 && next.inMs <= 9_000);
  assert.equal(next.generation, undefined);
});

test('a job for what was changed or taken out goes home', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  const { handleWakeUp } = await import('../../src/publishing/handle-wake-up.ts');

  const superseded = await handleWakeUp(NAME, 0, desk.publishing);
  await bench.ledger.cancel(NAME, 'ada');
  const cancelled = await desk.wake();
  const missing = await desk.wake('nothing/newsroom-x');

  assert.deepEqual(superseded, { kind: 'done', because: 'superseded' });
  assert.deepEqual(cancelled, { kind: 'done', because: 'cancelled' });
  assert.deepEqual(missing, { kind: 'done', because: 'unknown publication' });
  assert.deepEqual(session.calls, []);
});

test('for an assisted account a person takes over, and the network is not touched', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session, {
    accountOf: async (name) => ({ account: anAccount({ name }), isAssisted: true }),
  });
  await bench.ledger.add(anIntent());

  assert.deepEqual(await desk.wake(), { kind: 'done', because: 'handoff' });
  assert.equal(await bench.state(), 'handoff');
  assert.deepEqual(session.calls, []);
});

test('an account that the config lacks leaves its publications waiting', async () => {
  const bench = openLedger();
  await using desk = openDesk(bench, aSession(), { accountOf: async () => undefined });
  await bench.ledger.add(anIntent());

  assert.equal((await desk.wake()).kind, 'again');

  assert.equal(await bench.state(), 'scheduled');
  assert.ok(desk.said.some((line) => line.includes('no account newsroom-x')));
});

test('the account is what stands after the last slash, also for an entry with slots', async () => {
  const bench = openLedger();
  const asked: string[] = [];
  await using desk = openDesk(bench, aSession(), {
    accountOf: async (name) => {
      asked.push(name);
      return { account: anAccount({ name }), isAssisted: false };
    },
  });
  const name = 'news@2026-11-24T09:00/newsroom-x';
  await bench.ledger.add(anIntent({ publication: name }));

  assert.deepEqual(await desk.wake(name), { kind: 'done', because: 'published' });
  assert.deepEqual(asked, ['newsroom-x']);
  assert.equal(desk.journal.testimonies()[0]?.entry, 'news@2026-11-24T09:00');
});

test('a worker that is told to stop takes nothing new', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  desk.stop();

  assert.equal((await desk.wake()).kind, 'again');

  assert.deepEqual(session.calls, []);
  assert.equal(await bench.ledger.lastFence(), 0);
});

test('what is paused is held, and goes out when it is resumed', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session);
  await bench.ledger.add(anIntent());
  await bench.ledger.pause('newsroom-x', aHold());
  assert.deepEqual(await desk.wake(), { kind: 'done', because: 'held' });
  await bench.ledger.resume('newsroom-x', 'ada', 0);

  assert.equal(await desk.wakeUntilDone(), 'published');
  assert.equal(session.posts.length, 1);
});
