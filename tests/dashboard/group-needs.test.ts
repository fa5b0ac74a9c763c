import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Publication } from '../../src/core/publication.ts';
import { groupNeeds } from '../../src/dashboard/overview/group-needs.ts';
import { rowOf } from '../../src/dashboard/overview/row.ts';
import { aPublication, DUE } from '../support/publications.ts';

const refused = { code: 'twitter:403', message: 'X refuses the account.', advice: 'Connect it.' };
const row = (over: Partial<Publication>) => rowOf(aPublication(over), undefined);
const failed = (n: number, over: Partial<Publication> = {}) =>
  row({ publication: `e${n}/newsroom-x`, state: 'failed', due: DUE + n, error: refused, ...over });

test('what failed for one cause is one thing to do, the latest of it first', () => {
  const rows = Array.from({ length: 37 }, (_, n) => failed(n));

  const { groups } = groupNeeds(rows, DUE);

  assert.equal(groups.length, 1);
  assert.equal(groups[0]?.total, 37);
  assert.equal(groups[0]?.rows[0]?.publication, 'e36/newsroom-x');
});

test('other accounts and other causes are told apart, and what a person posts comes first, each alone', () => {
  const other = { ...refused, code: 'twitter:400' };
  const groups = groupNeeds(
    [
      failed(1),
      failed(2, { error: other }),
      failed(3, { account: 'press-x' }),
      row({ publication: 'a/tube', state: 'handoff' }),
      row({ publication: 'b/tube', state: 'handoff' }),
    ],
    DUE,
  ).groups;

  assert.deepEqual(
    groups.map(({ need, total }) => [need, total]),
    [
      ['handoff', 1],
      ['handoff', 1],
      ['failed', 1],
      ['failed', 1],
      ['failed', 1],
    ],
  );
});

test('what failed long ago is counted, and hides nothing of today', () => {
  const { groups, older } = groupNeeds([failed(1), failed(2, { due: DUE - 30 * 86_400_000 })], DUE);

  assert.equal(older, 1);
  assert.equal(groups[0]?.total, 1);
});

test('asks nobody about what goes on by itself', () => {
  const waiting = { wanted: { status: 'required' }, isWaiting: true } as const;
  const needs = [
    row({ state: 'scheduled' }),
    row({ state: 'unconfirmed', nextAt: DUE }),
    row({ state: 'published' }),
    row({ state: 'held', approval: { wanted: { status: 'draft' }, isWaiting: true } }),
    row({ state: 'unconfirmed' }),
    row({ state: 'scheduled', approval: waiting }),
  ].map(({ need }) => need);

  assert.deepEqual(needs, [
    ...[undefined, undefined, undefined, undefined],
    ...['unconfirmed', 'approval'],
  ]);
});
