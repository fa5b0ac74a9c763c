import type { Account } from '../core/account.ts';
import {
  type AuthorizationRequest,
  ConnectError,
  type ConnectorIo,
  type Offer,
  type RedirectWay,
} from '../networks/connector.ts';
import { newAuthorization } from './authorization.ts';
import { type CallbackServer, openCallbackServer, redirectUriOf } from './callback-server.ts';
import type { Person } from './person.ts';
import type { Callback } from './read-callback.ts';
import { readPasted } from './read-pasted.ts';
import { sayBeforehand } from './say-beforehand.ts';

export interface BrowserOptions {
  /** Where the browser comes back to, on this machine. */
  readonly port: number;
  /** An address elsewhere that the portal has: the person pastes what the browser lands on. */
  readonly redirect: string | undefined;
}

const mostPastes = 5;

/**
 * Lets the person allow access on the page of the network, and exchanges the code at once.
 *
 * @throws {ConnectError} if there is no code, or the network does not take it
 */
export async function askInBrowser(
  account: Account,
  way: RedirectWay,
  options: BrowserOptions,
  person: Person,
  io: ConnectorIo,
): Promise<readonly Offer[]> {
  const isHere = options.redirect === undefined && person.openBrowser !== undefined;
  await using server = isHere ? await openServer(options.port) : undefined;
  const redirectUri =
    options.redirect ?? redirectUriOf(way.host, server === undefined ? options.port : server.port);
  const request = newAuthorization(redirectUri);
  const address = way.addressOf(request);

  sayBeforehand(account, way.whatToSetUp(redirectUri), address, person);
  const callback = server
    ? await waitForAnswer(server, request, address, person, io.signal)
    : await waitForPaste(request, person, io.signal);
  if (callback.kind !== 'code') throw new ConnectError(callback.message);
  // Some networks take a code for half a minute only.
  return way.exchange(callback.code, request, io);
}

/** Whatever comes first: the browser, or what the person pastes. */
async function waitForAnswer(
  server: CallbackServer,
  request: AuthorizationRequest,
  target: string,
  person: Person,
  signal: AbortSignal,
): Promise<Callback> {
  const begin = server.expect({
    state: request.state,
    target,
    onForeign: (message) => person.say(`${message} Carillon goes on waiting.`),
  });
  const isOpen = await person.openBrowser?.(begin);
  if (isOpen) person.say('A browser opens by itself.');
  const answered = new AbortController();
  try {
    return await Promise.race([
      server.answered,
      pasteOrSilence(request, person, AbortSignal.any([signal, answered.signal])),
      rejectOnAbort(signal),
    ]);
  } finally {
    answered.abort();
  }
}

/** A person who pastes nothing, or has no terminal, leaves the word to the browser. */
async function pasteOrSilence(
  request: AuthorizationRequest,
  person: Person,
  signal: AbortSignal,
): Promise<Callback> {
  for (;;) {
    const pasted = await person.ask(
      'Waiting for the browser. If it runs on another machine, paste here the address that it lands on: ',
      { signal },
    );
    if (pasted === undefined) return new Promise(() => {});
    if (pasted.trim() === '') continue;
    const callback = readPasted(pasted, request.state);
    if (callback.kind !== 'foreign') return callback;
    person.say(callback.message);
  }
}

async function waitForPaste(
  request: AuthorizationRequest,
  person: Person,
  signal: AbortSignal,
): Promise<Callback> {
  person.say(
    'Once access is allowed, the browser lands on a page that may say it cannot be reached. That is as it should be.',
  );
  for (let left = mostPastes; left > 0; left -= 1) {
    const pasted = await Promise.race([
      person.ask('Paste the address of that page, or the code in it: ', { signal }),
      rejectOnAbort(signal),
    ]);
    if (pasted === undefined)
      throw new ConnectError('Nobody pasted an address. Run this where you can type.');
    const callback = readPasted(pasted, request.state);
    if (callback.kind !== 'foreign') return callback;
    person.say(callback.message);
  }
  throw new ConnectError('No address that was pasted was the right one. Connect again.');
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new ConnectError(tooLate));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

export const tooLate =
  'No access was allowed in time. Nothing was changed: connect again, and have the login of the account at hand.';

async function openServer(port: number): Promise<CallbackServer> {
  try {
    return await openCallbackServer(port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why =
      code === 'EACCES'
        ? 'may not be opened by this user'
        : 'is taken, perhaps by another "carillon connect"';
    throw new ConnectError(
      `Port ${port}, on which the answer of the browser would come, ${why}. End that, or choose another port with --port; the network's portal must have the same.`,
    );
  }
}
