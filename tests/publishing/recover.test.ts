import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { silentLog } from '../../src/core/log.ts';
import type { Session } from '../../src/networks/network.ts';
import { discardDrafts } from '../../src/publishing/discard.ts';
import {
  attendRecovery,
  readJournals,
  recover,
  recoverIfBehind,
  tellOutcomes,
  thaw,
} from '../../src/publishing/recover.ts';
import { anIntent, aReceipt, aThread, type Bench, NAME, useLedgers } from '../support/ledger.ts';
import { aSession, type Desk, openDesk } from '../support/publishing.ts';

const openLedger = useLedgers();

test('a ledger that gives a token that this host has used is frozen, told, and nothing is sent', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openRecoveringDesk(bench, session);
  await bench.ledger.add(anIntent());
  await bench.ledger.add(anIntent({ publication: 'other/newsroom-x' }));
  await desk.wake();
  await desk.wake('other/newsroom-x');
  await rollBackToNothing(bench);
  await bench.ledger.add(anIntent());
  await bench.ledger.add(anIntent({ publication: 'other/newsroom-x' }));

  const next = await desk.wake();

  assert.equal(next.kind, 'again');
  assert.equal(desk.recoveries.length, 1);
  assert.match(desk.recoveries[0] ?? '', /gave the token 1, and this host has used 2/);
  assert.equal(session.posts.length, 2);
  assert.deepEqual(
    [await bench.state(), await bench.state('other/newsroom-x')],
    ['published', 'published'],
  );
  assert.equal(await bench.ledger.frozen(), undefined);
  assert.ok((await bench.ledger.lastFence()) > 1_000);
  assert.equal(await desk.wakeUntilDone(), 'published');
  assert.equal(desk.recoveries.length, 1);
});

test('an attempt that the ledger does not know of is looked for before anything is sent', async () => {
  for (const isLive of [true, false]) {
    const bench = openLedger();
    const session = aSession();
    await using desk = openRecoveringDesk(bench, session);
    await bench.ledger.add(anIntent());
    await desk.journal.intend(anEntryOf(NAME, 40));
    // Tokens have gone on; only this publication was rolled back.
    await bench.ledger.thaw('ada', { fence: 90, lookUntil: 0 });
    if (isLive) session.show('Our spring report is out', '7');

    const next = await desk.wake();

    assert.equal(next.kind, 'again');
    assert.equal(await bench.state(), 'unconfirmed');
    assert.equal(await desk.wakeUntilDone(), 'published');
    assert.equal(session.posts.length, 1);
    // A worker that died on its way to the ledger stops nobody else.
    assert.deepEqual(desk.recoveries, []);
  }
});

test('a part of a thread that only the journal knows of is looked for', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openRecoveringDesk(bench, session);
  await bench.ledger.add(anIntent({ post: aThread('One', 'Two') }));
  const { fence } = await bench.startSending();
  await desk.journal.intend(anEntryOf(NAME, fence));
  session.show('One', '1');
  await desk.journal.settle(anEntryOf(NAME, fence), {
    kind: 'posted',
    receipt: aReceipt('1'),
    isLastPart: false,
  });
  // The ledger has lost its last second: the end of the first part and the begin of the second.
  await desk.journal.intend({ ...anEntryOf(NAME, fence), part: 1 });
  session.show('Two', '2');
  await bench.ledger.expire(NAME, fence, { senderIsGone: true, lookAfterMs: 0 });

  assert.equal(await desk.wakeUntilDone(), 'published');

  assert.deepEqual(
    session.posts.map(({ text }) => text),
    ['One', 'Two'],
  );
});

test('an emptied ledger posts nothing again, from whatever was on its way', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openRecoveringDesk(bench, session);
  const names = ['a', 'b', 'c', 'd'].map((entry) => `${entry}/newsroom-x`);
  for (const publication of names) {
    const post = { network: 'twitter', text: `Post ${publication}`, media: [] };
    await bench.ledger.add(anIntent({ publication, post }));
  }
  for (const publication of names.slice(0, 3)) await desk.wake(publication);
  // The fourth was stored by the network, and then the machine died.
  await desk.journal.intend(anEntryOf(names[3] ?? '', 4));
  session.show(`Post ${names[3]}`, 'd');
  await rollBackToNothing(bench);

  assert.equal(await recoverIfBehind(bench.ledger, dirname(desk.journalFile), silentLog), true);
  for (const publication of names) {
    const post = { network: 'twitter', text: `Post ${publication}`, media: [] };
    await bench.ledger.add(anIntent({ publication, post }));
    await desk.wakeUntilDone(publication);
  }

  assert.equal(session.posts.length, 4);
  assert.deepEqual(await Promise.all(names.map((name) => bench.state(name))), [
    'published',
    'published',
    'published',
    'published',
  ]);
});

test('a ledger that a person has frozen is told, and stays frozen', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openRecoveringDesk(bench, session);
  await bench.ledger.add(anIntent());
  await desk.wake();
  await rollBackToNothing(bench);
  await bench.ledger.freeze('a restore', 'ada');

  await recover(bench.ledger, dirname(desk.journalFile), 'a test', silentLog);

  assert.equal((await bench.ledger.frozen())?.by, 'ada');
  assert.equal(await bench.state(), 'published');
  assert.equal(await thaw(bench.ledger, dirname(desk.journalFile), 'ada'), true);
  assert.ok((await bench.ledger.lastFence()) > 1_000);
});

test('a recovery that was broken off is finished by the next worker that starts', async () => {
  const bench = openLedger();
  await using desk = openRecoveringDesk(bench, aSession());
  const directory = dirname(desk.journalFile);
  await bench.ledger.freeze('it had forgotten something', 'carillon');

  assert.equal(await recoverIfBehind(bench.ledger, directory, silentLog), true);
  assert.equal(await bench.ledger.frozen(), undefined);

  await bench.ledger.freeze('an audit', 'ada');
  assert.equal(await recoverIfBehind(bench.ledger, directory, silentLog), false);
  assert.equal((await bench.ledger.frozen())?.by, 'ada');
});

test('a recovery that was broken off is finished by a worker that runs, once it is surely over', async () => {
  const bench = openLedger();
  await using desk = openRecoveringDesk(bench, aSession());
  const directory = dirname(desk.journalFile);
  const freezeAt = async (agoMs: number, by: string): Promise<void> => {
    const at = (await bench.ledger.now()) - agoMs;
    const frozen = JSON.stringify({ reason: 'it had forgotten something', by, at });
    await bench.redis.set(`${bench.prefix}:ledger:frozen`, frozen);
    await bench.redis.hset(`${bench.prefix}:ledger:recovery`, 'at', at, 'open', '1');
  };

  await freezeAt(2_000, 'carillon');
  await attendRecovery(bench.ledger, directory, silentLog);
  assert.equal((await bench.ledger.frozen())?.by, 'carillon');

  await freezeAt(20_000, 'carillon');
  await attendRecovery(bench.ledger, directory, silentLog);
  assert.equal(await bench.ledger.frozen(), undefined);

  await freezeAt(20_000, 'ada');
  await attendRecovery(bench.ledger, directory, silentLog);
  assert.equal((await bench.ledger.frozen())?.by, 'ada');
});

test('a recovery that Redis breaks off is tried until it is done', async () => {
  const bench = openLedger();
  const session = aSession();
  let tries = 0;
  await using desk = openDesk(bench, session, {
    async recover(own, reason) {
      await bench.ledger.freeze(reason, 'carillon');
      if (tries++ === 0) throw new Error('Connection is closed.');
      await recover(bench.ledger, dirname(own.journalFile), reason, silentLog);
    },
  });
  await bench.ledger.add(anIntent());
  await desk.journal.intend(anEntryOf('other/newsroom-x', 40));

  await desk.wake();

  assert.equal(tries, 2);
  assert.equal(await bench.ledger.frozen(), undefined);
  assert.deepEqual(session.calls, []);
});

test('a ledger that has given all tokens that were used is left alone', async () => {
  const bench = openLedger();
  await using desk = openRecoveringDesk(bench, aSession());
  await bench.ledger.add(anIntent());
  await desk.wake();

  assert.equal(await recoverIfBehind(bench.ledger, dirname(desk.journalFile), silentLog), false);
  assert.deepEqual(readJournals('/nowhere/at/all'), []);
});

test('a receipt that could not be handed in is handed in when the worker starts again', async () => {
  const bench = openLedger();
  await using desk = openRecoveringDesk(bench, aSession());
  await bench.ledger.add(anIntent());
  const { fence } = await bench.startSending();
  await desk.journal.intend(anEntryOf(NAME, fence));
  await desk.journal.settle(anEntryOf(NAME, fence), {
    kind: 'posted',
    receipt: aReceipt('7'),
    isLastPart: true,
  });

  await tellOutcomes(bench.ledger, desk.journal);

  assert.equal(await bench.state(), 'published');
  assert.equal((await bench.ledger.get(NAME))?.receipt?.remoteId, '7');
});

test('what was prepared in vain is removed from the network, each once, whatever fails', async () => {
  const bench = openLedger();
  const removed: unknown[] = [];
  const session = aSession({
    async discard(draft) {
      removed.push(draft);
      if (removed.length === 1) throw new Error('not there');
    },
  });
  await using desk = openDesk(bench, session);
  for (const publication of ['a/newsroom-x', 'b/newsroom-x']) {
    await bench.ledger.add(anIntent({ publication }));
    const { fence } = await bench.claimToPublish({}, publication);
    await bench.ledger.saveDraft(publication, fence, { part: 0, of: publication });
    await bench.ledger.cancel(publication, 'ada');
  }

  await discardDrafts('twitter', desk.publishing);
  await discardDrafts('twitter', desk.publishing);

  assert.deepEqual(removed, [
    { part: 0, of: 'a/newsroom-x' },
    { part: 0, of: 'b/newsroom-x' },
  ]);
});

/** A worker that recovers as the real one does, from the journals beside its own. */
function openRecoveringDesk(bench: Bench, session: Session): Desk {
  return openDesk(bench, session, {
    recover: (desk, reason) => recover(bench.ledger, dirname(desk.journalFile), reason, silentLog),
  });
}

/** What a restore of an empty backup does to the ledger. */
async function rollBackToNothing({ redis, prefix }: Bench): Promise<void> {
  await redis.del(...(await redis.keys(`${prefix}:*`)));
}

function anEntryOf(publication: string, fence: number) {
  const [entry = '', account = ''] = publication.split('/');
  return { publication, entry, account, network: 'twitter', due: Date.now(), fence, part: 0 };
}
