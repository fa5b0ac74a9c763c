import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readLines } from '../../src/core/read-lines.ts';

test('lines come whole, wherever a stream is cut', async () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\n\ufeff]/g, ''));
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.nat(7), async (lines, size) => {
      const bytes = Buffer.from(lines.map((one) => `${one}\n`).join(''));
      async function* chunks() {
        for (let i = 0; i < bytes.length; i += size + 1) yield bytes.subarray(i, i + size + 1);
      }

      assert.deepEqual(await allOf(readLines(chunks())), lines);
    }),
    { numRuns: 100 },
  );
});

test('a last line without an end is one, too', async () => {
  async function* chunks() {
    yield Buffer.from('one\ntw');
    yield Buffer.from('o');
  }

  assert.deepEqual(await allOf(readLines(chunks())), ['one', 'two']);
});

async function allOf(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}
