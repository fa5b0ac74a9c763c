import { readEnvironment } from '../../config/environment.ts';
import type { App } from '../app.ts';
import { obtainGrant } from '../connecting/obtain-grant.ts';
import { openBrowser } from '../connecting/open-browser.ts';
import type { Person } from '../connecting/person.ts';
import { refuseSilentSandbox } from '../connecting/sandbox-is-there.ts';
import type { Account } from '../core/account.ts';
import { systemClock } from '../core/clock.ts';
import { openCalendar } from '../core/say-time.ts';
import { secretVariable } from '../core/secret-variable.ts';
import { findNetwork } from '../networks/registry.ts';
import { type Connection, sayLife } from '../telling/connection.ts';
import { displayNameOf } from '../telling/network-name.ts';
import { readConnection } from '../telling/read-connection.ts';
import { type Call, CallError, EXIT } from './call.ts';
import type { ConnectPlace } from './connect-place.ts';
import { connectionJson, linesOfConnections } from './connections-text.ts';
import { checkAccount } from './filter-publications.ts';
import { forgetAccess } from './forget-access.ts';
import { liftRefusal } from './lift-refusal.ts';
import { withApp } from './open.ts';
import { printJson, printLines } from './print.ts';
import { storeGrant } from './store-grant.ts';
import { openTerminalPerson } from './terminal-person.ts';

const usualPort = 8422;
/** A login with a second factor and a forgotten password still fits. */
const timeLimitMs = 15 * 60_000;

/** `carillon connect [ACCOUNT]` */
export function run(call: Call): Promise<number> {
  const port = readPort(call.valueOf('port'));
  const redirect = readRedirect(call.valueOf('redirect'));
  return withApp(call, async (app) => {
    const [name] = call.args;
    if (name === undefined) return listConnections(call, app);
    checkAccount(name, [...app.config.accounts.keys()]);
    const account = app.config.accounts.get(name);
    const connector = await findNetwork(account?.network ?? '')?.loadConnector();
    if (account === undefined || connector === undefined) return EXIT.failed;
    const say = call.has('json') ? call.io.err : call.io.out;
    using terminal = openTerminalPerson(call.io, say);
    const { hasScreen } = await readEnvironment(call.io.env, call.io.cwd);
    const isWatched = (call.io.input as { isTTY?: boolean } | undefined)?.isTTY === true;
    const person: Person = {
      ...terminal,
      ...(!call.has('no-browser') && {
        openBrowser: async (address) => hasScreen && isWatched && openBrowser(address),
      }),
    };
    const place = { account, connector, app, person };
    if (call.has('forget')) return forgetAccess(call, place);
    if (findNetwork(account.network)?.isAssisted(account.settings)) {
      person.say(
        `${name} is assisted: Carillon prepares its posts and a person publishes them. There is nothing to connect.`,
      );
      return EXIT.done;
    }
    return connect(call, place, { port, redirect });
  });
}

async function connect(
  call: Call,
  place: ConnectPlace,
  { port, redirect }: { readonly port: number; readonly redirect: string | undefined },
): Promise<number> {
  const { account, connector, app, person } = place;
  const requestTimeoutMs = app.config.publishing.requestTimeoutMs;
  if (account.sandbox) await refuseSilentSandbox(account.apiUrl);
  const offer = await obtainGrant(
    account,
    connector,
    { port, redirect, way: call.valueOf('way'), isUnasked: call.has('yes') },
    person,
    { clock: systemClock, requestTimeoutMs, signal: AbortSignal.timeout(timeLimitMs) },
  );
  const credentials = await storeGrant(place, offer.grant);

  const calendar = openCalendar(app.config.timezone);
  const lines = [
    `${account.name} is connected as ${offer.grant.whose}. ${sayLife(account, credentials, calendar)}`,
    ...offer.cautions,
    ...sayEnvironment(account),
  ];
  for (const line of lines) person.say(line);
  await liftRefusal(call, place);
  if (call.has('json')) {
    const network = displayNameOf(account.network);
    printJson(call.io, connectionJson({ account, network, state: 'connected', credentials }));
  }
  return EXIT.done;
}

/** Tokens in the environment that have done their service. */
function sayEnvironment(account: Account): readonly string[] {
  const fields = findNetwork(account.network)?.tokens(account.settings).flat() ?? [];
  const held = [...new Set(fields)].filter((field) => account.secrets[field] !== undefined);
  if (held.length === 0) return [];
  const variables = held.map((field) => secretVariable(account.name, field)).join(', ');
  return [`It counts instead of ${variables} from the environment, which you can take out there.`];
}

async function listConnections({ io, has }: Call, app: App): Promise<number> {
  const connections: Connection[] = [];
  for (const account of app.config.accounts.values()) {
    connections.push({
      account,
      network: displayNameOf(account.network),
      ...(await readConnection(account, app.credentials)),
    });
  }
  if (has('json')) {
    printJson(io, connections.map(connectionJson));
    return EXIT.done;
  }
  const calendar = openCalendar(app.config.timezone);
  printLines(io, linesOfConnections(connections, calendar, io.columns));
  return EXIT.done;
}

function readPort(text: string | undefined): number {
  if (text === undefined) return usualPort;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new CallError(`"${text}" is no port: write a number from 1 to 65535.`);
}

function readRedirect(text: string | undefined): string | undefined {
  if (text === undefined || (/^https?:\/\//i.test(text) && URL.canParse(text))) return text;
  throw new CallError(
    `"${text}" is no address: write the one in the portal, such as https://www.example.org/.`,
  );
}
