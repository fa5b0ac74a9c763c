import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainInk } from '../../src/cli/ink.ts';
import { widthOf } from '../../src/cli/layout.ts';
import { linesOfPlan, planAsJson, sumOfPlan } from '../../src/cli/plan-text.ts';
import { openCalendar } from '../../src/core/say-time.ts';
import type { Change } from '../../src/planning/plan.ts';
import { anIntent, aPost } from '../support/ledger.ts';
import { aPublication, DUE } from '../support/publications.ts';

const setting = { calendar: openCalendar('Europe/Paris'), ink: plainInk, width: 80 };

function aChange(action: Change['action'], over: Partial<Change> = {}): Change {
  return { action, publication: 'spring-report/newsroom-x', due: DUE, ...over };
}

test('every kind of change has its mark, its time and its reason', () => {
  const intent = anIntent({ due: DUE, fingerprint: 'f' });
  const current = aPublication();
  const changes: Change[] = [
    aChange('add', { intent }),
    aChange('add', { publication: 'a/b', intent: anIntent({ due: undefined }) }),
    aChange('update', { intent: { ...intent, fingerprint: 'g' }, current }),
    aChange('move', { intent, current: aPublication({ due: DUE - 86_400_000 }) }),
    aChange('cancel', { current, reason: 'it is no longer in the config' }),
    aChange('protected', { intent, current, reason: 'already published (https://x.com/i/1)' }),
    aChange('late', { intent, reason: 'its time is past' }),
  ];

  assert.deepEqual(linesOfPlan({ changes, unchanged: 40 }, 'planned', setting), [
    '  +  spring-report/newsroom-x  Tue 24 Nov 2026 09:00',
    '     “Our spring report is out”',
    '  +  a/b                       now',
    '     “Our spring report is out”',
    '  ~  spring-report/newsroom-x  Tue 24 Nov 2026 09:00',
    '     Its post changes.',
    '     “Our spring report is out”',
    '  -> spring-report/newsroom-x  Tue 24 Nov 2026 09:00',
    '     It was planned for Mon 23 Nov 2026 09:00.',
    '  -  spring-report/newsroom-x  Tue 24 Nov 2026 09:00',
    '     It is no longer in the config.',
    '  !  spring-report/newsroom-x  Tue 24 Nov 2026 09:00',
    '     Already published (https://x.com/i/1).',
    '  !  spring-report/newsroom-x  Tue 24 Nov 2026 09:00',
    '     Its time is past.',
    '',
    'Times are in Europe/Paris.',
    '2 to add, 1 to move, 1 to update, 1 to cancel, 1 too late, 1 protected, 40 unchanged.',
  ]);
});

test('a plan without changes says so, and so does one that only informs', () => {
  const protectedOnly = { changes: [aChange('protected', { reason: 'x' })], unchanged: 1 };

  assert.equal(
    sumOfPlan({ changes: [], unchanged: 40 }, 'planned'),
    'Nothing to do: 40 publications are as the config wants.',
  );
  assert.equal(
    sumOfPlan({ changes: [], unchanged: 1 }, 'applied'),
    'Nothing to do: 1 publication is as the config wants.',
  );
  assert.equal(sumOfPlan(protectedOnly, 'planned'), 'Nothing to do: 1 protected, 1 unchanged.');
  assert.equal(
    sumOfPlan({ changes: [aChange('add')], unchanged: 0 }, 'applied'),
    '1 added, 0 unchanged.',
  );
});

test('long names and texts fit the terminal', () => {
  const publication = `${'a-very-long-entry-name-'.repeat(3)}/newsroom-x`;
  const post = aPost({ text: 'Une phrase qui n’en finit pas, '.repeat(20) });
  const changes = [
    aChange('add', { publication, intent: anIntent({ post, due: DUE }) }),
    aChange('add', { intent: anIntent({ post, due: DUE }) }),
  ];

  const lines = linesOfPlan({ changes, unchanged: 0 }, 'planned', setting);

  for (const line of lines)
    assert.ok(widthOf(line) <= 80 || line.trim().endsWith(publication), line);
  assert.deepEqual(lines.slice(0, 2), [`  +  ${publication}`, '     Tue 24 Nov 2026 09:00']);
});

test('as JSON a plan has the changes, without what only the program needs', () => {
  const changes = [
    aChange('add', { intent: anIntent() }),
    aChange('cancel', { reason: 'gone', current: aPublication() }),
  ];

  assert.deepEqual(JSON.parse(JSON.stringify(planAsJson({ changes, unchanged: 3 }))), {
    changes: [
      { action: 'add', publication: 'spring-report/newsroom-x', due: '2026-11-24T08:00:00.000Z' },
      {
        action: 'cancel',
        publication: 'spring-report/newsroom-x',
        due: '2026-11-24T08:00:00.000Z',
        reason: 'gone',
      },
    ],
    unchanged: 3,
  });
});
