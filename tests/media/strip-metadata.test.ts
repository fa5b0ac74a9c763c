import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ImageError } from '../../src/core/fitted-image.ts';
import { imageFormatOf } from '../../src/core/image-format.ts';
import { fitBytes } from '../../src/media/fit-bytes.ts';
import { stripMetadata } from '../../src/media/strip-metadata.ts';
import { asTaken, halves, movingGif, movingRules, someRules } from '../support/pictures.ts';

const rules = someRules({ moving: movingRules });
const samples = await Promise.all([
  asTaken(halves()).jpeg().toBuffer(),
  asTaken(halves()).jpeg({ progressive: true }).toBuffer(),
  asTaken(halves()).png().toBuffer(),
  asTaken(halves()).webp().toBuffer(),
  movingGif(),
]);

const damaged = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
    fc.option(fc.nat(), { freq: 3 }),
  )
  .map(([sample, changes, end]) => {
    const bytes = Buffer.from(sample);
    for (const [at, value] of changes) bytes[at % bytes.length] = value;
    return bytes.subarray(0, end === null ? bytes.length : end % bytes.length);
  });

test('whatever is wrong with a file, stripping ends, adds nothing, and is done after once', () => {
  fc.assert(
    fc.property(damaged, (bytes) => {
      const format = imageFormatOf(bytes);
      if (format === undefined) return;
      const plain = stripMetadata(bytes, format);
      if (plain === undefined) return;

      assert.ok(plain.length <= bytes.length);
      assert.deepEqual(stripMetadata(plain, format), plain);
    }),
    { numRuns: 3_000 },
  );
});

test('whatever is wrong with a file, it is fitted or refused in a sentence, and no secret goes out', async () => {
  await fc.assert(
    fc.asyncProperty(damaged, async (bytes) => {
      const format = imageFormatOf(bytes);
      if (format === undefined) return;
      try {
        const fitted = await fitBytes(bytes, format, rules, 0);
        assert.doesNotMatch(fitted.bytes.toString('latin1'), /SECRET/);
      } catch (error) {
        if (!(error instanceof ImageError)) throw error;
        assert.match(error.message, /\. Save/);
      }
    }),
    { numRuns: 300 },
  );
});
