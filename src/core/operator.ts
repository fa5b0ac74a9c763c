import { userInfo } from 'node:os';

/** Names by which the ledger knows what Carillon itself did. */
const OWN_NAMES = new Set(['apply', 'carillon']);

/** Who gives this command, for the record: the user's name on this machine. */
export function operatorName(readUser: () => string = readUserName): string {
  const name = readUser();
  return OWN_NAMES.has(name) ? `user ${name}` : name;
}

/** A container may run under a number that has no name. */
function readUserName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
