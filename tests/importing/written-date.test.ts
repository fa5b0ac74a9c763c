import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DateOrder, readWrittenDate } from '../../src/importing/written-date.ts';

function read(written: string, order?: DateOrder): string {
  const reading = readWrittenDate(written, order);
  return 'at' in reading ? reading.at : `! ${reading.problem}`;
}

test('reads dates in the forms of spreadsheets, Buffer and Publer', () => {
  const forms = {
    '2026-11-24 09:00': '2026-11-24 09:00',
    '2026/11/24 9:00': '2026-11-24 09:00',
    '2026-11-24T09:00Z': '2026-11-24 09:00Z',
    '2026-11-24T09:00:30.125+0200': '2026-11-24 09:00:30+02:00',
    '20261124 09:00': '2026-11-24 09:00',
    '24.11.2026, 9:00': '2026-11-24 09:00',
    '3.4.26 9:00': '2026-04-03 09:00',
    '1/23/26 17:30': '2026-01-23 17:30',
    '23/1/2026 5:30 PM': '2026-01-23 17:30',
    '3 April 2026 09:00': '2026-04-03 09:00',
    'Fri, April 3rd, 2026 at 9 a.m.': '2026-04-03 09:00',
    '3-Apr-26 12:05 am': '2026-04-03 00:05',
    'Tue, 24 Nov 2026 08:00:00 GMT': '2026-11-24 08:00:00Z',
    '۲۰۲۶-۱۱-۲۴ ۰۹:۳۰': '2026-11-24 09:30',
  };

  for (const [written, at] of Object.entries(forms)) assert.equal(read(written), at, written);
});

test('never guesses which number is the day', () => {
  assert.match(read('03/04/2026 09:00'), /may be 2026-04-03 or 2026-03-04\. .*--dates dmy/);
  assert.equal(read('03/04/2026 09:00', 'dmy'), '2026-04-03 09:00');
  assert.equal(read('03/04/2026 09:00', 'mdy'), '2026-03-04 09:00');
  assert.equal(read('04/04/2026 09:00'), '2026-04-04 09:00');
});

test('says what is wrong with what it cannot read', () => {
  assert.match(read('2026-11-24'), /has no time of day/);
  assert.match(read('3 April 2026'), /has no time of day/);
  assert.match(read('2026-02-30 09:00'), /no such day/);
  assert.match(read('13/04/2026 09:00', 'mdy'), /no such day/);
  assert.match(read('2026-11-24 25:00'), /no clock shows 25:00/);
  assert.match(read('2026-11-24 13:00 PM'), /no clock shows/);
  assert.match(read('24 Novembre 2026 10:00'), /no month "Novembre"/);
  assert.match(read('46113.375'), /is a number/);
  assert.match(read('1405/09/03 10:00'), /Gregorian/);
  assert.match(read('next Friday at 2 PM'), /no date that Carillon can read/);
  assert.match(read(''), /no date/);
});
