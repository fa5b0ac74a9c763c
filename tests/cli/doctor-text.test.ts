import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesOfFaults, linesOfFindings } from '../../src/cli/doctor-text.ts';
import { plainInk } from '../../src/cli/ink.ts';
import type { Finding } from '../../src/doctor/finding.ts';

const findings: readonly Finding[] = [
  { check: 'redis', code: 'server', severity: 'ok', message: 'Redis answers.' },
  {
    ...{ check: 'account', code: 'label', severity: 'note' },
    ...{ message: 'X tells no program.', remedy: 'Look at x.com.' },
  },
  {
    ...{ check: 'clock', code: 'redis', severity: 'warning' },
    ...{ message: 'The clock is off.', remedy: 'Set it.' },
  },
  {
    ...{ check: 'account', code: 'identity', severity: 'error' },
    ...{ message: 'It is refused.', remedy: 'Connect it.' },
  },
];

test('findings are a line each with their remedy below, and a sum', () => {
  assert.deepEqual(linesOfFindings(findings, { ink: plainInk, width: 80 }), [
    'ok       Redis answers.',
    'note     X tells no program.',
    '         Look at x.com.',
    'warning  The clock is off.',
    '         Set it.',
    'error    It is refused.',
    '         Connect it.',
    '',
    '1 error and 1 warning.',
  ]);
});

test('a note is no fault', () => {
  const noted = findings.slice(0, 2);

  assert.equal(linesOfFindings(noted, { ink: plainInk, width: 80 }).at(-1), 'All is well.');
  assert.deepEqual(linesOfFaults(noted), []);
});

test('status repeats what is to be done, in a line each', () => {
  assert.deepEqual(linesOfFaults(findings), [
    'The clock is off. Set it.',
    'It is refused. Connect it.',
  ]);
});
