import type { App } from '../app.ts';
import { operatorName } from '../core/operator.ts';
import type { Publication } from '../core/publication.ts';
import { count } from '../core/words.ts';
import {
  canBeRetracted,
  type RetractWish,
  recordRetraction,
  retractedByHand,
  takeBack,
} from '../deeds/retract.ts';
import type { Step } from '../ledger/ledger.ts';
import type { Call } from './call.ts';
import { carryOut } from './carry-out.ts';
import { choosePublications } from './choose-publications.ts';
import { expandNames } from './expand-names.ts';
import { withApp } from './open.ts';
import { CHOOSING } from './options.ts';
import { printNotes } from './print.ts';
import { readReason } from './read-reason.ts';

/** `carillon retract [ENTRY|PUBLICATION…]` */
export function run(call: Call): Promise<number> {
  const reason = readReason(call);
  return withApp(call, async (app) => {
    const publications = await chooseToRetract(call, app);
    await noteWhatElse(call, app, publications);
    const by = operatorName();
    if (call.has('done')) {
      return carryOut(
        call,
        app,
        { publications, isOne: publications.length === 1 },
        {
          asks: 'Deleted by hand, as you say. Record it for',
          isAlwaysAsked: true,
          do: (one) => retractedByHand(one, { by, reason }, app),
        },
      );
    }
    // All of it is on record before the first is deleted: should this process die, Carillon deletes the rest.
    let steps: Promise<ReadonlyMap<string, Step>> | undefined;
    return carryOut(
      call,
      app,
      { publications, isOne: publications.length === 1 },
      {
        asks: 'Delete from the network, for good,',
        isAlwaysAsked: true,
        async do(publication) {
          steps ??= recordAll(publications, { by, reason }, app);
          return takeBack(publication, (await steps).get(publication.publication), app);
        },
      },
    );
  });
}

async function chooseToRetract(call: Call, app: App): Promise<readonly Publication[]> {
  const isChosen = CHOOSING.some((option) => call.has(option));
  if (call.args.length > 0 && !isChosen) return expandNames(call.args, app, canBeRetracted);
  return (await choosePublications(call, call.args, app, canBeRetracted)).publications;
}

async function recordAll(
  publications: readonly Publication[],
  wish: RetractWish,
  app: App,
): Promise<ReadonlyMap<string, Step>> {
  const steps = new Map<string, Step>();
  for (const one of publications) {
    steps.set(one.publication, await recordRetraction(one, wish, app));
  }
  return steps;
}

/** What people should know before they agree: that a pause does not stop it, and what of an entry is still to come. */
async function noteWhatElse(
  call: Call,
  { ledger }: App,
  publications: readonly Publication[],
): Promise<void> {
  const holds = await ledger.holds();
  const accounts = new Set(publications.map(({ account }) => account));
  const isHeld = [...accounts].some((account) => holds.has('*') || holds.has(account));
  const entries = call.args.filter((name) => !name.includes('/'));
  const all = entries.length === 0 ? [] : await ledger.list(['scheduled', 'held', 'handoff']);
  const notes = isHeld ? ['Posting is paused; deleting is not, as it does no harm.'] : [];
  for (const entry of entries) {
    const left = all.filter((one) => one.entry === entry && one.receipt === undefined).length;
    if (left === 0) continue;
    notes.push(
      `${count(left, 'publication')} of ${entry} ${left === 1 ? 'has' : 'have'} not gone out yet: "carillon cancel --entry ${entry}" keeps ${left === 1 ? 'it' : 'them'} from going out.`,
    );
  }
  printNotes(call.io, notes);
}
