import { randomBytes } from 'node:crypto';
import type { DashboardPerson } from '../../core/dashboard-settings.ts';
import { hashPassword, isPasswordHash, matchesHash } from '../../core/password-hash.ts';

export interface Passwords {
  /** Whose name and password these are; undefined if they are nobody's. Takes as long in either case. */
  check(name: string, password: string): Promise<DashboardPerson | undefined>;
}

/** Compares with salted hashes alone. `people` answers who there is by now. */
export function openPasswords(people: () => readonly DashboardPerson[]): Passwords {
  /** Of passwords that were set as they are. */
  let hashes = new Map<string, Promise<string>>();
  const hashOf = (password: string) =>
    isPasswordHash(password)
      ? Promise.resolve(password)
      : (hashes.get(password) ?? hashPassword(password));
  const nobody = hashPassword(randomBytes(32).toString('base64url'));

  /** Of everybody, whoever asks: else the first question would tell by its time whether there is such a name. */
  async function readHashes(): Promise<ReadonlyMap<DashboardPerson, string>> {
    const withPassword = people().flatMap((person) =>
      person.password === undefined ? [] : [[person, person.password] as const],
    );
    hashes = new Map(withPassword.map(([, password]) => [password, hashOf(password)]));
    const pairs = withPassword.map(
      async ([person, password]) => [person, await hashOf(password)] as const,
    );
    return new Map(await Promise.all(pairs));
  }

  return {
    async check(name, password) {
      const known = await readHashes();
      const person = [...known.keys()].find((one) => one.name === name);
      const hash = person === undefined ? undefined : known.get(person);
      const isRight = await matchesHash(password, hash ?? (await nobody));
      return isRight && hash !== undefined ? person : undefined;
    },
  };
}
