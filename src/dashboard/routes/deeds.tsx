import { randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { operatorName } from '../../core/operator.ts';
import { pause } from '../../deeds/pause.ts';
import { resume } from '../../deeds/resume.ts';
import { wake } from '../../deeds/wake.ts';
import { fingerprintOf } from '../../planning/fingerprint.ts';
import type { AccessStore } from '../access/access-store.ts';
import { requireForm, requireRole, type VisitEnv } from '../access/entrance.tsx';
import { hasRole } from '../access/visitor.ts';
import type { DashboardData } from '../data.ts';
import {
  type Fields,
  PUBLICATION_DEEDS,
  type PublicationDeedName,
  publicationDeed,
} from '../deeds/publication-deeds.ts';
import { readMoveTime } from '../deeds/read-move-time.ts';
import { ConfirmPage } from '../pages/confirm-page.tsx';
import { NetworkPost } from '../pages/network-post.tsx';
import { deedPath, publicationPath } from '../pages/paths.ts';
import type { Setting } from '../pages/setting.ts';
import { When } from '../pages/when.tsx';
import { wordsOf } from '../words/words.ts';
import { showUnknown } from './publication.tsx';
import { leadTo, settingOf, showPage } from './show-page.ts';

interface DeedRoutes {
  readonly data: DashboardData;
  readonly store: Pick<AccessStore, 'useOnce'>;
}

const ACCOUNT_DEEDS = ['pause', 'resume', 'stop'] as const;

/** What people do. Each is asked for once more before it is done, and done once, however often it is sent. */
export function addDeeds(
  app: Hono<VisitEnv>,
  data: DashboardData,
  { store }: Pick<DeedRoutes, 'store'>,
) {
  const routes = { data, store };
  for (const deed of Object.keys(PUBLICATION_DEEDS) as PublicationDeedName[]) {
    app.post(deedPath(deed), requireRole('editor'), requireForm, (context) =>
      doToPublication(context, deed, routes),
    );
  }
  for (const deed of ACCOUNT_DEEDS) {
    app.post(deedPath(deed), requireRole('operator'), requireForm, (context) =>
      doToAccount(context, deed, routes),
    );
  }
}

async function doToPublication(
  context: Context<VisitEnv>,
  name: PublicationDeedName,
  { data, store }: DeedRoutes,
): Promise<Response> {
  const { desk } = data;
  const { visitor } = context.var;
  const fields = await readFields(context);
  const publication = await desk.ledger.get(fields.publication ?? '');
  if (publication === undefined) return showUnknown(context, fields.publication ?? '', data);
  const deed = publicationDeed(name);
  if (!hasRole(visitor, deed.least(publication))) {
    return context.text(wordsOf(context).access.notAllowed(visitor.name), 403);
  }
  const back = publicationPath(publication.publication);
  const setting = await settingOf(context, data);
  const doing = { fields, by: operatorName(() => visitor.name), desk, now: setting.now };
  const problem = deed.findProblem?.(publication, doing);
  if (problem !== undefined) return leadTo(context, back, problem);
  if (!isSure(fields)) {
    const post = await desk.ledger.post(publication.publication);
    const isChanged =
      name === 'approve' &&
      (post === undefined ||
        fingerprintOf(post) !== fields.fingerprint ||
        publication.due !== Number(fields.due));
    if (isChanged) return leadTo(context, back, setting.words.doing.changed);
    return showPage(
      context,
      <ConfirmPage
        {...{ setting, back, subject: publication.publication, fields: withOnce(fields) }}
        due={publication.due}
        offer={{ deed: name, action: deedPath(name) }}
        written={sayWritten(name, fields, setting)}
        post={
          post && (
            <NetworkPost
              publication={publication.publication}
              post={post}
              accountName={publication.account}
              account={desk.config.accounts.get(publication.account)}
            />
          )
        }
      />,
    );
  }
  if (!(await store.useOnce(onceOf(fields), ONCE_MS))) {
    return leadTo(context, back, setting.words.doing.doneBefore);
  }
  const { isDone, says } = await deed.do(publication, doing);
  if (isDone) await wake(publication.publication, desk);
  return leadTo(context, back, says);
}

async function doToAccount(
  context: Context<VisitEnv>,
  name: (typeof ACCOUNT_DEEDS)[number],
  { data, store }: DeedRoutes,
): Promise<Response> {
  const { desk } = data;
  const fields = await readFields(context);
  const account = name === 'stop' ? '*' : (fields.account ?? '');
  const back = account === '*' ? '/' : '/accounts';
  const setting = await settingOf(context, data);
  const { doing } = setting.words;
  // An account that the config has lost may still be held.
  const known = ['*', ...desk.config.accounts.keys(), ...(await data.holds()).keys()];
  if (!known.includes(account)) return leadTo(context, '/accounts', doing.unknownAccount(account));
  if (!isSure(fields)) {
    return showPage(
      context,
      <ConfirmPage
        {...{ setting, back, fields: withOnce(fields) }}
        subject={account === '*' ? doing.allAccounts : account}
        offer={{ deed: name, action: deedPath(name) }}
      />,
    );
  }
  if (!(await store.useOnce(onceOf(fields), ONCE_MS))) {
    return leadTo(context, back, doing.doneBefore);
  }
  const by = operatorName(() => context.var.visitor.name);
  const { says } =
    name === 'resume' ? await resume(account, by, desk) : await pause(account, by, desk);
  if (name === 'resume') await desk.putBackJobs();
  return leadTo(context, back, says);
}

/** No longer does anybody come back to a page that has asked. */
const ONCE_MS = 24 * 3_600_000;
const LONGEST_FIELD = 2_000;

/** What a form sends as text; what is of the form itself is left out. */
async function readFields(context: Context): Promise<Fields> {
  const body = await context.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' && name !== 'form' ? [[name, value.slice(0, LONGEST_FIELD)]] : [],
    ),
  );
}

function isSure({ sure, once = '' }: Fields): boolean {
  return sure === 'yes' && once !== '';
}

/** What a page that asks gives along: by `once` it is known when it comes again. */
function withOnce(fields: Fields): Fields {
  return { ...fields, once: randomUUID() };
}

function onceOf({ once = '' }: Fields): string {
  return `deed ${once}`;
}

/** What was written before, as people read it. */
function sayWritten(name: PublicationDeedName, fields: Fields, setting: Setting) {
  const { field } = publicationDeed(name);
  const value = field && fields[field.name]?.trim();
  if (value === undefined || value === '') return undefined;
  if (name !== 'move') return value;
  const read = readMoveTime(value, setting.timezone, setting.now);
  return 'due' in read ? <When at={read.due} setting={setting} /> : value;
}
