import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AccountRules } from '../../src/core/schedule.ts';
import { parseQuietHours } from '../../src/schedule/quiet-hours.ts';
import { parseSlots } from '../../src/schedule/slots.ts';
import {
  aWish,
  DAY,
  type Desk,
  HOUR,
  MINUTE,
  NOW,
  openDesk,
  paris,
  settingsOf,
  timesOf,
  type WishOptions,
} from '../support/wishes.ts';

function slotsOf(text: string): Pick<AccountRules, 'slots'> {
  const reading = parseSlots(text);
  return { slots: 'slots' in reading ? reading.slots : [] };
}

function quiet(text: string): Pick<AccountRules, 'quietHours'> {
  const reading = parseQuietHours(text);
  return { quietHours: 'quietHours' in reading ? reading.quietHours : [] };
}

/** Publications on newsroom-x by their names. */
function onX(wishes: Readonly<Record<string, WishOptions>>) {
  return Object.entries(wishes).map(([id, wish]) =>
    aWish({ publication: `${id}/newsroom-x`, ...wish }),
  );
}

const next: WishOptions = { at: 'next-slot' };

function reasons(plan: ReturnType<Desk['plan']>): string[] {
  return plan.changes.map(
    ({ action, publication, reason }) => `${action} ${publication}: ${reason}`,
  );
}

describe('rules', () => {
  it('move what lies in quiet hours to their end, and say so', () => {
    const desk = openDesk(settingsOf(quiet('22:00-07:00')));

    const plan = desk.apply(onX({ late: { at: paris('24 23:30') } }));

    assert.deepEqual(timesOf(desk), ['late/newsroom-x 25 07:00']);
    assert.deepEqual(reasons(plan), [
      'add late/newsroom-x: moved from 23:30 to 07:00: quiet hours of newsroom-x',
    ]);
  });

  it('move what lies in a blackout behind it', () => {
    const blackout = [{ from: paris('25 00:00'), to: paris('26 00:00'), name: 'a holiday' }];
    const desk = openDesk(settingsOf({ blackout, ...quiet('22:00-07:00') }));

    const plan = desk.apply(onX({ one: { at: paris('25 10:00') } }));

    assert.deepEqual(timesOf(desk), ['one/newsroom-x 26 07:00']);
    assert.match(
      plan.changes[0]?.reason ?? '',
      /blackout of newsroom-x \(a holiday\); quiet hours/,
    );
  });

  it('keep a gap between two posts of an account, not of two', () => {
    const desk = openDesk(settingsOf({ gapMs: 20 * MINUTE }));
    const wishes = [
      ...onX({
        one: { at: paris('24 10:00') },
        two: { at: paris('24 10:05') },
        three: { at: paris('24 10:21') },
      }),
      aWish({ publication: 'one/newsroom-page', at: paris('24 10:00') }),
    ];

    desk.apply(wishes);

    assert.deepEqual(timesOf(desk), [
      'one/newsroom-x 24 10:00',
      'two/newsroom-x 24 10:20',
      'three/newsroom-x 24 10:40',
      'one/newsroom-page 24 10:00',
    ]);
  });

  it('let what is planned stay where it is when something new comes near', () => {
    const desk = openDesk(settingsOf({ gapMs: 20 * MINUTE }));
    const old = { old: { at: paris('24 10:00') } };
    desk.apply(onX(old));

    const plan = desk.apply(onX({ new: { at: paris('24 09:50') }, ...old }));

    assert.deepEqual(reasons(plan), [
      'add new/newsroom-x: moved from 09:50 to 10:20: 20m must lie between it and old/newsroom-x',
    ]);
  });

  it('give a time back that is free again', () => {
    const desk = openDesk(settingsOf({ gapMs: 20 * MINUTE }));
    const second = { second: { at: paris('24 10:00') } };
    desk.apply(onX({ first: { at: paris('24 10:00') }, ...second }));

    const plan = desk.apply(onX(second));

    assert.deepEqual(reasons(plan), [
      'move second/newsroom-x: this is the time that its entry asks for',
      'cancel first/newsroom-x: it is no longer in the config',
    ]);
  });

  it('limit the posts of a day by the clocks of the config', () => {
    const desk = openDesk(settingsOf({ perDay: 1, ...quiet('22:00-07:00') }));

    desk.apply(
      onX({
        one: { at: paris('24 10:00') },
        two: { at: paris('24 12:00') },
        three: { at: paris('24 14:00') },
      }),
    );

    assert.deepEqual(timesOf(desk), [
      'one/newsroom-x 24 10:00',
      'two/newsroom-x 25 07:00',
      'three/newsroom-x 26 07:00',
    ]);
  });

  it('stagger the accounts of an entry', () => {
    const desk = openDesk(settingsOf({}, { staggerMs: 10 * MINUTE }));
    const at = paris('24 10:00');

    desk.apply([
      aWish({ publication: 'one/newsroom-x', at }),
      aWish({ publication: 'one/newsroom-page', at, rank: 1 }),
    ]);

    assert.deepEqual(timesOf(desk), ['one/newsroom-x 24 10:00', 'one/newsroom-page 24 10:10']);
  });

  it('let nothing out before an embargo, now and slots included', () => {
    const desk = openDesk(settingsOf(slotsOf('daily 09:00, 12:00')));
    const notBefore = paris('25 11:00');

    desk.apply(
      onX({
        at: { at: paris('24 10:00'), notBefore },
        now: { at: 'now', notBefore },
        slot: { ...next, notBefore },
      }),
    );

    assert.deepEqual(timesOf(desk), [
      'at/newsroom-x 25 11:00',
      'now/newsroom-x 25 11:00',
      'slot/newsroom-x 25 12:00',
    ]);
  });

  it('put off now, once: it keeps that time', () => {
    const desk = openDesk(settingsOf(quiet('22:00-07:00')), paris('24 23:00'));
    const wishes = onX({ now: { at: 'now' } });
    desk.apply(wishes);
    assert.deepEqual(timesOf(desk), ['now/newsroom-x 25 07:00']);

    desk.now = paris('25 01:00');
    assert.deepEqual(desk.plan(wishes).changes, []);
    desk.passUntil(paris('25 08:00'));
    assert.deepEqual(desk.plan(wishes).changes, []);
  });

  it('say that there is no room before the last moment of an entry, and plan it once there is', () => {
    const desk = openDesk(settingsOf(quiet('22:00-07:00')));
    const wishes = onX({ late: { at: paris('24 23:30'), maxDelayMs: HOUR, publishByMs: HOUR } });

    const [change] = desk.apply(wishes).changes;
    assert.equal(change?.action, 'late');
    assert.match(
      change?.reason ?? '',
      /no time fits from Tue 2026-11-24 23:30 until Wed 2026-11-25 00:30, which is its last moment \(publishBy\): quiet hours of newsroom-x\. Give it another time/,
    );
    assert.deepEqual(desk.plan(wishes).changes, []);

    desk.settings = settingsOf();
    assert.deepEqual(reasons(desk.apply(wishes)), [
      'move late/newsroom-x: there is room for it by now',
    ]);
    assert.deepEqual(timesOf(desk), ['late/newsroom-x 24 23:30']);
  });

  it('leave out what has no room any more, and say so', () => {
    const desk = openDesk();
    const wishes = onX({ late: { at: paris('24 23:30'), maxDelayMs: HOUR, publishByMs: HOUR } });
    desk.apply(wishes);

    desk.settings = settingsOf(quiet('22:00-07:00'));
    desk.apply(wishes);

    assert.equal(desk.ledger.get('late/newsroom-x')?.state, 'missed');
    assert.deepEqual(desk.plan(wishes).changes, []);
  });

  it('leave the last moment of an entry where it is', () => {
    const desk = openDesk(settingsOf({ gapMs: 30 * MINUTE }));

    desk.apply(
      onX({
        one: { at: paris('24 10:00') },
        two: { at: paris('24 10:00'), maxDelayMs: HOUR, publishByMs: HOUR },
      }),
    );

    assert.equal(desk.ledger.get('two/newsroom-x')?.publishBy, paris('24 11:00'));
  });

  it('do not bring back what is too late', () => {
    const desk = openDesk(settingsOf({ perDay: 1 }));

    const plan = desk.apply(onX({ one: { at: paris('24 08:30') }, old: { at: NOW - 5 * HOUR } }));

    assert.deepEqual(
      plan.changes.map(({ action, publication }) => `${action} ${publication}`),
      ['add one/newsroom-x', 'late old/newsroom-x'],
    );
  });

  it('leave alone what went out, wherever it went out', () => {
    const desk = openDesk(settingsOf(quiet('22:00-07:00')));
    const wishes = onX({ late: { at: paris('24 23:30') } });
    desk.apply(wishes);
    desk.passUntil(paris('25 09:00'));

    desk.settings = settingsOf();

    assert.deepEqual(desk.plan(wishes).changes, []);
  });
});

describe('slots', () => {
  it('go to what came first, one each', () => {
    const desk = openDesk(settingsOf(slotsOf('daily 09:30, 13:00')));

    const plan = desk.apply(onX({ one: next, two: next, three: next }));

    assert.deepEqual(timesOf(desk), [
      'one/newsroom-x 24 09:30',
      'two/newsroom-x 24 13:00',
      'three/newsroom-x 25 09:30',
    ]);
    assert.equal(plan.changes[0]?.reason, 'the next free slot of newsroom-x');
  });

  it('stay with those who have them, and are filled again', () => {
    const desk = openDesk(settingsOf(slotsOf('daily 09:30, 13:00')));
    desk.apply(onX({ one: next, two: next, three: next }));

    const plan = desk.apply(onX({ new: next, two: next, three: next }));

    assert.deepEqual(reasons(plan), [
      'add new/newsroom-x: the next free slot of newsroom-x',
      'cancel one/newsroom-x: it is no longer in the config',
    ]);
    assert.equal(desk.ledger.get('new/newsroom-x')?.due, paris('24 09:30'));
  });

  it('give way to an explicit time, which moves one publication and says why', () => {
    const desk = openDesk(settingsOf({ gapMs: 20 * MINUTE, ...slotsOf('daily 09:30, 13:00') }));
    desk.apply(onX({ one: next, two: next }));

    const plan = desk.apply(onX({ one: next, two: next, fixed: { at: paris('24 09:40') } }));

    assert.deepEqual(reasons(plan), [
      'move one/newsroom-x: moved from Tue 2026-11-24 09:30 to Wed 2026-11-25 09:30: 20m must lie between it and fixed/newsroom-x',
      'add fixed/newsroom-x: undefined',
    ]);
  });

  it('that are none any more move only those who had them', () => {
    const desk = openDesk(settingsOf(slotsOf('daily 09:30, 13:00')));
    desk.apply(onX({ one: next, two: next }));
    desk.settings = settingsOf(slotsOf('daily 13:00'));

    const plan = desk.apply(onX({ one: next, two: next }));

    assert.deepEqual(reasons(plan), [
      'move one/newsroom-x: moved from Tue 2026-11-24 09:30 to Wed 2026-11-25 13:00: Tue 2026-11-24 09:30 is no slot of newsroom-x',
    ]);
  });

  it('go to the freshest article first where the account says so', () => {
    const rules = { ...slotsOf('daily 09:30, 13:00'), order: 'freshest-first' as const };
    const desk = openDesk(settingsOf(rules));
    const old = { old: { ...next, articleAt: NOW - DAY }, undated: next };
    desk.apply(onX(old));

    const plan = desk.apply(onX({ ...old, fresh: { ...next, articleAt: NOW } }));

    assert.deepEqual(timesOf(desk), [
      'old/newsroom-x 24 13:00',
      'undated/newsroom-x 25 09:30',
      'fresh/newsroom-x 24 09:30',
    ]);
    assert.match(
      reasons(plan)[0] ?? '',
      /moved from 09:30 to 13:00: the freshest articles go first/,
    );
  });

  it('are not taken by what is due: that goes out', () => {
    const desk = openDesk(settingsOf(slotsOf('daily 09:30, 13:00')));
    const wishes = onX({ one: next });
    desk.apply(wishes);

    desk.now = paris('24 09:31');

    assert.deepEqual(desk.plan(wishes).changes, []);
  });

  it('that rules forbid for ever are said to be so', () => {
    const desk = openDesk(settingsOf({ ...slotsOf('daily 02:00'), ...quiet('22:00-07:00') }));

    const [change] = desk.plan(onX({ one: next })).changes;

    assert.equal(change?.action, 'late');
    assert.match(
      change?.reason ?? '',
      /no slot of newsroom-x is free.*Change the slots or the rules/,
    );
  });
});
