import { operatorName } from '../core/operator.ts';
import type { Call } from './call.ts';
import type { ConnectPlace } from './connect-place.ts';
import { sayResumed } from './resume.ts';

/** Lets an account go on that was held because the network refused it, if the person agrees. */
export async function liftRefusal(
  call: Call,
  { account, app, person }: ConnectPlace,
): Promise<void> {
  const { ledger, config } = app;
  const { name } = account;
  const hold = (await ledger.holds()).get(name);
  if (hold?.kind !== 'refused') return;
  person.say(`${name} is held, as the network refused it: ${hold.reason}`);
  const answer = call.has('yes') ? 'y' : await person.ask('Let it go on? y or n: ');
  if (!/^y(?:es)?$/i.test(answer?.trim() ?? '')) {
    person.say(`It stays held. "carillon resume ${name}" lets it go on.`);
    return;
  }
  const gapMs = config.publishing.resumeGapMs;
  const resumed = await ledger.resume(name, operatorName(), gapMs);
  await app.putBackJobs();
  person.say(sayResumed(name, resumed, gapMs));
}
