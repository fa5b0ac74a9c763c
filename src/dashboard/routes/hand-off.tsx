import type { Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { operatorName } from '../../core/operator.ts';
import type { Publication } from '../../core/publication.ts';
import { findNetwork } from '../../networks/registry.ts';
import { fingerprintOf } from '../../planning/fingerprint.ts';
import { displayNameOf } from '../../telling/network-name.ts';
import { requireForm, requireRole, type VisitEnv } from '../access/entrance.tsx';
import type { DashboardData } from '../data.ts';
import { confirmByHand } from '../hand-off/confirm-by-hand.ts';
import type { HandOffParts } from '../hand-off/parts.ts';
import { HandOffEnd, HandOffSteps } from '../pages/hand-off-page.tsx';
import { BarePage, Layout } from '../pages/layout.tsx';
import { handOffPath, imagePath } from '../pages/paths.ts';
import { PostText } from '../pages/post-text.tsx';
import type { Setting } from '../pages/setting.ts';
import { settingOf, showPage } from './show-page.ts';

const ADDRESS = '/hand-off/:publication{.+}';

/** Where people post by hand what Carillon has prepared. */
export function addHandOff(app: Hono<VisitEnv>, data: DashboardData): void {
  const { handOff: parts } = data;
  const mayPost = requireRole('editor');

  app.get(ADDRESS, mayPost, async (context) =>
    showHandOff(context, {
      ...{ parts, setting: await settingOf(context, data), isInside: true },
      ...placesOf(context.req.param('publication')),
    }),
  );
  app.post(ADDRESS, mayPost, requireForm, async (context) =>
    takeHandOff(context, {
      ...{ parts, setting: await settingOf(context, data), isInside: true },
      ...placesOf(context.req.param('publication')),
      by: operatorName(() => context.var.visitor.name),
    }),
  );
}

function placesOf(name: string) {
  return { name, action: handOffPath(name), imagePath: (hash: string) => imagePath(name, hash) };
}

/** One publication to be posted by hand, and where it is looked at from. */
export interface HandOff {
  readonly parts: HandOffParts;
  readonly setting: Setting;
  readonly name: string;
  /** False for somebody who has not entered, and has a link to this alone. */
  readonly isInside: boolean;
  /** Where the form leads, and where the page is. */
  readonly action: string;
  imagePath(hash: string): string;
  /** What whoever came by a link is told of it. */
  readonly note?: Child;
}

interface Answered {
  readonly problem?: string;
  readonly given?: string;
}

export async function showHandOff(
  context: Context,
  handOff: HandOff,
  { problem, given = '' }: Answered = {},
): Promise<Response> {
  const { parts, setting, name, action, isInside } = handOff;
  const Frame = isInside ? Layout : BarePage;
  // The record first: of a text that changes in between, the older fingerprint is confirmed, and said to be older.
  const record = await parts.ledger.get(name);
  const post = record && (await parts.ledger.post(name));
  if (record === undefined || post === undefined) {
    const title = setting.words.publication.unknown(name);
    return showPage(context, <Frame {...{ setting, title }}>{null}</Frame>, 404);
  }
  const title = setting.words.handOff.title(displayNameOf(record.network));
  const fingerprint = fingerprintOf(post);
  if (record.state !== 'handoff') {
    const was = context.req.query('was');
    const isRewritten = was !== undefined && was !== fingerprint;
    const end = { setting, publication: record, isRewritten, hasMore: isInside };
    const page = (
      <Frame setting={setting} title={title}>
        {problem !== undefined && <Problem problem={problem} />}
        <HandOffEnd {...end} text={<PostText post={post} />} />
      </Frame>
    );
    return showPage(context, page, problem === undefined ? 200 : 409);
  }
  const steps = {
    ...{ setting, publication: record, networkName: displayNameOf(record.network), post },
    ...{ fingerprint, composerUrl: composerUrlOf(record, parts), confirmAction: action },
    ...{ imagePath: handOff.imagePath, problem, given },
  };
  const page = (
    <Frame setting={setting} title={title} script="/hand-off.js">
      <HandOffSteps {...steps} />
      {handOff.note}
    </Frame>
  );
  return showPage(context, page, problem === undefined ? 200 : 422);
}

function composerUrlOf({ account: name }: Publication, { accountOf }: HandOffParts) {
  const account = accountOf(name);
  return account && findNetwork(account.network)?.composerUrl(account.settings);
}

function Problem({ problem }: { readonly problem: string }) {
  return (
    <p class="alarm" role="alert" dir="auto">
      {problem}
    </p>
  );
}

/** Takes the address of what somebody has posted. What is out counts, however the publication stands by now. */
export async function takeHandOff(
  context: Context,
  handOff: HandOff & { readonly by: string },
): Promise<Response> {
  const { parts, setting, name, action, by } = handOff;
  const { url, shown } = await context.req.parseBody();
  const given = typeof url === 'string' ? url.slice(0, MOST_CHARACTERS) : '';
  const record: Publication | undefined = await parts.ledger.get(name);
  if (record === undefined) return showHandOff(context, handOff);
  const problem = await confirmByHand(record, given, by, { parts, words: setting.words });
  if (problem !== undefined) return showHandOff(context, handOff, { problem, given });
  const was = typeof shown === 'string' ? shown.slice(0, 64) : '';
  return context.redirect(`${action}?was=${encodeURIComponent(was)}`, 303);
}

/** No address of a post comes near it. */
const MOST_CHARACTERS = 2_000;
