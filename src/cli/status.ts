import { suggestKnown } from '../core/nearest.ts';
import { PUBLICATION_STATES, type PublicationState } from '../core/publication.ts';
import { type Call, CallError, EXIT } from './call.ts';
import { linesOfFeedFaults } from './feeds-text.ts';
import { createInk } from './ink.ts';
import { linesOfObstacles, readObstacles } from './obstacles.ts';
import { withApp } from './open.ts';
import { printJson, printLines } from './print.ts';
import { openCalendar } from './say-time.ts';
import { linesOfStatus, publicationAsJson } from './status-text.ts';

/** `carillon status` */
export function run(call: Call): Promise<number> {
  const { io } = call;
  const state = readState(call.valueOf('state'));
  const account = call.valueOf('account');
  return withApp(call, async (app) => {
    const all = await app.ledger.list(state && [state]);
    const publications = all.filter((one) => account === undefined || one.account === account);
    if (account !== undefined && publications.length === 0) {
      checkAccount(account, [...app.config.accounts.keys()]);
    }
    if (call.has('json')) {
      printJson(io, publications.map(publicationAsJson));
      return EXIT.done;
    }
    const calendar = openCalendar(app.config.timezone);
    const setting = { calendar, ink: createInk(io.hasColors), width: io.columns };
    const obstacles = [
      ...linesOfObstacles(await readObstacles(app), calendar),
      ...linesOfFeedFaults(await app.feedMemory.states(), await app.ledger.now(), calendar),
    ];
    // Who asks for one state wants to see all of it.
    const limits = { isWhole: state !== undefined };
    printLines(io, linesOfStatus(publications, obstacles, limits, setting));
    return EXIT.done;
  });
}

export function readState(text: string | undefined): PublicationState | undefined {
  if (text === undefined) return undefined;
  const state = PUBLICATION_STATES.find((known) => known === text.toLowerCase());
  if (state !== undefined) return state;
  throw new CallError(`There is no state "${text}".${suggestKnown(text, PUBLICATION_STATES)}`);
}

/** @throws {CallError} if the config has no such account */
export function checkAccount(name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  throw new CallError(`The config has no account "${name}".${suggestKnown(name, known)}`);
}
