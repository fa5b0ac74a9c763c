import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LinkCheck } from '../../src/core/link-check.ts';
import { type LinkGate, nextLookMs } from '../../src/publishing/link-gate.ts';
import {
  anIntent,
  aPost,
  aReceipt,
  aThread,
  NAME,
  posted,
  unknown,
  useLedgers,
} from '../support/ledger.ts';
import { aSession, openDesk, someSettings } from '../support/publishing.ts';

const openLedger = useLedgers();
const LINK = 'https://news.example.org/a';
const linked = aPost({ text: `Our report ${LINK}` });
const works: LinkCheck = { links: [LINK], faults: [] };
const fails: LinkCheck = {
  links: [LINK],
  faults: [
    {
      code: 'preflight:not-found',
      message: 'There is no page.',
      advice: 'Check the address.',
      isFailure: true,
    },
  ],
};
const flawed: LinkCheck = {
  links: [LINK],
  faults: fails.faults.map((fault) => ({ ...fault, isFailure: false })),
};

/** Finds what it is given, one after the other; the last for ever. */
function aGate(...found: readonly LinkCheck[]): LinkGate & { readonly checks: () => number } {
  let checks = 0;
  return {
    checks: () => checks,
    linksOf: () => [LINK],
    check: async () => found[Math.min(checks++, found.length - 1)] ?? works,
  };
}

test('with a strict preflight nothing is sent while the link fails, and no attempt is spent', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session, { linkGate: aGate(fails) });
  await bench.ledger.add(anIntent({ post: linked }));

  const next = await desk.wake();

  assert.equal(next.kind, 'again');
  assert.deepEqual(session.calls, []);
  const record = await bench.ledger.get(NAME);
  assert.deepEqual([record?.state, record?.attempts], ['scheduled', 0]);
  assert.deepEqual(record?.error?.code, 'preflight:not-found');
  assert.match(record?.error?.advice ?? '', /^Check the address\. As "preflight" is strict/);
  assert.deepEqual(await bench.kinds(), ['planned', 'link in doubt', 'put off']);
});

test('once the link works the post goes out', async () => {
  const bench = openLedger();
  const session = aSession();
  await using desk = openDesk(bench, session, { linkGate: aGate(fails, works) });
  await bench.ledger.add(anIntent({ post: linked }));
  await desk.wake();

  await bench.redis.hset(`${bench.prefix}:ledger:publication:${NAME}`, 'wakeAt', 0);
  assert.deepEqual(await desk.wake(), { kind: 'done', because: 'published' });

  assert.equal(session.posts.length, 1);
  assert.equal((await bench.ledger.get(NAME))?.error, undefined);
  assert.ok((await bench.kinds()).includes('link works'));
});

test('a link that fails to the last is missed, with its sentence and one action', async () => {
  const bench = openLedger();
  await using desk = openDesk(bench, aSession(), { linkGate: aGate(fails) });
  await bench.ledger.add(anIntent({ post: linked, publishByMs: 1_000 }));

  assert.deepEqual(await desk.wake(), { kind: 'done', because: 'missed' });

  const error = (await bench.ledger.get(NAME))?.error;
  assert.equal(error?.code, 'preflight:not-found');
  assert.match(error?.message ?? '', /was not published\. There is no page\.$/);
  assert.match(error?.advice ?? '', /carillon retry/);
});

test('a flaw of the card, and a link that was seen to work shortly before, hold nothing up', async () => {
  const bench = openLedger();
  const session = aSession();
  const gate = aGate(flawed);
  await using desk = openDesk(bench, session, { linkGate: gate });
  await bench.ledger.add(anIntent({ post: linked }));
  await bench.ledger.add(anIntent({ post: linked, publication: 'other/newsroom-x' }));
  await bench.ledger.noteLinks('other/newsroom-x', works);

  assert.deepEqual(await desk.wake(), { kind: 'done', because: 'published' });
  assert.deepEqual(await desk.wake('other/newsroom-x'), { kind: 'done', because: 'published' });

  assert.equal(gate.checks(), 1);
});

test('what was found at other links counts for nothing', async () => {
  const bench = openLedger();
  const gate = aGate(fails);
  await using desk = openDesk(bench, aSession(), { linkGate: gate });
  await bench.ledger.add(anIntent({ post: linked }));
  await bench.ledger.noteLinks(NAME, { links: ['https://news.example.org/old'], faults: [] });

  assert.equal((await desk.wake()).kind, 'again');
  assert.equal(gate.checks(), 1);
});

test('what may be live is looked for, whatever its link, and a thread that has begun goes on', async () => {
  const bench = openLedger();
  const gate = aGate(fails);
  const session = aSession();
  await using desk = openDesk(bench, session, { linkGate: gate });
  await bench.ledger.add(anIntent({ post: aThread('One', 'Two') }));
  const claim = await bench.startSending();
  await bench.ledger.finish(NAME, claim.fence, posted({ receipt: aReceipt('1') }));
  await bench.ledger.begin(NAME, claim.fence, 1, 60_000);
  await bench.ledger.finish(NAME, claim.fence, unknown());

  await desk.wake();
  assert.equal(gate.checks(), 0);
  assert.ok(session.calls.includes('find 1'));

  await desk.wakeUntilDone();
  assert.equal(gate.checks(), 0);
  assert.equal(await bench.state(), 'published');
});

test('a link that does not answer within the claim is put off, and a worker that stops does not wait for it', async () => {
  const bench = openLedger();
  const silent: LinkGate = { linksOf: () => [LINK], check: () => new Promise(() => {}) };
  await using desk = openDesk(bench, aSession(), {
    linkGate: silent,
    settings: someSettings({ requestTimeoutMs: 1 }),
  });
  await bench.ledger.add(anIntent({ post: linked }));

  await desk.wake();
  assert.equal((await bench.ledger.get(NAME))?.error?.code, 'preflight:unreachable');

  await bench.redis.hset(`${bench.prefix}:ledger:publication:${NAME}`, 'wakeAt', 0);
  const waking = desk.wake();
  desk.stop();
  await waking;
  assert.equal(await bench.state(), 'scheduled');
});

test('a failing link is followed soon at first, then less often, and once more just before it is too late', () => {
  const day = 86_400_000;
  assert.equal(nextLookMs(0, day), 15_000);
  assert.equal(nextLookMs(60_000, day), 30_000);
  assert.equal(nextLookMs(3_600_000, day), 300_000);
  assert.equal(nextLookMs(60_000, 11_000), 10_000);
  assert.equal(nextLookMs(60_000, 1_000), 30_000);
});
