import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isTornTail } from '../../src/redis/torn-tail.ts';

function stored(...words: readonly (string | Buffer)[]): Buffer {
  const parts = words.map((word) => {
    const bytes = Buffer.from(word);
    return Buffer.concat([Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n')]);
  });
  return Buffer.concat([Buffer.from(`*${words.length}\r\n`), ...parts]);
}

const words = fc.array(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  { minLength: 1, maxLength: 4 },
);

test('any beginning of a command is a write that broke off', () => {
  fc.assert(
    fc.property(words, fc.nat(), fc.nat({ max: 8 }), (command, at, zeros) => {
      const whole = stored(...command);
      const cut = Buffer.concat([whole.subarray(0, at % whole.length), Buffer.alloc(zeros)]);
      assert.equal(isTornTail(cut), true);
    }),
  );
});

test('any beginning of a transaction is one, too', () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 4 }), fc.nat(), (commands, at) => {
      const inside = commands.map((command) => stored('HSET', ...command));
      const whole = Buffer.concat([stored('MULTI'), ...inside, stored('EXEC')]);
      assert.equal(isTornTail(whole.subarray(0, at % whole.length)), true);
    }),
  );
});

test('a note of the time before the write that broke off changes nothing', () => {
  const cut = Buffer.concat([
    Buffer.from('#TS:1763820000\r\n'),
    stored('SET', 'a', 'b').subarray(0, 9),
  ]);

  assert.equal(isTornTail(cut), true);
});

for (const [what, cut] of [
  ['whole commands after the damage', Buffer.concat([stored('SET', 'a', 'b'), stored('SET', 'c')])],
  [
    'a whole transaction',
    Buffer.concat([stored('MULTI'), stored('DEL', 'a'), stored('EXEC'), Buffer.from('*1')]),
  ],
  [
    'a length that swallows later commands',
    Buffer.concat([Buffer.from('*2\r\n$3\r\nSET\r\n$900\r\na\r\n'), stored('SET', 'c')]),
  ],
  ['bytes that are no command', Buffer.from('garbage')],
  ['zeros in the middle', Buffer.concat([Buffer.alloc(16), stored('SET', 'c', 'd')])],
] as const) {
  test(`${what}: damage, and nothing to cut off`, () => {
    assert.equal(isTornTail(cut), false);
  });
}
