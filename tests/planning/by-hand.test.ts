import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Approval, WantedApproval } from '../../src/core/approval.ts';
import type { Publication } from '../../src/core/publication.ts';
import { planChanges } from '../../src/planning/plan.ts';
import { notesOf } from '../../src/planning/plan-notes.ts';
import { parseQuietHours } from '../../src/schedule/quiet-hours.ts';
import { parseSlots } from '../../src/schedule/slots.ts';
import { anIntent, aPost, NAME } from '../support/ledger.ts';
import { aPublication } from '../support/publications.ts';
import { aWish, type Desk, HOUR, NOW, openDesk, paris, settingsOf } from '../support/wishes.ts';

/** Moves a publication of a desk as `carillon move` does. */
function move({ ledger }: Desk, due: number, asked: string): void {
  const record = ledger.get(NAME) as Publication;
  ledger.set(NAME, { ...record, due, moved: { by: 'ada', asked } });
}

test('what a person has moved stays there, whatever the rules of its account say', () => {
  const reading = parseQuietHours('22:00-07:00');
  const quietHours = 'quietHours' in reading ? reading.quietHours : [];
  const desk = openDesk(settingsOf({ quietHours, gapMs: 2 * HOUR }));
  const wishes = [
    aWish({ at: NOW + HOUR }),
    aWish({ publication: 'b/newsroom-x', at: NOW + 4 * HOUR }),
  ];
  desk.apply(wishes);

  move(desk, paris('24 23:30'), String(NOW + HOUR));

  assert.deepEqual(desk.plan(wishes).changes, []);
});

test('what has a slot and was moved out of it stays out, and another may have the slot', () => {
  const reading = parseSlots('Mon-Sun 10:00, 14:00');
  const desk = openDesk(settingsOf({ slots: 'slots' in reading ? reading.slots : [] }));
  const one = aWish({ at: 'next-slot' });
  desk.apply([one]);
  assert.equal(desk.ledger.get(NAME)?.due, paris('24 10:00'));

  move(desk, paris('24 11:30'), 'next-slot');
  desk.apply([one, aWish({ publication: 'b/newsroom-x', at: 'next-slot' })]);

  assert.equal(desk.ledger.get(NAME)?.due, paris('24 11:30'));
  assert.equal(desk.ledger.get('b/newsroom-x')?.due, paris('24 10:00'));
});

test('moved earlier or later, it goes where its entry newly says, and only then', () => {
  for (const to of [NOW + HOUR / 2, NOW + 5 * HOUR]) {
    const desk = openDesk();
    desk.apply([aWish({ at: NOW + HOUR })]);
    move(desk, to, String(NOW + HOUR));

    assert.deepEqual(desk.plan([aWish({ at: NOW + HOUR })]).changes, []);
    const [change] = desk.plan([aWish({ at: NOW + 2 * HOUR })]).changes;
    assert.deepEqual([change?.action, change?.due], ['move', NOW + 2 * HOUR]);
  }
});

test('what is planned for now and was moved stays moved', () => {
  const desk = openDesk();
  desk.apply([aWish({ at: 'now' })]);

  move(desk, NOW + 3 * HOUR, 'now');

  assert.deepEqual(desk.plan([aWish({ at: 'now' })]).changes, []);
});

const required = { status: 'required' } as const;
const DUE = NOW + HOUR;

function planOf(over: Parameters<typeof anIntent>[0], approval?: Approval) {
  const before = anIntent({ due: DUE });
  const current = aPublication({
    publication: NAME,
    due: DUE,
    fingerprint: before.fingerprint,
    publishByMs: before.publishByMs,
    state: approval?.isWaiting ? 'held' : 'scheduled',
    approval,
  });
  const intent = anIntent({ due: DUE, ...over });
  const ledger = new Map([[NAME, current]]);
  const { changes } = planChanges({ intents: [intent], ledger, now: NOW });
  return { changes: changes.map(({ action, reason }) => [action, reason]), intent, ledger };
}

function given(wanted: WantedApproval = required): Approval {
  const { fingerprint } = anIntent();
  return { wanted, isWaiting: false, given: { by: 'anna', at: NOW, fingerprint, due: DUE } };
}

test('a plan says whose approval a new text or time undoes', () => {
  const undone = 'as it was, anna had approved it: it waits for approval again';
  const post = aPost({ text: 'Other words' });

  assert.deepEqual(planOf({ approval: required, post }, given()).changes, [['update', undone]]);
  assert.deepEqual(planOf({ approval: required, due: DUE + HOUR }, given()).changes, [
    ['move', undone],
  ]);
  assert.deepEqual(planOf({ approval: required }, given()).changes, []);
});

test('a plan says when approval comes to be asked for, or is not any more', () => {
  const approvedBen = { status: 'approved', by: 'ben' } as const;

  assert.deepEqual(planOf({ approval: required }).changes, [['update', 'it waits for approval']]);
  assert.deepEqual(planOf({ approval: { status: 'draft' } }, given()).changes, [
    ['update', 'it is a draft, and is not sent'],
  ]);
  assert.deepEqual(
    planOf({ approval: approvedBen }, { wanted: required, isWaiting: true }).changes,
    [['update', 'approved by ben']],
  );
  assert.deepEqual(
    planOf({ approval: required }, given({ status: 'approved', by: 'anna' })).changes,
    [['update', 'approved by anna']],
  );
  assert.deepEqual(planOf({}, given()).changes, [['update', 'it needs no approval any more']]);
});

test('beside the plan stands what waits, and what was moved', () => {
  const { intent, ledger } = planOf({ approval: required }, { wanted: required, isWaiting: true });
  const record = ledger.get(NAME) as Publication;
  const moved = { ...record, moved: { by: 'ada', asked: String(DUE) } };

  assert.deepEqual(notesOf([intent], ledger), { moved: [], waiting: [record] });
  assert.deepEqual(notesOf([intent], new Map([[NAME, moved]])).moved, [moved]);
  assert.deepEqual(notesOf([], ledger), { moved: [], waiting: [] });
});
