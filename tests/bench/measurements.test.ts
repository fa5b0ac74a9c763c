import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Measurement } from './measurement.ts';
import { bytes } from './measurements/bytes.ts';
import { composing } from './measurements/composing.ts';
import { throughput } from './measurements/throughput.ts';

/** These use all that the others are made of, and are over soon. */
const some: readonly Measurement[] = [throughput, composing, bytes];

describe('a measurement of hardly anything', () => {
  for (const { name, measure } of some) {
    it(`gives figures, and limits beside them: ${name}`, async () => {
      const readings = await measure({ number: 0, scale: 'tiny', say: () => {} });

      assert.notEqual(readings.length, 0);
      for (const { figure, value, limit } of readings) {
        assert.ok(value > 0, `${figure}: ${value}`);
        if (limit) assert.ok(limit.value > 0, `${figure}, its limit: ${limit.value}`);
      }
    });
  }
});
