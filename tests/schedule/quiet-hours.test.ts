import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endOfQuietHours, parseQuietHours } from '../../src/schedule/quiet-hours.ts';

/** When the quiet hours end at a time of Tue 24 Nov 2026 or another day, or none. */
function endAt(text: string, time: string): string {
  const reading = parseQuietHours(text);
  assert.ok('quietHours' in reading, JSON.stringify(reading));
  const at = Date.parse(`${time.includes('T') ? time : `2026-11-24T${time}`}Z`);
  const end = endOfQuietHours(reading.quietHours, at);
  return end === undefined ? 'none' : new Date(end).toISOString().slice(5, 16);
}

function problemOf(text: string): string {
  const reading = parseQuietHours(text);
  return 'problem' in reading ? reading.problem : '';
}

describe('quiet hours', () => {
  it('last over midnight, and end at their last minute', () => {
    assert.equal(endAt('22:00-07:00', '21:59'), 'none');
    assert.equal(endAt('22:00-07:00', '22:00'), '11-25T07:00');
    assert.equal(endAt('22:00-07:00', '06:59'), '11-24T07:00');
    assert.equal(endAt('22:00-07:00', '07:00'), 'none');
  });

  it('may lie within a day, and last a whole one', () => {
    assert.equal(endAt('12:00-13:30', '12:10'), '11-24T13:30');
    assert.equal(endAt('00:00-24:00', '12:10'), '11-25T00:00');
  });

  it('begin on the days that are named', () => {
    assert.equal(endAt('Fri, Sat 20:00-10:00', '2026-11-28T09:00'), '11-28T10:00');
    assert.equal(endAt('Fri, Sat 20:00-10:00', '2026-11-29T09:00'), '11-29T10:00');
    assert.equal(endAt('Fri, Sat 20:00-10:00', '2026-11-29T21:00'), 'none');
    assert.equal(
      endAt('Mon-Fri 22:00-07:00, Sat, Sun 00:00-24:00', '2026-11-28T03:00'),
      '11-29T00:00',
    );
  });

  it('are told how to be written', () => {
    assert.match(problemOf('22:00'), /neither a day of the week nor hours.*Write "22:00-07:00"/);
    assert.match(problemOf('22:00-25:00'), /No clock shows 25:00/);
    assert.match(problemOf('10pm-7am'), /Write hours and minutes/);
    assert.match(problemOf('08:00-08:00'), /has no length/);
    assert.match(problemOf('Sat, Sun'), /says no hours/);
    assert.match(problemOf(''), /says no hours/);
    assert.match(problemOf('Sut 10:00-11:00'), /Did you mean "Sat"\?|Did you mean "Sun"\?/);
  });
});
