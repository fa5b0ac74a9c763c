import type { App, Planned } from '../app.ts';
import { operatorName } from '../core/operator.ts';
import type { Post } from '../core/post.ts';
import { partsOf } from '../core/post.ts';
import { askedOf, correctionName, type Publication } from '../core/publication.ts';
import type { Done } from '../deeds/done.ts';
import { canBeRetracted, isByHand } from '../deeds/retract.ts';
import { keepImages } from '../planning/keep-images.ts';
import { displayNameOf } from '../telling/network-name.ts';
import { type Call, CallError } from './call.ts';
import { carryOut } from './carry-out.ts';
import { type Correction, decideCorrection } from './correction.ts';
import { expandNames } from './expand-names.ts';
import { createInk } from './ink.ts';
import { wrap } from './layout.ts';
import { noteObstacles } from './note-obstacles.ts';
import { withWholeConfig } from './open.ts';
import { diffOfWords } from './word-diff.ts';

/** `carillon correct ENTRY|PUBLICATION…` */
export function run(call: Call): Promise<number> {
  if (call.args.length === 0) {
    throw new CallError('"carillon correct" wants to know which publications: name them.');
  }
  return withWholeConfig(call, async (app, config) => {
    const planned = await app.plan(config);
    const isInConfig = ({ entry }: Publication) => config.entries.some(({ id }) => id === entry);
    const publications = await expandNames(call.args, app, canBeRetracted);
    const decided = new Map<string, Correction>();
    for (const one of publications) {
      const decision = await decide(one, planned, app, call.has('done'));
      const isGone = decision.how === 'same' && !isInConfig(one);
      decided.set(one.publication, isGone ? NOT_IN_CONFIG : decision);
    }
    const correctionOf = ({ publication }: Publication) =>
      decided.get(publication) ?? { how: 'none' as const, because: '' };
    const possible = publications.filter(
      (one) => !['none', 'same'].includes(correctionOf(one).how),
    );
    const status = await carryOut(
      call,
      app,
      { publications, isOne: publications.length === 1 || possible.length === 0 },
      {
        asks: 'Correct',
        isAlwaysAsked: possible.length > 0,
        show: async (one) => linesOf(one, correctionOf(one), call),
        do: (one) => correct(one, correctionOf(one), planned, app, call.has('done')),
      },
    );
    await noteObstacles(call, app, possible);
    return status;
  });
}

const NOT_IN_CONFIG: Correction = {
  how: 'none',
  because: 'The config does not have it any more: there is no other text for it.',
};

async function decide(
  publication: Publication,
  { plan }: Planned,
  app: App,
  isDoneByHand: boolean,
): Promise<Correction> {
  const { publication: name, account, network, state, retraction } = publication;
  const none = (because: string): Correction => ({ how: 'none', because });
  if (state !== 'published')
    return none(`It is ${state}: only what is published can be corrected.`);
  if (retraction !== undefined) return none('It is being taken back.');
  if (publication.archive?.isArchived) {
    return none(
      'It is archived: what it said is not in the ledger any more. "carillon retract" still deletes it.',
    );
  }
  const change = plan.changes.find((one) => one.publication === name);
  const intent = change?.intent;
  if (intent === undefined || intent.fingerprint === publication.fingerprint) {
    return { how: 'same' };
  }
  const session = await app.sessionOf(account);
  if (session === undefined) return none(`The config has no account ${account}.`);
  const isAssisted = isByHand(publication, app) || isDoneByHand;
  const canEdit = session.edit !== undefined;
  const decision = decideCorrection(publication, intent, await app.ledger.post(name), {
    canEdit,
    isAssisted,
    networkName: displayNameOf(network),
    earlierTexts: canEdit || isAssisted ? [] : await readEarlierTexts(publication, app),
  });
  if (decision.how !== 'anew') return decision;
  const { ledger } = app;
  const [holds, frozen, lines, now] = await Promise.all([
    ledger.holds(),
    ledger.frozen(),
    ledger.lines(),
    ledger.now(),
  ]);
  if (holds.has('*') || holds.has(account) || frozen !== undefined) {
    return none(
      'Posting is paused: it would be deleted and could not be posted anew. "carillon retract" only deletes it.',
    );
  }
  if (lines.some((line) => line.account === account && line.until > now)) {
    return none(
      `The limit of ${account} is reached: it would be deleted, and be gone until posts go out again. "carillon status" says when; "carillon retract" only deletes it.`,
    );
  }
  return decision;
}

/** Of this publication and of those that it corrects. */
async function readEarlierTexts({ publication, corrects }: Publication, { ledger }: App) {
  const texts: string[] = [];
  for (let name: string | undefined = publication, next = corrects; name !== undefined; ) {
    const post = await ledger.post(name);
    if (post !== undefined) texts.push(...partsOf(post));
    name = next;
    next = name === undefined ? undefined : (await ledger.get(name))?.corrects;
  }
  return texts;
}

function linesOf(
  { publication, network, receipt }: Publication,
  correction: Correction,
  { io }: Call,
): readonly string[] {
  const ink = createInk(io.hasColors);
  const head = `${ink.bold(publication)} · ${displayNameOf(network)}`;
  if (correction.how === 'same') return [head, 'It says what the config says.'];
  if (correction.how === 'none') return [head, ...wrap(correction.because, io.columns)];
  const after = correction.how === 'anew' ? correction.intent.post : correction.post;
  return [
    head,
    ...(receipt === undefined ? [] : [receipt.url]),
    ...diffOfPosts(correction.old, after, (before, now) => diffOfWords(before, now, ink)),
    ...correction.notes.flatMap((note) => wrap(note, io.columns).map(ink.yellow)),
  ];
}

function diffOfPosts(
  old: Post | undefined,
  after: Post,
  diff: (before: string, after: string) => readonly string[],
): readonly string[] {
  const before = old === undefined ? [] : partsOf(old);
  const now = partsOf(after);
  const parts = Math.max(before.length, now.length);
  return Array.from({ length: parts }, (_, i) => [
    ...(parts > 1 ? [`── ${i + 1} of ${parts}`] : []),
    ...diff(before[i] ?? '', now[i] ?? ''),
  ]).flat();
}

async function correct(
  publication: Publication,
  correction: Correction,
  planned: Planned,
  app: App,
  isDoneByHand: boolean,
): Promise<Done> {
  const name = publication.publication;
  switch (correction.how) {
    case 'none':
      return { isDone: false, says: `${name} is not corrected. ${correction.because}` };
    case 'same':
      return { isDone: true, says: `${name} says what the config says: nothing is to correct.` };
    case 'anew':
      return postAnew(publication, correction, planned, app);
    case 'edit':
      return editText(publication, correction, app);
    case 'by-hand':
      return isDoneByHand
        ? recordEdit(publication, correction, app)
        : askPerson(publication, correction);
  }
}

type Edit = Extract<Correction, { how: 'edit' | 'by-hand' }>;

async function editText(
  publication: Publication,
  { post, fingerprint }: Edit,
  app: App,
): Promise<Done> {
  const { publication: name, receipt } = publication;
  const wish = { post, fingerprint, by: operatorName() };
  const step = await app.ledger.wantCorrection(name, wish);
  if (step.changed) await app.takeBackNow(publication);
  const record = await app.ledger.get(name);
  if (record?.fingerprint === fingerprint) {
    return { isDone: true, says: `${name} is corrected: ${receipt?.url ?? ''}` };
  }
  const error = record?.error;
  const why = error === undefined ? `It is ${step.state}.` : `${error.message} ${error.advice}`;
  return { isDone: false, says: `${name} is not corrected yet. ${why}` };
}

/** A person has changed it on the network. */
async function recordEdit(
  publication: Publication,
  { post, fingerprint }: Edit,
  { ledger }: App,
): Promise<Done> {
  const { publication: name, network } = publication;
  const wish = { post, fingerprint, by: operatorName() };
  const step = await ledger.wantCorrection(name, wish);
  const taken = step.changed ? await ledger.takeCorrection(network, 60_000, name) : undefined;
  const isDone = taken !== undefined && (await ledger.corrected(name, taken)).changed;
  return isDone
    ? { isDone, says: `${name} is corrected, as you say.` }
    : { isDone, says: `${name} is not corrected. It is ${step.state}.` };
}

function askPerson({ publication: name, receipt }: Publication, { post }: Edit): Done {
  return {
    isDone: false,
    says: [
      `${name} has to be corrected by hand. Open ${receipt?.url ?? 'the post'} and put this text there:`,
      post.text,
      `Then run "carillon correct ${name} --done".`,
    ].join('\n'),
  };
}

async function postAnew(
  publication: Publication,
  { intent }: Extract<Correction, { how: 'anew' }>,
  { mediaFiles }: Planned,
  app: App,
): Promise<Done> {
  const { ledger } = app;
  const { publication: old } = publication;
  const name = correctionName(old);
  await keepImages(intent.post.media, { ledger, mediaFiles });
  const step = await ledger.correctAnew(old, {
    name,
    by: operatorName(),
    reason: 'corrected',
    isByHand: isByHand(publication, app),
    post: intent.post,
    fingerprint: intent.fingerprint,
    publishByMs: intent.publishByMs,
    asked: askedOf(intent),
    approval: intent.approval,
    charges: intent.charges,
  });
  if (!step.changed)
    return { isDone: false, says: `${old} is not corrected. It is ${step.state}.` };
  await app.takeBackNow(publication);
  await app.putBackJobs();
  const record = await ledger.get(old);
  if (record?.state === 'retracted') {
    return {
      isDone: true,
      says: `${old} is deleted, and goes out anew as ${name} as soon as a worker takes it.`,
    };
  }
  const why = record?.error === undefined ? '' : ` ${record.error.message} ${record.error.advice}`;
  return { isDone: false, says: `${old} is not deleted yet, and ${name} waits for that.${why}` };
}
