import { type Amendments, parseAmendment } from './amendments.ts';
import type { Answer, Call, NetworkName } from './call.ts';
import { type Faults, parseFaults } from './faults.ts';
import { readImage } from './image.ts';
import { listLog } from './log.ts';
import { renderPage, renderPost } from './page.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import type { Store } from './store.ts';

const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Own {
  readonly store: Store;
  readonly faults: Faults;
  readonly amendments: Amendments;
}

/** Answers what belongs to the sandbox itself: the feeds, the log, the faults and amendments. */
export async function answerOwn(own: Own, call: Call): Promise<Answer> {
  const { store, faults, amendments } = own;
  // What cannot be undone by a crash is told, nothing else.
  await store.settled();
  const at = `${call.method} ${call.path}`;
  switch (at) {
    case 'GET /':
      return page(renderPage(store));
    case 'GET /page.css':
      return { status: 200, body: pageStyle, headers: { 'content-type': 'text/css' } };
    case 'GET /page.js':
      return { status: 200, body: pageScript, headers: { 'content-type': 'text/javascript' } };
    case 'GET /healthz':
      return { status: 200, body: { carillon: 'sandbox' } };
    case 'GET /log':
      return { status: 200, body: listLog(store) };
    case 'GET /faults':
      return { status: 200, body: faults.list() };
    case 'POST /faults':
      return addFaults(faults, call);
    case 'DELETE /faults':
      return { status: 200, body: { cleared: faults.clear() } };
    case 'GET /tokens':
      return { status: 200, body: store.tokenDesk.exchanges };
    case 'POST /tokens':
      return changeTokens(store, call);
    case 'GET /amendments':
      return { status: 200, body: amendments.list() };
    case 'POST /amendments':
      return addAmendment(amendments, call);
    case 'DELETE /amendments':
      return { status: 200, body: { cleared: amendments.clear() } };
    case 'GET /favicon.ico':
      return { status: 204, body: '' };
  }
  const [, network, id] = /^\/posts\/(twitter|facebook|youtube)\/([^/]+)$/.exec(call.path) ?? [];
  if (network !== undefined && call.method === 'GET') {
    return pageOfPost(store, network as NetworkName, id ?? '');
  }
  const hash = /^\/media\/([0-9a-f]{64})$/.exec(call.path)?.[1];
  if (hash !== undefined && call.method === 'GET') return sendMedia(store, hash);
  return {
    status: 404,
    body: `The sandbox has no ${call.method} ${call.path}. Its pages are /, /log, /faults, /amendments, /tokens and /healthz.\n`,
  };
}

const notJson = { status: 400, body: { error: 'Send JSON with content-type application/json.' } };

function addAmendment(amendments: Amendments, call: Call): Answer {
  if (call.body.kind !== 'json') return notJson;
  const parsed = parseAmendment(call.body.value);
  if (typeof parsed === 'string') return { status: 400, body: { error: parsed } };
  amendments.add(parsed);
  return { status: 201, body: amendments.list() };
}

/** One post, as somebody finds it who is not logged in. */
function pageOfPost(store: Store, network: NetworkName, id: string): Answer {
  const post = store.post(network, id);
  const isVisible = post?.visibleAt != null && post.visibleAt <= store.now();
  if (!post || !isVisible || post.deletedAt !== undefined) {
    return { status: 404, body: 'There is no such post.\n' };
  }
  return page(renderPost(post));
}

function addFaults(faults: Faults, call: Call): Answer {
  if (call.body.kind !== 'json') return notJson;
  const parsed = parseFaults(call.body.value);
  if (typeof parsed === 'string') return { status: 400, body: { error: parsed } };
  faults.add(parsed);
  return { status: 201, body: faults.list() };
}

function changeTokens({ tokenDesk }: Store, call: Call): Answer {
  const error = call.body.kind === 'json' ? tokenDesk.change(call.body.value) : 'Send JSON.';
  return error === undefined ? { status: 204, body: '' } : { status: 400, body: { error } };
}

async function sendMedia(store: Store, hash: string): Promise<Answer> {
  const bytes = await store.media(hash);
  const image = bytes ? readImage(bytes) : undefined;
  if (!bytes || !image) return { status: 404, body: 'There is no such image.\n' };
  return {
    status: 200,
    body: bytes,
    headers: {
      'content-type': image.type,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  };
}

function page(html: string): Answer {
  return {
    status: 200,
    body: html,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': pagePolicy,
      'referrer-policy': 'no-referrer',
    },
  };
}
