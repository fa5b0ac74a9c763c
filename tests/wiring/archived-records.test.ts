import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Publication, slotOf } from '../../src/core/publication.ts';
import { planChanges } from '../../src/planning/plan.ts';
import { timeIntents } from '../../src/planning/time-intents.ts';
import { parseRule } from '../../src/schedule/recurrence-rule.ts';
import { readArchivedRecords } from '../../src/wiring/archived-records.ts';
import { aPublication } from '../support/publications.ts';
import { aWish, DAY, NOW, settingsOf } from '../support/wishes.ts';

const TEXTS = ['A', 'B', 'C'];
const ENDED = ['published', 'failed', 'missed', 'cancelled', 'retracted'] as const;
const fingerprintOf = (text: string) => aWish({ text }).fingerprint;

/** What may be archived: over for long. */
const anOldRecord = fc
  .record({
    entry: fc.constantFrom('one', 'two', 'three', 'one~2', 'two~2', 'gone', 'tips', 'tipsy'),
    week: fc.integer({ min: 1, max: 60 }),
    state: fc.constantFrom(...ENDED),
    text: fc.constantFrom(...TEXTS),
    byApply: fc.boolean(),
    isHalfUp: fc.boolean(),
    isCorrected: fc.boolean(),
  })
  .map(({ entry, week, state, text, byApply, isHalfUp, isCorrected }): Publication => {
    const due = Date.UTC(2024, 0, 2, 8) + week * 7 * DAY;
    const isRecurring = entry.startsWith('tips');
    const slot = isRecurring ? `@${new Date(due + 3_600_000).toISOString().slice(0, 16)}` : '';
    const isUp = state === 'published' || state === 'retracted' || (state === 'failed' && isHalfUp);
    const publication = `${entry}${slot}/newsroom-x`;
    return aPublication({
      ...{ publication, entry, state, due, publishBy: due + 1, fingerprint: fingerprintOf(text) },
      receipt: isUp
        ? { remoteId: publication, url: `https://x.example/${publication}` }
        : undefined,
      cancelledBy: state === 'cancelled' ? (byApply ? 'apply' : 'ada') : undefined,
      correctedAs: isCorrected && state === 'retracted' ? `${entry}~2/newsroom-x` : undefined,
      archive: { isArchived: true, host: 'attic', months: ['2024-01'] },
    });
  });

const rule = parseRule('Tue 09:00');
assert.ok('rule' in rule);
const everyTuesday = {
  ...{ text: 'Tue 09:00', rules: [rule.rule], timezone: 'Europe/Paris', skip: [] },
};

const wishes = fc
  .subarray(['one', 'two', 'three', 'new', 'tips'])
  .chain((entries) =>
    fc.tuple(
      ...entries.map((entry) =>
        fc.record({
          entry: fc.constant(entry),
          text: fc.constantFrom(...TEXTS),
          at: fc.constantFrom('now' as const, NOW + DAY, Date.UTC(2024, 0, 9, 8)),
        }),
      ),
    ),
  )
  .map((chosen) =>
    chosen.flatMap(({ entry, text, at }) =>
      entry === 'tips'
        ? TEXTS.map((one, turn) =>
            aWish({
              publication: 'tips/newsroom-x',
              ...{ text: one, turn, turns: TEXTS.length, at: everyTuesday },
            }),
          )
        : [aWish({ publication: `${entry}/newsroom-x`, text, at })],
    ),
  );

/** A ledger of which all records are archived, as plain data. */
function openAttic(archived: readonly Publication[]) {
  const byName = new Map(archived.map((record) => [record.publication, record]));
  return {
    countArchived: async () => archived.length,
    getMany: async (names: readonly string[]) => names.map((name) => byName.get(name)),
    archivedLike: async (posts: readonly { network: string; fingerprint: string }[]) =>
      archived
        .filter(({ network, fingerprint, state, receipt }) => {
          const isUp = state === 'published' || (receipt && state !== 'retracted');
          const isSame = (post: { network: string; fingerprint: string }) =>
            post.network === network && post.fingerprint === fingerprint;
          return isUp && posts.some(isSame);
        })
        .map(({ publication }) => publication),
    archivedSlots: async (entry: string, limit: number) =>
      archived
        .filter((record) => record.entry === entry && slotOf(record) !== undefined)
        .map(({ publication }) => publication)
        .sort()
        .reverse()
        .slice(0, limit),
  };
}

test('a plan is the same with what it looks up as with everything that is archived', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anOldRecord, { selector: ({ publication }) => publication, maxLength: 25 }),
      fc.nat(25),
      wishes,
      async (records, liveCount, wished) => {
        const live = records.slice(0, liveCount).map(({ archive: _, ...record }) => record);
        const archived = records.slice(liveCount);

        const found = await readArchivedRecords(wished, {
          ledger: openAttic(archived),
          records: live,
        });

        const planWith = (all: readonly Publication[]) => {
          const sorted = [...all].sort((a, b) => a.due - b.due);
          const ledger = new Map(sorted.map((record) => [record.publication, record]));
          const config = { schedule: settingsOf(), timezone: 'Europe/Paris' };
          const timed = timeIntents(wished, { config, ledger, now: NOW });
          return planChanges({ ...timed, ledger, now: NOW });
        };
        assert.deepEqual(planWith([...live, ...found]), planWith([...live, ...archived]));
      },
    ),
    { numRuns: 300 },
  );
});

test('where nothing is archived nothing is looked up', async () => {
  const ledger = { ...openAttic([]), getMany: () => assert.fail('It was.') };

  assert.deepEqual(await readArchivedRecords([aWish()], { ledger, records: [] }), []);
});
