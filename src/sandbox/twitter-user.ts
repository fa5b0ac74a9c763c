import { numberFor } from './account.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly username: string;
}

/** The user that an account is on X: always the same for the same name. */
export function userOf(account: string): User {
  const username = account.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 15) || 'account';
  return { id: numberFor(`twitter ${account}`, 19), name: account, username };
}
