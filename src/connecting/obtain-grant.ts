import type { Account } from '../core/account.ts';
import {
  ConnectError,
  type Connector,
  type ConnectorIo,
  type Offer,
  type PinWay,
  type TypedWay,
  type Way,
} from '../networks/connector.ts';
import { askInBrowser, type BrowserOptions, tooLate } from './ask-in-browser.ts';
import { chooseWay } from './choose-way.ts';
import type { Person } from './person.ts';
import { sayBeforehand } from './say-beforehand.ts';

export interface ObtainOptions extends BrowserOptions {
  /** The way to take, where a network has several. */
  readonly way: string | undefined;
  /** True if the account of whoever logged in is taken unasked where the config names none. */
  readonly isUnasked: boolean;
}

/**
 * Obtains access to an account with the help of a person, and makes sure that it is the account which the config
 * means. Stores nothing.
 *
 * @throws {ConnectError} if that does not come to its end; then nothing has changed here
 */
export async function obtainGrant(
  account: Account,
  connector: Connector,
  options: ObtainOptions,
  person: Person,
  io: ConnectorIo,
): Promise<Offer> {
  const way = chooseWay(account, connector.ways(account), options.way);
  const offers = await takeWay(account, way, options, person, io).catch((error: unknown) => {
    throw io.signal.aborted ? new ConnectError(tooLate) : error;
  });
  const meant = offers.find(({ isMeant }) => isMeant === true);
  if (meant !== undefined) return meant;
  const [unsure] = offers.filter(({ isMeant }) => isMeant === undefined);
  if (unsure === undefined) throw new ConnectError(sayWrongAccount(account, connector, offers));
  if (options.isUnasked || (await agrees(account, unsure, person, io))) return unsure;
  throw new ConnectError('Nothing was changed. Log in as the right account, and connect again.');
}

function takeWay(
  account: Account,
  way: Way,
  options: BrowserOptions,
  person: Person,
  io: ConnectorIo,
): Promise<readonly Offer[]> {
  switch (way.kind) {
    case 'redirect':
      return askInBrowser(account, way, options, person, io);
    case 'pin':
      return askForPin(account, way, person, io);
    case 'typed':
      return askForTokens(way, person, io);
  }
}

async function askForPin(
  account: Account,
  way: PinWay,
  person: Person,
  io: ConnectorIo,
): Promise<readonly Offer[]> {
  const { address, finish } = await way.begin(io);
  sayBeforehand(account, way.whatToSetUp, address, person);
  const pin = await person.ask('The PIN that it shows: ', { signal: io.signal });
  return finish(answerOf(pin, 'PIN'), io);
}

async function askForTokens(
  way: TypedWay,
  person: Person,
  io: ConnectorIo,
): Promise<readonly Offer[]> {
  for (const line of way.whatToSetUp) person.say(line);
  const typed: Record<string, string> = {};
  for (const { field, words } of way.fields) {
    const options = { isHidden: true, signal: io.signal };
    typed[field] = answerOf(await person.ask(`${words} (is not shown): `, options), words);
  }
  return way.finish(typed, io);
}

function answerOf(answer: string | undefined, what: string): string {
  const text = answer?.trim() ?? '';
  if (text !== '' && !/\s/.test(text)) return text;
  throw new ConnectError(
    text === ''
      ? `No ${what} was given. Connect again.`
      : `A ${what} has no spaces. Copy it again.`,
  );
}

async function agrees(
  account: Account,
  { grant }: Offer,
  person: Person,
  io: ConnectorIo,
): Promise<boolean> {
  person.say(`This is ${grant.whose}. The config does not say whose account ${account.name} is.`);
  const answer = await person.ask(`Is ${grant.whose} meant? y or n: `, { signal: io.signal });
  return /^y(?:es)?$/i.test(answer?.trim() ?? '');
}

function sayWrongAccount(account: Account, connector: Connector, offers: readonly Offer[]): string {
  const given = offers.map(({ grant }) => grant.whose).join(', ');
  return `Access was given to ${given}, but ${account.name} is ${connector.meantBy(account)}. Nothing was changed. Log in as that account in the browser and connect again, or mend the config.`;
}
