import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Recurrence } from '../../src/core/schedule.ts';
import { layOutEntries } from '../../src/planning/lay-out-entries.ts';
import { parseRule } from '../../src/schedule/recurrence-rule.ts';
import {
  aWish,
  DAY,
  type Desk,
  HOUR,
  NOW,
  openDesk,
  paris,
  settingsOf,
  timesOf,
} from '../support/wishes.ts';

function every(text: string, over: Partial<Recurrence> = {}): Recurrence {
  const reading = parseRule(text);
  assert.ok('rule' in reading);
  return { text, rules: [reading.rule], timezone: 'Europe/Paris', skip: [], ...over };
}

/** The entry `tips` on newsroom-x, with a text for each turn. */
function tips(at: Recurrence, texts: readonly string[] = ['A', 'B']) {
  return texts.map((text, turn) =>
    aWish({ publication: 'tips/newsroom-x', at, text, turn, turns: texts.length }),
  );
}

const week = { horizonMs: 7 * DAY };

function textsOf({ ledger }: Desk, texts: readonly string[] = ['A', 'B', 'C']): string {
  const byFingerprint = new Map(texts.map((text) => [aWish({ text }).fingerprint, text]));
  return [...ledger.values()]
    .filter(({ state }) => state === 'scheduled' || state === 'published')
    .sort((a, b) => a.due - b.due)
    .map(({ fingerprint }) => byFingerprint.get(fingerprint) ?? '?')
    .join('');
}

describe('recurring entries', () => {
  it('have a publication for each slot within the horizon, texts in turn', () => {
    const desk = openDesk(settingsOf({}, week));

    desk.apply(tips(every('Tue,Fri 09:30')));

    assert.deepEqual(timesOf(desk), [
      'tips@2026-11-24T09:30/newsroom-x 24 09:30',
      'tips@2026-11-27T09:30/newsroom-x 27 09:30',
    ]);
    assert.equal(textsOf(desk), 'AB');
  });

  it('go on as time goes on, and never the same text twice in a row', () => {
    const desk = openDesk(settingsOf({}, week));
    const wishes = tips(every('Tue,Fri 09:30'), ['A', 'B', 'C']);
    desk.apply(wishes);

    for (let day = 1; day < 30; day++) {
      desk.passUntil(NOW + day * DAY);
      const plan = desk.apply(wishes);
      assert.ok(plan.changes.every(({ action }) => action === 'add'));
    }

    assert.equal(textsOf(desk), 'ABCABCABCAB');
  });

  it('do not catch up on what was never planned, nor take out what is over', () => {
    const desk = openDesk(settingsOf({}, week));
    const wishes = tips(every('daily 09:30'));
    desk.apply(wishes);
    desk.passUntil(paris('25 12:00'));

    desk.now = NOW + 20 * DAY;
    for (const [name, record] of desk.ledger) {
      if (record.state === 'scheduled') desk.ledger.set(name, { ...record, state: 'missed' });
    }
    const plan = desk.apply(wishes);

    assert.ok(plan.changes.every(({ action, due }) => action === 'add' && due >= desk.now));
    assert.equal(plan.changes.length, 7);
  });

  it('are over when the next one comes, so that an outage ends without a burst', () => {
    const desk = openDesk(settingsOf({}, { horizonMs: DAY }));

    desk.apply(tips(every('0 * * * *')));

    const records = [...desk.ledger.values()];
    assert.ok(records.every(({ publishBy, due }) => publishBy === due + HOUR));
    assert.deepEqual(desk.plan(tips(every('0 * * * *'))).changes, []);
  });

  it('leave what is due on its way', () => {
    const desk = openDesk(settingsOf({}, week));
    const wishes = tips(every('daily 09:30'));
    desk.apply(wishes);

    desk.now = paris('24 09:31');

    assert.ok(desk.plan(wishes).changes.every(({ action }) => action === 'add'));
  });

  it('take out the slots of an old rule, and say so', () => {
    const desk = openDesk(settingsOf({}, week));
    desk.apply(tips(every('Fri 09:30')));

    const plan = desk.apply(tips(every('Thu 09:30')));

    assert.deepEqual(
      plan.changes.map(({ action, publication }) => `${action} ${publication}`),
      ['add tips@2026-11-26T09:30/newsroom-x', 'cancel tips@2026-11-27T09:30/newsroom-x'],
    );
    assert.match(plan.changes[1]?.reason ?? '', /no longer one of its entry/);
  });

  it('keep their texts when a slot is left out, but for a repeat', () => {
    const desk = openDesk(settingsOf({}, week));
    const skip = [{ from: Date.UTC(2026, 10, 25), to: Date.UTC(2026, 10, 26) }];
    desk.apply(tips(every('daily 09:30'), ['A', 'B', 'C']));

    const three = desk.apply(tips(every('daily 09:30', { skip }), ['A', 'B', 'C']));

    assert.deepEqual(
      three.changes.map(({ action }) => action),
      ['cancel'],
    );
    assert.equal(textsOf(desk), 'ACABCA');

    const two = openDesk(settingsOf({}, week));
    two.apply(tips(every('daily 09:30')));
    const plan = two.apply(tips(every('daily 09:30', { skip })));
    assert.equal(textsOf(two), 'ABABAB');
    assert.match(plan.changes[0]?.reason ?? '', /goes on to the next/);
  });

  it('rest in a blackout', () => {
    const blackout = [{ from: paris('25 00:00'), to: paris('26 00:00'), name: 'a holiday' }];
    const desk = openDesk(settingsOf({ blackout }, { horizonMs: 2 * DAY }));

    desk.apply(tips(every('daily 09:30')));

    assert.deepEqual(timesOf(desk), ['tips@2026-11-24T09:30/newsroom-x 24 09:30']);
  });

  it('are not moved to where their next slot is', () => {
    const desk = openDesk(settingsOf({ perDay: 1 }, week));

    const plan = desk.apply(tips(every('0 10,11,12 * * 2')));

    assert.deepEqual(timesOf(desk), [
      'tips@2026-11-24T10:00/newsroom-x 24 10:00',
      'tips@2026-11-24T12:00/newsroom-x 25 00:00',
    ]);
    assert.match(
      plan.changes.find(({ action }) => action === 'late')?.reason ?? '',
      /until the next time of its entry: newsroom-x has its 1 publications of that day/,
    );
  });

  it('may go out again with the same text, also under a new name; the same slot goes out once', () => {
    const desk = openDesk(settingsOf({}, week));
    desk.apply(tips(every('daily 09:30'), ['A']));
    desk.passUntil(paris('24 10:00'));
    assert.ok(
      desk.plan(tips(every('daily 09:30'), ['A'])).changes.every(({ action }) => action === 'add'),
    );

    desk.now = paris('24 09:29');
    const renamed = tips(every('daily 09:30'), ['A']).map((intent) => ({
      ...intent,
      entry: 'hints',
      publication: 'hints/newsroom-x',
    }));

    const first = desk.plan(renamed).changes[0];
    assert.equal(first?.action, 'protected');
    assert.equal(first?.publication, 'hints@2026-11-24T09:30/newsroom-x');
  });

  it('say when to plan again, sooner where slots come thick and fast', () => {
    const settings = settingsOf();
    const laid = (at: Recurrence) =>
      layOutEntries(tips(at), { ledger: new Map(), now: NOW, settings });

    assert.equal(laid(every('daily 09:30')).planAgainBy, NOW + (35 * DAY) / 2);
    const often = laid(every('* * * * *'));
    assert.equal(often.wishes.length, 500);
    assert.ok((often.planAgainBy ?? 0) < NOW + 5 * HOUR);
  });
});
