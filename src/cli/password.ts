import { passwordVariable, SHARED_PERSON } from '../core/dashboard-settings.ts';
import { findPasswordFault, hashPassword, isPasswordHash } from '../core/password-hash.ts';
import { type Call, CallError, EXIT } from './call.ts';
import { printLines, printNotes } from './print.ts';
import { openTerminalPerson } from './terminal-person.ts';

const SHORTEST = 8;

/** `carillon password [NAME]` */
export async function run(call: Call): Promise<number> {
  const { io, args } = call;
  const [name = SHARED_PERSON] = args;
  if (!/^[a-z0-9-]+$/.test(name)) {
    throw new CallError(
      `The name "${name}" must consist of small letters a-z, digits and "-", as under "dashboard: { people: … }" in the config.`,
    );
  }
  using person = openTerminalPerson(io, io.err);
  const password = await person.ask(`Password of ${name}: `, { isHidden: true });
  const again = await person.ask('Again: ', { isHidden: true });
  const fault = findFault(password ?? '', again ?? '');
  if (fault !== undefined) {
    printNotes(io, [fault]);
    return EXIT.failed;
  }
  printNotes(io, ['Put this line into .env, or set the variable where Carillon runs:']);
  printLines(io, [`${passwordVariable(name)}=${await hashPassword(password ?? '')}`]);
  return EXIT.done;
}

function findFault(password: string, again: string): string | undefined {
  if (password !== again) return 'These are two different passwords. Try again.';
  if (isPasswordHash(password)) return 'This is the hash of a password already. Try again.';
  if ([...password].length < SHORTEST) {
    return `A password of fewer than ${SHORTEST} characters is found by trying. Choose a longer one: several words are easy to keep.`;
  }
  // The environment and .env lose them at both ends.
  if (password !== password.trim()) return 'It begins or ends with a blank. Choose another one.';
  const problem = findPasswordFault(password);
  return problem === undefined ? undefined : `It ${problem}`;
}
