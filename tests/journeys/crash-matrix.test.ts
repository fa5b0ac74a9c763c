import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  type Batch,
  type CellResult,
  isGood,
  type Outcome,
  type Point,
  WAYS,
} from '../crash-matrix/cells.ts';
import { runMatrix } from '../crash-matrix/matrix.ts';
import { describeCell } from '../crash-matrix/table.ts';

// A diagonal through the crash matrix; `npm run crash-matrix` runs all of it.

const fenced: readonly Batch[] = [
  batch('twitter', 'after-begin', ['accepted', '5xx', 'refused']),
  batch('twitter', 'after-answer', ['accepted', 'accepted-reset', 'rate-limited']),
  batch('facebook, two phases', 'while-preparing', ['accepted', 'accepted-5xx']),
  batch('facebook, direct', 'request-written', ['accepted', 'accepted-hang', 'reset']),
  batch('youtube', 'after-finish', ['accepted', 'accepted-hang', 'refused']),
];
const plain = batch('youtube', 'after-answer', ['accepted', 'accepted-hang'], false);

describe('crash matrix, a diagonal', () => {
  let results: readonly CellResult[] = [];
  before(async () => {
    results = await runMatrix([...fenced, plain], 3);
  });

  it('ends with each post once, whenever the worker is killed, and with a true state', () => {
    const cells = results.filter(({ isFenced }) => isFenced);

    assert.equal(cells.length, 14);
    assert.deepEqual(cells.filter((cell) => !isGood(cell)).map(describeCell), []);
  });

  it('can fail: a plain BullMQ worker posts twice where Carillon does not', () => {
    const cells = results.filter(({ isFenced }) => !isFenced);

    assert.equal(cells.length, 2);
    // When BullMQ takes the job of a dead worker up again is a matter of time: one of the two is enough.
    assert.ok(cells.some(({ posts }) => posts > 1));
  });
});

function batch(name: string, point: Point, outcomes: readonly Outcome[], isFenced = true): Batch {
  const way = WAYS.find((each) => each.name === name);
  assert.ok(way);
  return { way, point, outcomes, isFenced };
}
