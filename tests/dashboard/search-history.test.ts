import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOverview } from '../../src/dashboard/overview/overview.ts';
import { rowOf } from '../../src/dashboard/overview/row.ts';
import { openHistorySearch } from '../../src/dashboard/overview/search-history.ts';
import { aPublication } from '../support/publications.ts';

const row = (publication: string) => rowOf(aPublication({ publication }), undefined);
const query = (search: string) => ({ search, state: undefined, account: undefined, page: 1 });

test('finds what fits, and at once what is new since it was last asked', () => {
  const overview = createOverview();
  overview.fill([row('spring/x'), row('autumn/x')]);
  const search = openHistorySearch(overview);
  const before = search(query('spring'));

  overview.update([['spring-fair/x', row('spring-fair/x')]]);

  assert.equal(before.length, 1);
  assert.equal(search(query('spring')).length, 2);
  assert.equal(search(query('')).length, 3);
});

test('looks through everything once for the same question, and forgets what was asked long ago', () => {
  const overview = createOverview();
  overview.fill([row('spring/x')]);
  const search = openHistorySearch(overview);
  const first = search(query('spring'));

  assert.equal(search({ ...query('spring'), page: 2 }), first);
  for (let i = 0; i < 8; i++) search(query(`other ${i}`));
  assert.notEqual(search(query('spring')), first);
});
