import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { AccountRules, ScheduleSettings } from '../../src/core/schedule.ts';
import type { WishedIntent } from '../../src/planning/wish.ts';
import { endOfQuietHours } from '../../src/schedule/quiet-hours.ts';
import { parseRule } from '../../src/schedule/recurrence-rule.ts';
import { parseSlots } from '../../src/schedule/slots.ts';
import { wallClockOf } from '../../src/schedule/wall-clock.ts';
import {
  aWish,
  DAY,
  type Desk,
  HOUR,
  MINUTE,
  NOW,
  openDesk,
  type WishOptions,
} from '../support/wishes.ts';

const ZONE = 'Europe/Paris';
const ACCOUNTS = ['newsroom-x', 'newsroom-page'];

const slots = fc
  .constantFrom('daily 09:00, 13:00', 'Mon-Fri 08:30, 23:00', 'daily 02:30', 'Sat 10:00')
  .map((text) => {
    const reading = parseSlots(text);
    return 'slots' in reading ? reading.slots : [];
  });

const rules: fc.Arbitrary<AccountRules> = fc.record({
  slots,
  order: fc.constantFrom('first-come' as const, 'freshest-first' as const),
  quietHours: fc.constantFrom([], [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: 1320, to: 420 }]),
  blackout: fc.constantFrom(
    [],
    [{ from: NOW + 15 * HOUR, to: NOW + 39 * HOUR, name: 'a holiday' }],
  ),
  gapMs: fc.constantFrom(0, 20 * MINUTE, 3 * HOUR),
  perDay: fc.constantFrom(1, 2, 1_000),
});

const settings: fc.Arbitrary<ScheduleSettings> = fc
  .tuple(rules, rules, fc.constantFrom(0, 10 * MINUTE, 90 * MINUTE))
  .map(([x, page, staggerMs]) => ({
    horizonMs: 6 * DAY,
    staggerMs,
    accounts: new Map([
      ['newsroom-x', x],
      ['newsroom-page', page],
    ]),
  }));

/** An entry as people would write it: when, and with which limits. */
interface Entry {
  readonly id: number;
  readonly at: WishOptions['at'];
  readonly accounts: readonly string[];
  readonly notBefore: number | undefined;
  readonly maxDelayMs: number | undefined;
  readonly articleAt: number | undefined;
}

const time = fc.integer({ min: -6, max: 400 }).map((steps) => NOW + steps * 15 * MINUTE);

function every(text: string): WishOptions['at'] {
  const reading = parseRule(text);
  assert.ok('rule' in reading);
  return { text, rules: [reading.rule], timezone: ZONE, skip: [] };
}

const entry = (id: number): fc.Arbitrary<Entry> =>
  fc.record({
    id: fc.constant(id),
    at: fc.oneof(
      { weight: 4, arbitrary: time },
      { weight: 4, arbitrary: fc.constant('next-slot' as const) },
      { weight: 1, arbitrary: fc.constant('now' as const) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('daily 09:10', 'weekdays 23:30', '0 */5 * * *').map(every),
      },
    ),
    accounts: fc.constantFrom(ACCOUNTS, ['newsroom-x'], ['newsroom-page']),
    notBefore: fc.option(time, { nil: undefined, freq: 4 }),
    maxDelayMs: fc.option(fc.constantFrom(30 * MINUTE, 12 * HOUR), { nil: undefined, freq: 3 }),
    articleAt: fc.option(time, { nil: undefined }),
  });

function wishesOf(entries: readonly Entry[]): WishedIntent[] {
  return entries.flatMap(({ id, accounts, notBefore, maxDelayMs, articleAt, at }) => {
    const turns = typeof at === 'object' ? [0, 1] : [0];
    return turns.flatMap((turn) =>
      accounts.map((account, rank) =>
        aWish({
          ...{
            publication: `e${id}/${account}`,
            text: `${id} ${turn}`,
            rank,
            turn,
            turns: turns.length,
          },
          ...(at !== undefined && { at }),
          ...(notBefore !== undefined && { notBefore }),
          ...(maxDelayMs !== undefined && { maxDelayMs, publishByMs: maxDelayMs }),
          ...(articleAt !== undefined && { articleAt }),
        }),
      ),
    );
  });
}

type Edit =
  | { readonly kind: 'add'; readonly entry: Entry }
  | { readonly kind: 'remove' | 'nothing'; readonly at: number }
  | { readonly kind: 'change'; readonly at: number; readonly entry: Entry }
  | { readonly kind: 'wait'; readonly ms: number };

const edits: fc.Arbitrary<readonly Edit[]> = fc
  .array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 6 })
  .chain((seeds) =>
    fc.tuple(
      ...seeds.map((_, index) =>
        fc.oneof(
          fc.record({ kind: fc.constant('add' as const), entry: entry(100 + index) }),
          fc.record({
            kind: fc.constantFrom('remove' as const, 'nothing' as const),
            at: fc.nat(20),
          }),
          fc.record({ kind: fc.constant('change' as const), at: fc.nat(20), entry: entry(0) }),
          fc.record({
            kind: fc.constant('wait' as const),
            ms: fc.integer({ min: 1, max: 30 * HOUR }),
          }),
        ),
      ),
    ),
  );

const entries = fc
  .integer({ min: 1, max: 9 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, id) => entry(id))));

/** The entries after an edit, and the one that it is about. */
function edit(before: readonly Entry[], change: Edit, desk: Desk): [readonly Entry[], number] {
  switch (change.kind) {
    case 'add':
      return [[...before, change.entry], change.entry.id];
    case 'wait':
      desk.passUntil(desk.now + change.ms);
      return [before, -1];
    case 'nothing':
      return [before, -1];
    case 'remove': {
      const index = change.at % Math.max(before.length, 1);
      return [before.filter((_, i) => i !== index), before[index]?.id ?? -1];
    }
    case 'change': {
      const index = change.at % Math.max(before.length, 1);
      const id = before[index]?.id ?? -1;
      return [before.map((one, i) => (i === index ? { ...change.entry, id } : one)), id];
    }
  }
}

describe('planned times', () => {
  it('keep every rule, are the same again, and change only for a stated reason', () => {
    fc.assert(
      fc.property(settings, entries, edits, (given, first, changes) => {
        const desk = openDesk(given);
        let current: readonly Entry[] = first;
        desk.apply(wishesOf(current));
        checkRules(desk, current);

        for (const change of changes) {
          const [next, edited] = edit(current, change, desk);
          current = next;
          const wishes = wishesOf(current);
          assert.deepEqual(desk.plan(wishes), desk.plan(wishes), 'the same twice');

          const plan = desk.apply(wishes);

          for (const { action, publication, reason } of plan.changes) {
            const isElsewhere =
              !publication.startsWith(`e${edited}/`) && !publication.startsWith(`e${edited}@`);
            if (isElsewhere && action !== 'add')
              assert.ok(reason, `${action} ${publication} has no reason`);
          }
          const again = desk.plan(wishes).changes.filter(({ action }) => action !== 'protected');
          const left = again.map(({ action, publication, reason }) => [
            action,
            publication,
            reason,
          ]);
          assert.deepEqual(left, [], `left after it was applied: ${JSON.stringify(left)}`);
          checkRules(desk, current);
        }
      }),
      { numRuns: 200, includeErrorInReport: true },
    );
  });
});

/** What waits for a time to come keeps every rule. */
function checkRules(desk: Desk, current: readonly Entry[]): void {
  const { ledger, settings: given, now } = desk;
  const records = [...ledger.values()];
  const there = records.filter(({ state }) => state === 'scheduled' || state === 'published');
  const waiting = there.filter(({ state, due }) => state === 'scheduled' && due > now);

  for (const record of waiting) {
    const { account, due, publication, entry: name } = record;
    const own = given.accounts.get(account);
    const written = current.find(({ id }) => name === `e${id}`);
    assert.ok(own && written, publication);
    const wall = wallClockOf(due, ZONE);
    assert.equal(endOfQuietHours(own.quietHours, wall), undefined, `${publication}: quiet hours`);
    assert.ok(
      !own.blackout.some(({ from, to }) => due >= from && due < to),
      `${publication}: blackout`,
    );
    assert.ok(due >= (written.notBefore ?? 0), `${publication}: embargo`);
    if (typeof written.at === 'number') {
      assert.ok(due >= written.at, `${publication}: earlier than asked`);
      const latest = written.at + (written.maxDelayMs ?? Number.POSITIVE_INFINITY);
      assert.ok(due <= latest || due === written.at + given.staggerMs, `${publication}: too late`);
    }
    const onAccount = there.filter((one) => one.account === account && one !== record);
    for (const other of onAccount) {
      const distance = Math.abs(other.due - due);
      assert.ok(distance >= own.gapMs, `${publication} is too near to ${other.publication}`);
      if (written.at === 'next-slot')
        assert.notEqual(other.due, due, `${publication} shares its slot`);
    }
    const day = Math.floor(wall / DAY);
    const sameDay = onAccount.filter((one) => Math.floor(wallClockOf(one.due, ZONE) / DAY) === day);
    assert.ok(sameDay.length < (own.perDay ?? Number.POSITIVE_INFINITY), `${publication}: perDay`);
  }
}
