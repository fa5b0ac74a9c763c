import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figuresOf } from './figure.ts';
import type { Reading } from './measurement.ts';
import { reportAsMarkdown } from './report.ts';

function aReading(over: Partial<Reading> = {}): Reading {
  return { figure: 'a job', unit: 'ms', value: 10, ...over };
}

function limited(value: number, limit: number): Reading {
  return aReading({
    value,
    limit: { of: 'the least', value: limit },
    goals: [
      { of: 'figure', most: 25 },
      { of: 'ratio', most: 2 },
    ],
  });
}

test('gives the median of each figure, in the order in which they came', () => {
  const figures = figuresOf([
    aReading({ figure: 'b', value: 3 }),
    aReading({ figure: 'a', value: 7 }),
    aReading({ figure: 'b', value: 100 }),
    aReading({ figure: 'b', value: 4 }),
  ]);

  assert.deepEqual(
    figures.map(({ figure, median, values }) => ({ figure, median, values })),
    [
      { figure: 'b', median: 4, values: [3, 100, 4] },
      { figure: 'a', median: 7, values: [7] },
    ],
  );
});

test('holds each round against its own limit, as another round may have had a busier machine', () => {
  const [figure] = figuresOf([limited(10, 10), limited(40, 10), limited(20, 2)]);

  assert.equal(figure?.median, 20);
  assert.equal(figure?.limit?.median, 10);
  assert.equal(figure?.ratio, 4);
  assert.deepEqual(
    figure?.goals.map(({ isMet }) => isMet),
    [true, false],
  );
});

test('shows figure, limit, ratio and goals in a row, and why something could not be measured', () => {
  const figures = figuresOf([limited(10, 10), limited(40, 10), limited(20, 2)]);
  const measured = { name: 'jobs', about: 'How long jobs take.', seconds: 3, figures };
  const markdown = reportAsMarkdown({
    machine: {
      ...{ carillon: '1', node: 'v20', redis: '7', system: 'Linux', cpu: 'a cpu' },
      ...{ cores: 2, memoryMB: 1_000, loadBefore: 0.5 },
    },
    ...{ begunAt: '2026-11-24T09:00:00.000Z', rounds: 3, scale: 'full' },
    measurements: [measured, { ...measured, figures: [], failure: 'Redis ended.' }],
  });

  assert.match(markdown, /medians of 3 rounds/);
  assert.ok(
    markdown.includes('| a job | 20 ms (10–40) | 10 ms (the least) | 4.00 | ≤ 25 ms ✓, ≤ 2 ✗ |'),
    markdown,
  );
  assert.match(markdown, /It could not be measured: Redis ended\./);
});
