import { type Credentials, type Grant, SealedError } from '../core/credentials.ts';
import type { ConnectPlace } from './connect-place.ts';

/**
 * Stores what was granted. Where the key to what was stored before is lost, a person says whether that is given up.
 *
 * @throws {SealedError} if nobody says so
 */
export async function storeGrant(
  { account, app, person }: ConnectPlace,
  grant: Grant,
): Promise<Credentials> {
  try {
    return await app.credentials.connect(account, grant);
  } catch (error) {
    if (!(error instanceof SealedError)) throw error;
    person.say(error.message);
    const answer = await person.ask(
      `Is that key lost for good? Then what it sealed is given up, and ${account.name} is sealed with the key that is here. y or n: `,
    );
    if (!/^y(?:es)?$/i.test(answer?.trim() ?? '')) throw error;
    return app.credentials.connect(account, grant, { replaceUnreadable: true });
  }
}
