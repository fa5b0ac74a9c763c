import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Intent, Publication, PublicationState } from '../../src/core/publication.ts';
import { type Change, hasWork, planChanges } from '../../src/planning/plan.ts';
import { anIntent, aPost, aReceipt, NAME } from '../support/ledger.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;

test('what the ledger does not have is added', () => {
  const plan = planOf([anIntent({ due: NOW + HOUR })], []);

  assert.deepEqual(actions(plan.changes), [['add', NAME, NOW + HOUR]]);
  assert.equal(plan.unchanged, 0);
});

test('now is the instant of the plan, until it has been applied', () => {
  const intent = anIntent();
  const first = planOf([intent], []);

  const later = planOf([intent], [aRecord(intent, { due: NOW, isPlannedNow: true })], NOW + HOUR);

  assert.deepEqual(actions(first.changes), [['add', NAME, NOW]]);
  assert.deepEqual(later, { changes: [], unchanged: 1 });
});

test('what is as the config wants it is counted and left alone', () => {
  const intent = anIntent({ due: NOW + HOUR });

  const plan = planOf([intent], [aRecord(intent)]);

  assert.deepEqual(plan, { changes: [], unchanged: 1 });
  assert.equal(hasWork(plan), false);
});

test('another time moves, another text updates, both at once move', () => {
  const before = aRecord(anIntent({ due: NOW + HOUR }));
  const words = aPost({ text: 'Better words' });

  const moved = planOf([anIntent({ due: NOW + 2 * HOUR })], [before]);
  const updated = planOf([anIntent({ due: NOW + HOUR, post: words })], [before]);
  const both = planOf([anIntent({ due: NOW + 2 * HOUR, post: words })], [before]);

  assert.deepEqual(actions(moved.changes), [['move', NAME, NOW + 2 * HOUR]]);
  assert.deepEqual(actions(updated.changes), [['update', NAME, NOW + HOUR]]);
  assert.deepEqual(actions(both.changes), [['move', NAME, NOW + 2 * HOUR]]);
});

test('another last moment updates what is still open, and only that', () => {
  const intent = anIntent({ due: NOW + HOUR, publishByMs: 5 * HOUR });
  const before = anIntent({ due: NOW + HOUR });

  assert.deepEqual(actions(planOf([intent], [aRecord(before)]).changes), [
    ['update', NAME, NOW + HOUR],
  ]);
  const longer = anIntent({ due: NOW - HOUR, publishByMs: 5 * HOUR });
  for (const state of ['published', 'failed', 'missed', 'cancelled'] as const) {
    const over = aRecord(anIntent({ due: NOW - HOUR }), { state });
    assert.deepEqual(planOf([longer], [over]).changes, [], state);
  }
});

test('a fixed time that becomes now moves to this instant, and a now that gets a time moves there', () => {
  const fixed = anIntent({ due: NOW + HOUR });
  const now = anIntent();

  const toNow = planOf([now], [aRecord(fixed)]);
  const toFixed = planOf([fixed], [aRecord(now, { due: NOW - 1_000, isPlannedNow: true })]);

  assert.deepEqual(actions(toNow.changes), [['move', NAME, NOW]]);
  assert.deepEqual(actions(toFixed.changes), [['move', NAME, NOW + HOUR]]);
});

test('a thread of which a part is up is not begun again under another name', () => {
  const receipt = { remoteId: '7', url: 'https://x.com/newsroom/status/7' };
  for (const state of ['scheduled', 'held', 'failed', 'missed'] as const) {
    const half = aRecord(anIntent({ publication: 'old/newsroom-x' }), { state, receipt });

    const { changes } = planOf([anIntent({ due: NOW + HOUR })], [half]);

    const own = changes.filter(({ publication }) => publication === NAME);
    assert.deepEqual(actions(own), [['protected', NAME, NOW + HOUR]], state);
  }
});

test('what the config does not want any more is cancelled while it waits', () => {
  for (const state of ['scheduled', 'held', 'handoff'] as const) {
    const plan = planOf([], [aRecord(anIntent(), { state })]);

    assert.deepEqual(actions(plan.changes), [['cancel', NAME, NOW + HOUR]], state);
    assert.equal(hasWork(plan), true);
  }
});

test('what may be live and is not wanted any more is told, not touched', () => {
  for (const state of ['sending', 'unconfirmed'] as const) {
    const plan = planOf([], [aRecord(anIntent(), { state })]);

    assert.deepEqual(actions(plan.changes), [['protected', NAME, NOW + HOUR]], state);
    assert.equal(hasWork(plan), false);
  }
});

test('what is over and not wanted any more is no change', () => {
  for (const state of ['published', 'failed', 'missed', 'cancelled', 'retracted'] as const) {
    assert.deepEqual(planOf([], [aRecord(anIntent(), { state })]).changes, [], state);
  }
});

test('what is published stays as it is, and the plan says where', () => {
  const current = aRecord(anIntent(), { state: 'published', receipt: aReceipt('7') });

  const [change] = planOf([anIntent({ post: aPost({ text: 'New' }) })], [current]).changes;

  assert.equal(change?.action, 'protected');
  assert.match(change?.reason ?? '', /already published \(https:\/\/x\.example\/newsroom\/7\)/);
  assert.equal(change?.due, current.due);
});

test('every state that protects says why', () => {
  const changed = anIntent({ due: NOW + HOUR, post: aPost({ text: 'New' }) });
  const reasons = (['retracted', 'sending', 'unconfirmed', 'cancelled'] as const).map((state) => {
    const current = aRecord(anIntent({ due: NOW + HOUR }), { state, cancelledBy: 'ada' });
    const [change] = planOf([changed], [current]).changes;
    return [change?.action, change?.reason];
  });

  assert.deepEqual(reasons, [
    ['protected', 'it was published and retracted'],
    ['protected', 'it is being sent at this moment'],
    ['protected', 'it may be live and is being looked for'],
    ['protected', 'it was cancelled by ada'],
  ]);
});

test('a thread of which a part is up is protected, changed or taken out', () => {
  const current = aRecord(anIntent({ due: NOW + HOUR }), { receipt: aReceipt() });

  const changed = planOf([anIntent({ due: NOW + 2 * HOUR })], [current]);
  const removed = planOf([], [current]);

  for (const { changes } of [changed, removed]) {
    assert.deepEqual(
      changes.map(({ action, reason }) => [action, reason]),
      [['protected', 'a part of its thread is already up']],
    );
  }
});

test('what comes into the config too late is late, and not sent', () => {
  const plan = planOf([anIntent({ due: NOW - HOUR })], []);

  assert.deepEqual(actions(plan.changes), [['late', NAME, NOW - HOUR]]);
  assert.match(plan.changes[0]?.reason ?? '', /not sent.*new time/);
});

test('what is a little late is still added', () => {
  const plan = planOf([anIntent({ due: NOW - 30_000, publishByMs: 60_000 })], []);

  assert.deepEqual(actions(plan.changes), [['add', NAME, NOW - 30_000]]);
});

test('what was recorded as missed is not told again', () => {
  const intent = anIntent({ due: NOW - HOUR });

  assert.deepEqual(planOf([intent], [aRecord(intent, { state: 'missed' })]), {
    changes: [],
    unchanged: 1,
  });
});

test('what failed or was missed goes out again with new words or a new time', () => {
  const before = anIntent({ due: NOW - 30_000 });
  for (const state of ['failed', 'missed'] as const) {
    const current = aRecord(before, { state });
    const words = anIntent({ due: NOW - 30_000, post: aPost({ text: 'Shorter' }) });

    assert.deepEqual(actions(planOf([words], [current]).changes), [['update', NAME, NOW - 30_000]]);
    assert.deepEqual(actions(planOf([anIntent({ due: NOW + HOUR })], [current]).changes), [
      ['move', NAME, NOW + HOUR],
    ]);
  }
});

test('new words for what failed long ago are told to be too late', () => {
  const current = aRecord(anIntent({ due: NOW - HOUR }), { state: 'failed' });
  const words = anIntent({ due: NOW - HOUR, post: aPost({ text: 'Shorter' }) });

  const plan = planOf([words], [current]);

  assert.deepEqual(actions(plan.changes), [['late', NAME, NOW - HOUR]]);
});

test('what apply has cancelled is added when it is wanted again, what a person has is not', () => {
  const intent = anIntent({ due: NOW + HOUR });
  const byApply = aRecord(intent, { state: 'cancelled', cancelledBy: 'apply' });
  const byAda = aRecord(intent, { state: 'cancelled', cancelledBy: 'ada' });

  assert.deepEqual(actions(planOf([intent], [byApply]).changes), [['add', NAME, NOW + HOUR]]);
  assert.deepEqual(planOf([intent], [byAda]), { changes: [], unchanged: 1 });
});

test('what apply has cancelled and comes back too late is no change', () => {
  const intent = anIntent({ due: NOW - HOUR });
  const current = aRecord(intent, { state: 'cancelled', cancelledBy: 'apply' });

  assert.deepEqual(planOf([intent], [current]), { changes: [], unchanged: 1 });
});

test('an entry that got a new name is not posted again, and the plan says where it is', () => {
  const old = anIntent({ publication: 'old-name/newsroom-x' });
  const published = aRecord(old, { state: 'published', receipt: aReceipt('7') });
  const renamed = anIntent({ publication: 'new-name/newsroom-x', due: NOW + HOUR });

  const plan = planOf([renamed], [published]);

  assert.deepEqual(actions(plan.changes), [['protected', 'new-name/newsroom-x', NOW + HOUR]]);
  assert.match(plan.changes[0]?.reason ?? '', /already published as old-name.*newsroom\/7/);
  assert.equal(hasWork(plan), false);
});

test('the same words in two entries that are both wanted go out twice', () => {
  const first = anIntent({ publication: 'first/newsroom-x', due: NOW - 1_000 });
  const second = anIntent({ publication: 'second/newsroom-x', due: NOW + HOUR });

  const plan = planOf([first, second], [aRecord(first, { state: 'published' })]);

  assert.deepEqual(actions(plan.changes), [['add', 'second/newsroom-x', NOW + HOUR]]);
});

test('a record that was rebuilt from a journal is not rewritten', () => {
  const intent = anIntent({ due: NOW + HOUR });
  const rebuilt = aRecord(intent, { state: 'published', fingerprint: '' });

  assert.deepEqual(planOf([intent], [rebuilt]), { changes: [], unchanged: 1 });
});

test('what may be live under a name that the config has lost is not added under another', () => {
  const post = aPost({ text: 'The same words' });
  const intent = anIntent({ publication: 'new-name/newsroom-x', post });
  const before = anIntent({ publication: 'old-name/newsroom-x', post });

  for (const state of ['published', 'sending', 'unconfirmed'] as const) {
    const { changes } = planOf([intent], [aRecord(before, { state })]);
    const change = changes.find(({ publication }) => publication === intent.publication);
    assert.equal(change?.action, 'protected', state);
    assert.match(change?.reason ?? '', /old-name\/newsroom-x/);
  }
});

test('two accounts that said the same keep their names apart', () => {
  const post = aPost({ text: 'The same words' });
  const kept = anIntent({ publication: 'a/kept', account: 'kept', post });
  const lost = anIntent({ publication: 'a/old', account: 'old', post });
  const renamed = anIntent({ publication: 'a/new', account: 'new', post });
  const records = [lost, kept].map((one) => aRecord(one, { state: 'published' }));

  for (const ledger of [records, [...records].reverse()]) {
    const { changes } = planOf([kept, renamed], ledger);
    const change = changes.find(({ publication }) => publication === 'a/new');
    assert.equal(change?.action, 'protected');
  }
});

test('the order of the config does not matter, and what is applied is planned no more', () => {
  const states = fc.constantFrom<PublicationState | 'none'>(
    ...(['none', 'scheduled', 'held', 'sending', 'unconfirmed', 'published'] as const),
    ...(['handoff', 'failed', 'missed', 'cancelled', 'retracted'] as const),
  );
  const entry = fc.record({
    due: fc.option(fc.integer({ min: NOW - 3 * HOUR, max: NOW + 3 * HOUR }), { nil: undefined }),
    wasDue: fc.integer({ min: NOW - 3 * HOUR, max: NOW + 3 * HOUR }),
    text: fc.constantFrom('One', 'Two'),
    oldText: fc.constantFrom('One', 'Two', 'Three'),
    state: states,
    isPlannedNow: fc.boolean(),
    isWanted: fc.boolean(),
    cancelledBy: fc.constantFrom('apply', 'ada'),
    publishByMs: fc.constantFrom(60_000, 2 * HOUR),
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 8 }), fc.integer(), (entries, seed) => {
      const intents = entries.flatMap(({ due, text, isWanted, publishByMs }, i) => {
        const post = aPost({ text: `${text} ${i}` });
        return isWanted
          ? [anIntent({ publication: `e${i}/newsroom-x`, due, post, publishByMs })]
          : [];
      });
      const records = entries.flatMap((one, i) => {
        if (one.state === 'none') return [];
        const post = aPost({ text: `${one.oldText} ${i}` });
        const intent = anIntent({ publication: `e${i}/newsroom-x`, due: one.wasDue, post });
        const { state, isPlannedNow, cancelledBy } = one;
        return [aRecord(intent, { state, isPlannedNow, cancelledBy })];
      });
      const shuffled = [...intents].sort((a, b) => rank(a, seed) - rank(b, seed));

      const plan = planOf(intents, records);
      const other = planOf(shuffled, [...records].reverse());

      assert.deepEqual(sorted(plan.changes), sorted(other.changes));
      assert.equal(plan.unchanged, other.unchanged);
      const touched = plan.changes.filter(({ intent }) => intent !== undefined);
      assert.equal(touched.length + plan.unchanged, intents.length);

      const again = planOf(intents, apply(records, plan.changes), NOW + 1);
      assert.equal(hasWork(again), false, JSON.stringify(again.changes));
    }),
    { numRuns: 300 },
  );
});

function planOf(intents: readonly Intent[], records: readonly Publication[], now = NOW) {
  return planChanges({
    intents,
    ledger: new Map(records.map((record) => [record.publication, record])),
    now,
  });
}

/** What the ledger has after a plan was applied to it, at the instant of the plan. */
function apply(records: readonly Publication[], changes: readonly Change[]): Publication[] {
  const after = new Map(records.map((record) => [record.publication, record]));
  for (const { action, publication, intent, current } of changes) {
    if (action === 'cancel' && current) {
      after.set(publication, { ...current, state: 'cancelled', cancelledBy: 'apply' });
    }
    if (action === 'protected' || action === 'cancel' || intent === undefined) continue;
    const due = intent.due ?? (current?.isPlannedNow ? current.due : NOW);
    const isNewAndLate = action === 'late' && current === undefined;
    const state = isNewAndLate ? 'missed' : 'scheduled';
    after.set(publication, aRecord(intent, { due, state, isPlannedNow: intent.due === undefined }));
  }
  return [...after.values()];
}

function aRecord(intent: Intent, over: Partial<Publication> = {}): Publication {
  const due = over.due ?? intent.due ?? NOW + HOUR;
  return {
    publication: intent.publication,
    entry: intent.entry,
    account: intent.account,
    network: intent.network,
    state: 'scheduled',
    generation: 1,
    due,
    publishBy: due + intent.publishByMs,
    publishByMs: intent.publishByMs,
    isPlannedNow: false,
    fingerprint: intent.fingerprint,
    attempts: 0,
    nextAt: undefined,
    publishedAt: undefined,
    receipt: undefined,
    evidence: undefined,
    error: undefined,
    cancelledBy: undefined,
    ...over,
  };
}

function actions(changes: readonly Change[]) {
  return changes.map(({ action, publication, due }) => [action, publication, due]);
}

function sorted(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort((a, b) => (a.publication < b.publication ? -1 : 1));
}

function rank({ publication }: Intent, seed: number): number {
  return Math.sin(seed + publication.charCodeAt(1));
}
