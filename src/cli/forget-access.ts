import type { Account } from '../core/account.ts';
import { systemClock } from '../core/clock.ts';
import type { Credentials } from '../core/credentials.ts';
import { ConnectError } from '../networks/connector.ts';
import { displayNameOf } from '../telling/network-name.ts';
import { type Call, EXIT } from './call.ts';
import type { ConnectPlace } from './connect-place.ts';
import { printJson } from './print.ts';

/** `carillon connect ACCOUNT --forget` */
export async function forgetAccess(call: Call, place: ConnectPlace): Promise<number> {
  const { account, app, person } = place;
  const credentials = await app.credentials.of(account).read();
  if (credentials === undefined || credentials.connectedAt === 0) {
    person.say(sayNothingStored(account, credentials));
    return tell(call, account, false);
  }
  const whose = credentials.whose ?? account.name;
  if (!call.has('yes')) {
    const then = `What is planned for ${account.name} does not go out until it is connected again.`;
    person.say(
      `The access to ${whose} is taken out here and given back to ${displayNameOf(account.network)}, for every program that has it by the same app.${account.sandbox ? '' : ` ${then}`}`,
    );
    const answer = await person.ask('Forget it? y or n: ');
    if (!/^y(?:es)?$/i.test(answer?.trim() ?? '')) {
      person.say('Nothing is changed.');
      return EXIT.failed;
    }
  }
  // First here: a token that the network has taken back already would only make the account be held.
  await app.credentials.forget(account);
  person.say(`${account.name} is not connected any more.`);
  person.say(await giveBack(place, credentials));
  return tell(call, account, true);
}

async function giveBack(
  { account, connector, app }: ConnectPlace,
  credentials: Credentials,
): Promise<string> {
  const network = displayNameOf(account.network);
  const byHand = `take the app away in the settings of the account at ${network}, under connected apps`;
  const io = {
    clock: systemClock,
    requestTimeoutMs: app.config.publishing.requestTimeoutMs,
    signal: AbortSignal.timeout(60_000),
  };
  try {
    const isRevoked = await connector.revoke(account, credentials, io);
    return isRevoked
      ? `${network} has taken the tokens back.`
      : `${network} has no way to give these tokens back from here: ${byHand}.`;
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    return `The tokens are not given back: ${error.message} To be sure, ${byHand}.`;
  }
}

function sayNothingStored({ name }: Account, credentials: Credentials | undefined): string {
  return credentials === undefined
    ? `${name} is not connected: there is nothing to forget.`
    : `${name} has its tokens from the environment: take them out there, or out of .env.`;
}

function tell(call: Call, { name }: Account, forgotten: boolean): number {
  if (call.has('json')) printJson(call.io, { account: name, forgotten });
  return EXIT.done;
}
