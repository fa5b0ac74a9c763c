import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PUBLICATION_STATES } from '../../src/core/publication.ts';
import { createOverview } from '../../src/dashboard/overview/overview.ts';
import { rowOf } from '../../src/dashboard/overview/row.ts';
import { aPost } from '../support/ledger.ts';
import { aPublication } from '../support/publications.ts';

const rows = fc.record({
  name: fc.integer({ min: 0, max: 20 }),
  state: fc.constantFrom(...PUBLICATION_STATES),
  due: fc.integer({ min: 0, max: 10 }),
  publishedAt: fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined }),
});

const toRow = ({
  name,
  state,
  due,
  publishedAt,
}: {
  name: number;
  state: never;
  due: number;
  publishedAt: number | undefined;
}) => rowOf(aPublication({ publication: `e${name}/x`, state, due, publishedAt }), undefined);

test('lists the same after any changes as if it had been read anew', () => {
  fc.assert(
    fc.property(fc.array(rows), fc.array(fc.tuple(rows, fc.boolean())), (first, changes) => {
      const changed = createOverview();
      const known = new Map(first.map((one) => [`e${one.name}/x`, toRow(one as never)]));
      changed.fill([...known.values()]);
      for (const [one, isGone] of changes) {
        const row = isGone ? undefined : toRow(one as never);
        const name = `e${one.name}/x`;
        changed.update([[name, row]]);
        if (row === undefined) known.delete(name);
        else known.set(name, row);
      }
      const anew = createOverview();
      anew.fill([...known.values()]);

      assert.equal(changed.size, anew.size);
      assert.deepEqual(changed.dueBetween(0, 11), anew.dueBetween(0, 11));
      assert.deepEqual(changed.latestPublished(50), anew.latestPublished(50));
      for (const state of PUBLICATION_STATES) {
        assert.equal(changed.count(state), anew.count(state));
        assert.deepEqual(changed.inState(state, 50), anew.inState(state, 50));
      }
      const counted = ({ counts }: typeof anew) => [...counts()].filter(({ count }) => count > 0);
      assert.deepEqual(counted(changed), counted(anew));
      assert.deepEqual(
        changed.find(({ due }) => due > 4, { skip: 1, limit: 3 }),
        anew.find(({ due }) => due > 4, { skip: 1, limit: 3 }),
      );
    }),
  );
});

test('gives what is due from one instant until before another', () => {
  const overview = createOverview();
  overview.fill(
    [1, 2, 3].map((due) => rowOf(aPublication({ publication: `e${due}/x`, due }), undefined)),
  );

  assert.deepEqual(
    overview.dueBetween(2, 3).map(({ due }) => due),
    [2],
  );
});

test('wakes whoever waits for a change, and whoever waits no more', async () => {
  const overview = createOverview();
  const leaving = new AbortController();
  const waiting = overview.changed(new AbortController().signal);
  const left = overview.changed(leaving.signal);

  overview.fill([]);
  leaving.abort();

  await Promise.all([waiting, left]);
  assert.equal(overview.version, 1);
});

test('shows the beginning of a text by whole words, and of a script without spaces by whole signs', () => {
  const words = rowOf(aPublication(), aPost({ text: 'گزارش بهاری '.repeat(40) })).beginning;
  const signs = rowOf(aPublication(), aPost({ text: '👨‍👩‍👧‍👦'.repeat(60) })).beginning;

  assert.match(words, /(گزارش|بهاری)…$/u);
  assert.match(signs, /^(👨‍👩‍👧‍👦)+…$/u);
});

test('takes many changes at once as it takes them one by one', () => {
  fc.assert(
    fc.property(
      fc.array(rows),
      fc.array(fc.tuple(rows, fc.boolean()), { minLength: 20, maxLength: 60 }),
      (first, changes) => {
        const [together, apart] = [createOverview(), createOverview()];
        for (const overview of [together, apart]) {
          const known = new Map(first.map((one) => [`e${one.name}/x`, toRow(one as never)]));
          overview.fill([...known.values()]);
        }
        const named = changes.map(
          ([one, isGone]) => [`e${one.name}/x`, isGone ? undefined : toRow(one as never)] as const,
        );

        together.update(named);
        for (const change of named) apart.update([change]);

        const names = ({ find }: typeof apart) => find(() => true, { skip: 0, limit: 99 }).rows;
        assert.deepEqual(names(together), names(apart));
        assert.deepEqual(together.latestPublished(99), apart.latestPublished(99));
        assert.deepEqual([...together.needing()], [...apart.needing()]);
        for (const state of PUBLICATION_STATES) {
          assert.deepEqual(together.inState(state, 99), apart.inState(state, 99));
        }
      },
    ),
  );
});
