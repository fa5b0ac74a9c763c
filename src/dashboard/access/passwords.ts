import { randomBytes, scrypt as scryptWithCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Role } from './visitor.ts';

const scrypt = promisify<string, Buffer, number, Buffer>(scryptWithCallback);

/** Somebody who may enter with a password. */
export interface Person {
  readonly name: string;
  readonly role: Role;
  readonly password: string;
}

export interface Passwords {
  /** Whose name and password these are; undefined if they are nobody's. Takes as long in either case. */
  check(name: string, password: string): Promise<Pick<Person, 'name' | 'role'> | undefined>;
}

const HASH_BYTES = 32;
/** Longer than any password that people have: more is not worth hashing. */
const LONGEST = 1_000;

/** Keeps only salted hashes of what it is given. */
export function openPasswords(people: readonly Person[]): Passwords {
  const salt = randomBytes(16);
  const hashOf = (password: string) => scrypt(password.normalize('NFC'), salt, HASH_BYTES);
  const known = people.map(async ({ name, role, password }) => ({
    name,
    role,
    hash: await hashOf(password),
  }));
  const nobody = randomBytes(HASH_BYTES);

  return {
    async check(name, password) {
      if (password.length > LONGEST) return undefined;
      const [entered, all] = await Promise.all([hashOf(password), Promise.all(known)]);
      const person = all.find((one) => one.name === name);
      const isRight = timingSafeEqual(entered, person?.hash ?? nobody);
      return person !== undefined && isRight ? { name: person.name, role: person.role } : undefined;
    },
  };
}
