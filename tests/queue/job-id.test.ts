import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jobIdOf } from '../../src/queue/job-id.ts';

const names = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom('a', '-', '_', 'g', '1', '2', '/', '@', ':'), maxLength: 12 }),
  fc.constantFrom('active', 'delayed', 'a--g1', 'a--g1--g2', '_5f_', '\ud83d'),
);
const generations = fc.integer({ min: 1, max: 1_000_000 });

test('an id can be nothing that BullMQ keeps for itself', () => {
  fc.assert(
    fc.property(names, generations, (publication, generation) => {
      assert.match(jobIdOf(publication, generation), /^pub-[A-Za-z0-9_-]*--g[0-9]+$/);
    }),
  );
});

test('two wake-ups have the same id only if they are the same', () => {
  fc.assert(
    fc.property(names, generations, names, generations, (one, first, other, second) => {
      const isSame = jobIdOf(one, first) === jobIdOf(other, second);
      assert.equal(isSame, one === other && first === second);
    }),
    { numRuns: 2_000 },
  );
  assert.notEqual(jobIdOf('a--g1', 2), jobIdOf('a', 1));
  assert.notEqual(jobIdOf('a_2f_b', 1), jobIdOf('a/b', 1));
});

test('people still read which publication it is', () => {
  assert.equal(jobIdOf('spring-report/newsroom-x', 3), 'pub-spring-report_2f_newsroom-x--g3');
});
