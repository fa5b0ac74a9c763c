import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchPublications } from '../../src/alerts/watch-publications.ts';
import type { PublishingSettings } from '../../src/core/config.ts';
import { openLedgerChanges } from '../../src/ledger/changes.ts';
import { aHold, anIntent, rejected, useLedgers } from '../support/ledger.ts';
import { until } from '../support/until.ts';

const openLedger = useLedgers();
const settings = { confirmAfterMs: [0], requestTimeoutMs: 0 } as unknown as PublishingSettings;

test('what is in trouble is read once, and then only what changes', async () => {
  const bench = openLedger();
  const { ledger, redis, prefix } = bench;
  const [old, fresh, fine] = ['old/newsroom-x', 'new/newsroom-x', 'fine/newsroom-x'];
  for (const publication of [old, fresh, fine]) await ledger.add(anIntent({ publication }));
  const fail = async (publication: string) => {
    const claim = await bench.startSending({ publication });
    await ledger.finish(publication, claim.fence, rejected());
  };
  await fail(old);
  let lists = 0;
  await using watched = watchPublications({
    ledger: {
      list(states) {
        lists++;
        return ledger.list(states);
      },
      getMany: (names) => ledger.getMany(names),
    },
    changes: openLedgerChanges(redis.duplicate(), prefix),
    onError: (error) => assert.fail(String(error)),
  });
  const now = await ledger.now();
  const names = () => watched.conditions(settings, now)?.map(({ about }) => about);

  await until(() => names()?.join() === old, 'the one that had failed before');
  await fail(fresh);
  await until(() => names()?.length === 2, 'the one that has failed since');
  await ledger.retry(old, 'ada', { notPosted: false, publishByMs: 60_000 });
  await until(() => names()?.join() === fresh, 'the one that is sent again');
  await ledger.pause('newsroom-x', aHold());
  await ledger.resume('newsroom-x', 'ada', 0);

  assert.equal(watched.conditions(settings, now)?.[0]?.message, 'Too long.');
  assert.equal(lists, 1);
});
