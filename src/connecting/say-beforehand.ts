import type { Account } from '../core/account.ts';
import type { Person } from './person.ts';

/** What has to be set up in the network's portal, and the address to open. The sandbox has no portal. */
export function sayBeforehand(
  { name, sandbox }: Account,
  whatToSetUp: readonly string[],
  address: string,
  person: Person,
): void {
  if (sandbox)
    person.say('This is the sandbox: a page of its own asks, and no real account is touched.');
  else for (const line of whatToSetUp) person.say(line);
  person.say(`\nOpen this address, logged in as the account that ${name} means:\n`);
  person.say(`${address}\n`);
}
