import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SealedError } from '../../src/core/credentials.ts';
import { seal, secretKeyOf, unseal } from '../../src/credentials/seal.ts';

const key = secretKeyOf(randomBytes(32));

describe('a sealed text', () => {
  it('opens to what it was, and is another one each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sealed = seal(text, key, 'carillon/a');
        assert.equal(unseal(sealed, [key], 'carillon/a'), text);
        assert.notEqual(sealed, seal(text, key, 'carillon/a'));
      }),
    );
  });

  it('does not open once any of its characters was changed', () => {
    const sealed = seal('a secret', key, 'carillon/a');
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      // The last character of base64 has bits that mean nothing.
      if (
        Buffer.from(changed.slice(16), 'base64url').equals(
          Buffer.from(sealed.slice(16), 'base64url'),
        ) &&
        changed.slice(0, 16) === sealed.slice(0, 16)
      )
        continue;
      assert.throws(() => unseal(changed, [key], 'carillon/a'), SealedError, changed);
    }
  });

  it('opens for its own account in its own ledger only', () => {
    const sealed = seal('a secret', key, 'carillon/a');

    for (const owner of ['carillon/b', 'carillon-sandbox/a', ''])
      assert.throws(() => unseal(sealed, [key], owner), /changed in Redis, or belong to another/);
  });

  it('names the key it needs where that is missing, and no secret', () => {
    const sealed = seal('a secret', key, 'carillon/a');

    assert.throws(
      () => unseal(sealed, [secretKeyOf(randomBytes(32))], 'carillon/a'),
      (error: Error) => error.message.includes(key.id) && !error.message.includes('a secret'),
    );
  });
});
