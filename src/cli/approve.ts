import type { App } from '../app.ts';
import { operatorName } from '../core/operator.ts';
import type { Post } from '../core/post.ts';
import type { Publication } from '../core/publication.ts';
import type { ShownForApproval } from '../ledger/ledger.ts';
import { fingerprintOf } from '../planning/fingerprint.ts';
import { type Call, CallError } from './call.ts';
import { choosePublications } from './choose-publications.ts';
import { displayNameOf } from './compose-posts.ts';
import { carryOut, type Done } from './deed.ts';
import { createInk } from './ink.ts';
import { noteObstacles } from './obstacles.ts';
import { openOneByOne } from './one-by-one.ts';
import { withApp } from './open.ts';
import { frameText, linesBesideText } from './preview-text.ts';
import { whyNotApproved } from './refusals.ts';
import { openCalendar } from './say-time.ts';

/** `carillon approve [PUBLICATION…]` */
export function run(call: Call): Promise<number> {
  const by = readApprover(call.valueOf('by'));
  return withApp(call, async (app) => {
    const chosen = await choosePublications(call, call.args, app, waitsForApproval);
    /** What was shown is approved, and nothing that came after. */
    const shown = new Map<string, ShownForApproval>();
    const approved: Publication[] = [];
    const waitOf = openOneByOne(app.config.publishing.resumeGapMs, await app.ledger.now());
    const status = await carryOut(call, app, chosen, {
      asks: 'Approve',
      isAlwaysAsked: true,
      async show(publication) {
        const { publication: name, due } = publication;
        const post = await app.ledger.post(name);
        if (post === undefined) return [`${name}: its text is not known.`];
        shown.set(name, { fingerprint: fingerprintOf(post), due });
        return linesOfPost(publication, post, call, app);
      },
      async do(publication) {
        const waitMs = waitOf(publication);
        const sight = shown.get(publication.publication);
        const done = await approve(publication, sight, { by, waitMs }, app);
        if (done.isDone) approved.push(publication);
        return done;
      },
    });
    if (approved.length === 0) return status;
    await app.putBackJobs();
    await noteObstacles(call, app, approved);
    return status;
  });
}

function readApprover(name: string | undefined): string {
  if (name === undefined) return operatorName();
  const trimmed = name.trim();
  if (trimmed !== '' && trimmed.length <= 200) return operatorName(() => trimmed);
  throw new CallError('--by wants the name of who approves: write --by NAME.');
}

/** Held for lack of money, and free to go beyond the budget once somebody says so. */
function isHeldForMoney({ state, error }: Pick<Publication, 'state' | 'error'>): boolean {
  return state === 'held' && error?.code === 'over-budget';
}

function waitsForApproval({ approval, state, error }: Publication): boolean {
  const isOpen = state === 'scheduled' || state === 'held';
  if (isHeldForMoney({ state, error })) return true;
  return isOpen && approval?.isWaiting === true && approval.wanted.status !== 'draft';
}

function linesOfPost(
  { publication, network, due }: Publication,
  post: Post,
  { io }: Call,
  { config }: App,
): readonly string[] {
  const ink = createInk(io.hasColors);
  const width = io.columns;
  return [
    `${ink.bold(publication)} · ${displayNameOf(network)} · ${openCalendar(config.timezone).long(due)}`,
    ...frameText(post, { ink, width }),
    ...linesBesideText(post, width),
  ];
}

async function approve(
  publication: Publication,
  shown: ShownForApproval | undefined,
  { by, waitMs }: { readonly by: string; readonly waitMs: number },
  { ledger }: App,
): Promise<Done> {
  const name = publication.publication;
  const sight = shown ?? { fingerprint: '', due: 0 };
  if (isHeldForMoney(publication)) {
    const { changed } = await ledger.exceedBudget(name, sight, by, { waitMs });
    return changed
      ? { isDone: true, says: `${name} is let go beyond the budget by ${by}. It goes out.` }
      : { isDone: false, says: `${name} has changed meanwhile. Look at it again.` };
  }
  const step = await ledger.approve(name, sight, by, { waitMs });
  if (step.changed) {
    const goesOut =
      step.state === 'scheduled'
        ? 'It goes out at its time.'
        : step.state === 'missed'
          ? 'Its last moment had passed, and it is missed.'
          : `It is ${step.state}.`;
    return { isDone: true, says: `${name} is approved by ${by}. ${goesOut}` };
  }
  if (step.because === 'approved') {
    const { approval } = (await ledger.get(name)) ?? {};
    return { isDone: true, says: `${name} is approved already, by ${approval?.given?.by ?? by}.` };
  }
  return { isDone: false, says: `${name} is not approved. ${whyNotApproved(step, publication)}` };
}
