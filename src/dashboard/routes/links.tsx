import type { Context, Hono } from 'hono';
import { operatorName } from '../../core/operator.ts';
import type { Post } from '../../core/post.ts';
import type { Publication } from '../../core/publication.ts';
import { approve, isHeldForMoney, waitsForApproval } from '../../deeds/approve.ts';
import { fingerprintOf } from '../../planning/fingerprint.ts';
import { displayNameOf } from '../../telling/network-name.ts';
import type { EntranceOptions, VisitEnv } from '../access/entrance.tsx';
import { formTokenOf, isSameToken } from '../access/form-token.ts';
import { remoteAddressOf } from '../access/remote-address.ts';
import { type LinkedDeed, linkPath, readLink } from '../access/signed-link.ts';
import type { DashboardData } from '../data.ts';
import { BarePage } from '../pages/layout.tsx';
import { LinkEnd, LinkedApproval, LinkNote } from '../pages/link-page.tsx';
import type { Setting } from '../pages/setting.ts';
import { wordsOf } from '../words/words.ts';
import { showHandOff, takeHandOff } from './hand-off.tsx';
import { answerImage } from './images.ts';
import { settingFor, showPage } from './show-page.ts';

/** So many links in a quarter of an hour that nobody has made, and none is read from there. */
const MOST_FAILURES = 30;

/** A link that was made here, opened by whoever holds it. */
interface Opened {
  readonly context: Context;
  readonly token: string;
  readonly deed: LinkedDeed;
  readonly setting: Setting;
  readonly record: Publication;
  readonly post: Post;
}

/**
 * What signed links lead to: one thing that can be done without having entered. To look at a link changes nothing, as
 * programs that read mails for people follow every link; only its form does.
 */
export function addLinks(
  app: Hono<VisitEnv>,
  data: DashboardData,
  { store, settings }: EntranceOptions,
): void {
  const parts = data.handOff;

  /** Answers with a sentence itself where the link is none, or leads to nothing any more. */
  async function open(context: Context, token: string): Promise<Opened | Response> {
    const words = wordsOf(context);
    const address = `link ${remoteAddressOf(context, settings())}`;
    const key = await store.signingKey();
    const now = await data.now();
    const formToken = formTokenOf(key, `link ${token}`);
    const visitor = { name: '', role: 'viewer', formToken, canLeave: false } as const;
    const setting = await settingFor(context, visitor, data);
    const end = (sentence: string, status: 404 | 409 | 410 | 429) =>
      showEnd(context, setting, sentence, status);
    if ((await store.failures(address)) >= MOST_FAILURES) return end(words.link.tooMany, 429);
    const deed = readLink(key, token, now);
    if (deed === 'altered') {
      await store.countFailure(address);
      return end(words.link.altered, 404);
    }
    if (deed === 'over') return end(words.link.over, 410);
    // The record first: a text that changes in between has another fingerprint than the link.
    const record = await parts.ledger.get(deed.publication);
    const post = record && (await parts.ledger.post(deed.publication));
    if (record === undefined || post === undefined) return end(words.link.gone, 410);
    return { context, token, deed, setting, record, post };
  }

  async function openForm(context: Context, token: string): Promise<Opened | Response> {
    const opened = await open(context, token);
    if (opened instanceof Response) return opened;
    const { form } = await context.req.parseBody();
    const { words, visitor } = opened.setting;
    if (isSameToken(typeof form === 'string' ? form : '', visitor.formToken)) return opened;
    return context.text(words.access.staleForm, 403);
  }

  app.get('/link/:token', async (context) => {
    const opened = await open(context, context.req.param('token'));
    if (opened instanceof Response) return opened;
    if (opened.deed.deed === 'approve') return showApproval(opened);
    // Whoever was given one text to post is not given another one. What is out is told, whatever became of the text.
    const { deed, post, record } = opened;
    const isRewritten = fingerprintOf(post) !== deed.fingerprint;
    if (record.state === 'handoff' && isRewritten) return refuse(opened, 'rewritten', 409);
    return showHandOff(context, handOffOf(opened));
  });

  app.post('/link/:token', async (context) => {
    const opened = await openForm(context, context.req.param('token'));
    if (opened instanceof Response) return opened;
    if (opened.deed.deed === 'approve') return takeApproval(opened);
    return takeHandOff(context, { ...handOffOf(opened), by: nameOf(opened.deed) });
  });

  app.get('/link/:token/image/:hash', async (context) => {
    const opened = await open(context, context.req.param('token'));
    if (opened instanceof Response) return opened;
    return answerImage(context, opened.deed.publication, parts.ledger);
  });

  async function takeApproval(opened: Opened): Promise<Response> {
    const { context, token, deed, setting, record } = opened;
    const { words, now } = setting;
    if (!isOpenFor(opened)) return showApproval(opened);
    if (!(await store.useOnce(`link ${deed.nonce}`, deed.expiresAt - now))) {
      return refuse(opened, 'used', 410);
    }
    const shown = { fingerprint: deed.fingerprint, due: deed.due };
    const done = await approve(record, { by: nameOf(deed), shown }, parts);
    if (!done.isDone) return showEnd(context, setting, words.link.rewritten, 409);
    await parts.putBackJobs();
    return context.redirect(linkPath(token), 303);
  }

  function handOffOf({ token, deed, setting }: Opened) {
    return {
      ...{ parts, setting, name: deed.publication, isInside: false, action: linkPath(token) },
      imagePath: imagePathOf(token),
      note: <LinkNote setting={setting} deed={deed} />,
    };
  }
}

function imagePathOf(token: string): (hash: string) => string {
  return (hash) => `${linkPath(token)}/image/${hash}`;
}

/** Who did it, for the record: whoever has the link, which was made for somebody. */
function nameOf(deed: LinkedDeed): string {
  return operatorName(() => `${deed.for} (by a link)`);
}

/** True if it is as it was shown when the link was made, and waits for nothing but an approval. */
function isOpenFor({ deed, record, post }: Opened): boolean {
  return isAsShown({ deed, record, post }) && waitsForApproval(record) && !isHeldForMoney(record);
}

function isAsShown({ deed, record, post }: Pick<Opened, 'deed' | 'record' | 'post'>): boolean {
  return fingerprintOf(post) === deed.fingerprint && record.due === deed.due;
}

function showApproval(opened: Opened): Response | Promise<Response> {
  const { context, token, deed, setting, record, post } = opened;
  const { words } = setting;
  if (isOpenFor(opened)) {
    const page = (
      <BarePage setting={setting} title={words.link.approve}>
        <LinkedApproval
          {...{ setting, deed, record, post, action: linkPath(token) }}
          networkName={displayNameOf(record.network)}
          imagePath={imagePathOf(token)}
        />
      </BarePage>
    );
    return showPage(context, page);
  }
  const given = record.approval?.given;
  if (isAsShown(opened) && record.approval?.isWaiting === false && given !== undefined) {
    return showEnd(context, setting, words.link.approved(given.by), 200);
  }
  if (!isAsShown(opened)) return refuse(opened, 'rewritten', 409);
  return showEnd(context, setting, words.link.notWaiting(words.states[record.state]), 409);
}

function refuse(
  { context, setting }: Opened,
  why: 'rewritten' | 'used',
  status: 409 | 410,
): Response | Promise<Response> {
  return showEnd(context, setting, setting.words.link[why], status);
}

function showEnd(
  context: Context,
  setting: Setting,
  sentence: string,
  status: 200 | 404 | 409 | 410 | 429,
): Response | Promise<Response> {
  const page = (
    <BarePage setting={setting} title={setting.words.link.title}>
      <LinkEnd sentence={sentence} isRefused={status !== 200} />
    </BarePage>
  );
  return showPage(context, page, status);
}
