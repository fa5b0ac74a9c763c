import { scryptSync } from 'node:crypto';
import { SecretKeyError } from '../core/credentials.ts';
import { type SecretKey, secretKeyBytes, secretKeyOf } from './seal.ts';

const leastLetters = 24;
const leastDifferent = 10;

/**
 * The key that a person has written: 32 bytes as hex or base64, or a passphrase.
 *
 * @param name the variable it stands in, for what is said of it
 * @throws {SecretKeyError} if it is too weak
 */
export function readWrittenKey(written: string, name: string): SecretKey {
  const text = written.trim();
  if (/^[0-9a-f]{64}$/i.test(text)) return keyOf(Buffer.from(text, 'hex'), name);
  if (/^[\w+/-]{43}=?$/.test(text)) return keyOf(Buffer.from(text, 'base64'), name);

  if (text.length < leastLetters || new Set(text).size < leastDifferent) throw tooWeak(name);
  return secretKeyOf(stretch(text));
}

/** The salt is the same everywhere: every process has to come to the same key. */
function stretch(passphrase: string): Buffer {
  const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };
  return scryptSync(passphrase.normalize('NFC'), 'carillon secret key', secretKeyBytes, cost);
}

/** Zeros, or one letter again and again, are 32 bytes as well. */
function keyOf(bytes: Buffer, name: string): SecretKey {
  if (bytes.length !== secretKeyBytes || new Set(bytes).size < leastDifferent) throw tooWeak(name);
  return secretKeyOf(bytes);
}

function tooWeak(name: string): SecretKeyError {
  return new SecretKeyError(
    `${name} is too weak for a key. Give it 32 random bytes, such as "openssl rand -base64 32" prints, or a passphrase of at least ${leastLetters} characters, ${leastDifferent} of them different.`,
  );
}
