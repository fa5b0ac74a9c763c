import { randomBytes, scrypt as scryptWithCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const scrypt = promisify<
  string,
  Buffer,
  number,
  { N: number; r: number; p: number; maxmem: number },
  Buffer
>(scryptWithCallback);

/** Costs some 30 MB and a tenth of a second a try. */
const COST = { N: 32_768, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Longer than any password that people have: more is not worth hashing. */
const LONGEST = 1_000;

// Of letters that neither a shell nor a reader of .env files takes for anything else.
const BEGINNING = 'scrypt:';
const FORM = /^scrypt:32768:8:1:([\w-]{22}):([\w-]{43})$/;

/** A salted hash, with all that is needed to compare passwords with it, to stand in place of the password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt);
  const { N, r, p } = COST;
  return `${BEGINNING}${N}:${r}:${p}:${salt.toString('base64url')}:${hash.toString('base64url')}`;
}

/** Takes as long whether it is right or wrong. `hash` as hashPassword has made it. */
export async function matchesHash(password: string, hash: string): Promise<boolean> {
  const [, salt = '', wanted = ''] = FORM.exec(hash) ?? [];
  const got = await derive(password.slice(0, LONGEST), Buffer.from(salt, 'base64url'));
  const known = Buffer.from(wanted, 'base64url');
  return password.length <= LONGEST && known.length === got.length && timingSafeEqual(known, got);
}

/** True if a person has put in a hash in place of the password. */
export function isPasswordHash(text: string): boolean {
  return FORM.test(text);
}

/** What is wrong with what was set as a password, as the rest of a sentence; undefined if nothing is. */
export function findPasswordFault(text: string): string | undefined {
  if (text.startsWith(BEGINNING) && !isPasswordHash(text)) {
    return 'begins like a hash of a password, and is none: a part of it is missing. Make it anew with "carillon password".';
  }
  if (text.length > LONGEST) return `is longer than ${LONGEST} characters. Choose a shorter one.`;
  return undefined;
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  // Node's own bound is just what these costs need, and not a byte more.
  const maxmem = 2 * 128 * COST.N * COST.r;
  // The same letters may be typed in several ways.
  return scrypt(password.normalize('NFC'), salt, HASH_BYTES, { ...COST, maxmem });
}
