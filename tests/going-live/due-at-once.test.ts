import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WantedApproval } from '../../src/core/approval.ts';
import { findDueAtOnce, sayDueAtOnce } from '../../src/going-live/due-at-once.ts';
import type { Change } from '../../src/planning/plan.ts';
import { aPublication } from '../support/publications.ts';

const now = 1_000_000;

function change(
  publication: string,
  action: Change['action'],
  due: number,
  approval?: WantedApproval,
): Change {
  const intent = { publication, due, approval } as Change['intent'] & object;
  return { action, publication, due, intent };
}

test('what is due by now goes out at once, and what is too late stays unsent', () => {
  const changes = [
    change('now', 'add', now),
    change('later', 'add', now + 1),
    change('moved', 'move', now - 1),
    change('gone', 'cancel', now - 1),
    change('old', 'late', now - 99),
  ];

  assert.deepEqual(findDueAtOnce(changes, [], now), { goOut: ['now', 'moved'], tooLate: ['old'] });
});

test('what waits for approval does not go out, and what the config approves does', () => {
  const changes = (['required', 'draft', 'approved'] as const).map((status) =>
    change(status, 'add', now, { status }),
  );

  assert.deepEqual(findDueAtOnce(changes, [], now).goOut, ['approved']);
});

test('what the ledger has waiting from before goes out as well, unless it is changed', () => {
  const records = [
    aPublication({ publication: 'waits', state: 'scheduled', due: now }),
    aPublication({ publication: 'taken-out', state: 'scheduled', due: now }),
    aPublication({ publication: 'out', state: 'published', due: now }),
    aPublication({ publication: 'later', state: 'scheduled', due: now + 1 }),
  ];

  const { goOut } = findDueAtOnce([change('taken-out', 'cancel', now)], records, now);

  assert.deepEqual(goOut, ['waits']);
});

test('it is said loudly, with a few of the names', () => {
  const goOut = Array.from({ length: 12 }, (_, i) => `p${i}`);

  assert.deepEqual(sayDueAtOnce({ goOut, tooLate: ['old'] }), [
    '12 publications go out AT ONCE: p0, p1, p2, p3, p4 and 7 more.',
    'What went out in the sandbox only counts as never posted. To keep one back, take its entry out of the config first.',
    '1 publication is too late and stays unsent: old.',
  ]);
  assert.deepEqual(sayDueAtOnce({ goOut: [], tooLate: [] }), []);
});
