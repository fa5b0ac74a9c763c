import type { App } from '../app.ts';
import { operatorName } from '../core/operator.ts';
import type { Publication } from '../core/publication.ts';
import type { Step } from '../ledger/ledger.ts';
import { findNetwork } from '../networks/registry.ts';
import { type Call, CallError } from './call.ts';
import { choosePublications } from './choose-publications.ts';
import { carryOut, type Done } from './deed.ts';
import { expandNames } from './expand-names.ts';
import { withApp } from './open.ts';
import { CHOOSING } from './options.ts';
import { printNotes } from './print.ts';
import { whyNotRetracted } from './refusals.ts';
import { count } from './words.ts';

const LONGEST_REASON = 500;

/** `carillon retract [ENTRY|PUBLICATION…]` */
export function run(call: Call): Promise<number> {
  const reason = readReason(call.valueOf('reason'));
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
          do: (one) => recordDone(one, { by, reason }, app),
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
          return retract(publication, (await steps).get(publication.publication), app);
        },
      },
    );
  });
}

interface Wish {
  readonly by: string;
  readonly reason: string;
}

function readReason(text = ''): string {
  const reason = text.trim();
  if (reason.length <= LONGEST_REASON) return reason;
  throw new CallError(`--reason takes at most ${LONGEST_REASON} characters: write it shorter.`);
}

async function chooseToRetract(call: Call, app: App): Promise<readonly Publication[]> {
  const isChosen = CHOOSING.some((option) => call.has(option));
  if (call.args.length > 0 && !isChosen) return expandNames(call.args, app, canBeRetracted);
  return (await choosePublications(call, call.args, app, canBeRetracted)).publications;
}

/** True if people can see any of it, or might. */
export function canBeRetracted({ state, receipt }: Publication): boolean {
  if (state === 'retracted') return false;
  return receipt !== undefined || ['published', 'sending', 'unconfirmed'].includes(state);
}

async function recordAll(
  publications: readonly Publication[],
  wish: Wish,
  app: App,
): Promise<ReadonlyMap<string, Step>> {
  const steps = new Map<string, Step>();
  for (const one of publications) {
    const request = { ...wish, isByHand: isByHand(one, app) };
    steps.set(one.publication, await app.ledger.retract(one.publication, request));
  }
  return steps;
}

/** True if a person has to delete it, as a person has posted it. */
export function isByHand({ account }: Publication, { config }: App): boolean {
  const known = config.accounts.get(account);
  return known !== undefined && findNetwork(known.network)?.isAssisted(known.settings) === true;
}

async function retract(publication: Publication, step: Step | undefined, app: App): Promise<Done> {
  const { publication: name, account } = publication;
  if (step === undefined || (!step.changed && step.state !== 'retracted')) {
    const why = whyNotRetracted(step?.state ?? 'missing', publication);
    return { isDone: false, says: `${name} is not retracted. ${why}` };
  }
  if (step.changed) await app.takeBackNow(publication);
  const { state, error } = (await app.ledger.get(name)) ?? publication;
  if (state === 'retracted') {
    const was = step.changed ? '' : ' already';
    return {
      isDone: true,
      says: `${name} is retracted${was}: nothing of it is left on ${account}.`,
    };
  }
  const why = error === undefined ? '' : ` ${error.message} ${error.advice}`;
  return { isDone: false, says: `${name} is not retracted yet.${why}` };
}

async function recordDone(publication: Publication, wish: Wish, app: App): Promise<Done> {
  const { publication: name } = publication;
  const step = await app.ledger.retractedByHand(name, wish.by, wish.reason);
  if (!step.changed && step.state !== 'retracted') {
    const why = whyNotRetracted(step.state, publication);
    return { isDone: false, says: `${name} is not retracted. ${why}` };
  }
  const known = await app.ledger.retraction(name);
  if (known !== undefined && known.parts.length > 0) app.noteRetraction(known);
  await app.putBackJobs();
  if (step.state === 'cancelled') {
    return { isDone: true, says: `${name} is not live, as you say: it is not sent any more.` };
  }
  return { isDone: true, says: `${name} is retracted, as you say: Carillon takes it to be gone.` };
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
