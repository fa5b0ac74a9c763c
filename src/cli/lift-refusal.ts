import { operatorName } from '../core/operator.ts';
import { resume } from '../deeds/resume.ts';
import type { Call } from './call.ts';
import type { ConnectPlace } from './connect-place.ts';

/** Lets an account go on that was held because the network refused it, if the person agrees. */
export async function liftRefusal(
  call: Call,
  { account, app, person }: ConnectPlace,
): Promise<void> {
  const { name } = account;
  const hold = (await app.ledger.holds()).get(name);
  if (hold?.kind !== 'refused') return;
  person.say(`${name} is held, as the network refused it: ${hold.reason}`);
  const answer = call.has('yes') ? 'y' : await person.ask('Let it go on? y or n: ');
  if (!/^y(?:es)?$/i.test(answer?.trim() ?? '')) {
    person.say(`It stays held. "carillon resume ${name}" lets it go on.`);
    return;
  }
  const { says } = await resume(name, operatorName(), app);
  await app.putBackJobs();
  person.say(says);
}
