import type { App } from '../app.ts';
import { operatorName } from '../core/operator.ts';
import type { Post } from '../core/post.ts';
import type { Publication } from '../core/publication.ts';
import { openCalendar } from '../core/say-time.ts';
import { approve, waitsForApproval } from '../deeds/approve.ts';
import type { ShownForApproval } from '../ledger/ledger.ts';
import { fingerprintOf } from '../planning/fingerprint.ts';
import { displayNameOf } from '../telling/network-name.ts';
import { type Call, CallError } from './call.ts';
import { carryOut } from './carry-out.ts';
import { choosePublications } from './choose-publications.ts';
import { createInk } from './ink.ts';
import { noteObstacles } from './note-obstacles.ts';
import { openOneByOne } from './one-by-one.ts';
import { withApp } from './open.ts';
import { frameText, linesBesideText } from './preview-text.ts';

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
        const done = await approve(publication, { by, shown: sight, waitMs }, app);
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
