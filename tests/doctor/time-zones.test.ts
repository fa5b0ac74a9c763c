import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examineTimeZones, judgeTimeZones } from '../../src/doctor/time-zones.ts';

const change = Date.UTC(2026, 2, 29, 1);
const right = (_: string, at: number) => (at < change ? 60 : 120);
const data = { version: '2026a', year: 2026 };

test('time-zone data that is missing, wrong or old is found', () => {
  const isThere = judgeTimeZones('Europe/Paris', right, data);
  const lacksZone = (zone: string) => (zone === 'Europe/Kyiv' ? undefined : 60);
  const missing = judgeTimeZones('Europe/Kyiv', lacksZone, data);
  const wrong = judgeTimeZones('Europe/Paris', () => 60, data);
  const old = judgeTimeZones('Europe/Paris', right, { version: '2022g', year: 2026 });

  assert.equal(isThere.message, 'The time-zone data is in order (2026a).');
  assert.match(missing.message, /does not know the time zone Europe\/Kyiv/);
  assert.equal(wrong.severity, 'error');
  assert.equal(old.severity, 'warning');
  assert.match(old.message, /of 2022/);
});

test('the data of the Node that runs this is in order', () => {
  assert.equal(examineTimeZones('Europe/Paris').severity, 'ok');
});
