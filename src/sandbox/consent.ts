import { type Answer, type Call, Refusal, type RefusingFault } from './call.ts';
import type { Grants } from './grant.ts';
import { escapeHtml } from './page-text.ts';

/** Whose page asks a person for consent. */
export interface Consent {
  /** The network, as people call it. */
  readonly of: string;
  /** What stands between the scopes: a space, or a comma. */
  readonly separator: RegExp;
  /** What more the network says where the person refuses. */
  readonly refusal?: Readonly<Record<string, string>>;
}

/**
 * GET of an authorization address: a page that asks, and once a person has decided, the way back to the app. The
 * page may be told the decision at once, by `decision=allow` or `decision=refuse` in the address.
 */
export function askConsent(consent: Consent, grants: Grants, call: Call): Answer {
  const asked = readAsked(consent, call.query);
  switch (call.query.get('decision')) {
    case 'allow':
      return goBack(asked, { code: grants.issue(grantOf(asked, call.query)), state: asked.state });
    case 'refuse':
      return refuse(consent, asked);
    default:
      return showPage(consent, asked, call.query);
  }
}

/** What a fault makes of the decision; undefined if the fault is of another kind, or nobody has decided. */
export function spoilConsent(
  consent: Consent,
  grants: Grants,
  kind: RefusingFault,
  call: Call,
): Answer | undefined {
  const isWanted = kind === 'denied' || kind === 'wrong-state';
  if (!isWanted || !call.query.has('decision')) return undefined;
  const asked = readAsked(consent, call.query);
  if (kind === 'denied') return refuse(consent, asked);
  const code = grants.issue(grantOf(asked, call.query));
  return goBack(asked, { code, state: 'state-of-somebody-else' });
}

/** What the app asks for. */
interface Asked {
  readonly clientId: string;
  readonly redirectUri: URL;
  /** As it was written: the app has to show the very same later. */
  readonly written: string;
  readonly state: string;
  readonly scopes: readonly string[];
}

function readAsked({ separator }: Consent, query: URLSearchParams): Asked {
  const clientId = query.get('client_id') ?? '';
  if (clientId === '') throw refusePage('The app does not say who it is: client_id is missing.');
  const written = query.get('redirect_uri') ?? '';
  if (!URL.canParse(written) || !/^https?:/.test(written))
    throw refusePage('redirect_uri is missing, or no address of the web.');
  if ((query.get('response_type') ?? 'code') !== 'code')
    throw refusePage('response_type must be "code".');
  const method = query.get('code_challenge_method');
  if (query.has('code_challenge') && method?.toUpperCase() !== 'S256')
    throw refusePage('code_challenge_method must be "S256".');
  const scopes = (query.get('scope') ?? '').split(separator).filter((scope) => scope !== '');
  const state = query.get('state') ?? '';
  return { clientId, redirectUri: new URL(written), written, state, scopes };
}

function grantOf(asked: Asked, query: URLSearchParams): Parameters<Grants['issue']>[0] {
  const chosen = query.getAll('granted');
  return {
    account: accountIn(query),
    clientId: asked.clientId,
    redirectUri: asked.written,
    scopes: asked.scopes.filter((scope) => chosen.length === 0 || chosen.includes(scope)),
    challenge: query.get('code_challenge') ?? undefined,
    isOffline: query.get('access_type') === 'offline',
  };
}

/** Who is logged in: whoever the page was told to be. */
export function accountIn(query: URLSearchParams): string {
  const named = (query.get('account') ?? query.get('login_hint') ?? '').trim();
  return named.replace(/[^\w.-]/g, '-').slice(0, 60) || 'somebody';
}

function refuse({ refusal }: Consent, asked: Asked): Answer {
  return goBack(asked, { error: 'access_denied', ...refusal, state: asked.state });
}

function goBack({ redirectUri }: Asked, fields: Readonly<Record<string, string>>): Answer {
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries(fields)) target.searchParams.set(name, value);
  return { status: 302, body: '', headers: { location: target.href } };
}

function showPage({ of }: Consent, asked: Asked, query: URLSearchParams): Answer {
  const kept = [...query].filter(([name]) => !['account', 'granted', 'decision'].includes(name));
  const scopes = asked.scopes.map(
    (scope) =>
      `<li><label><input type="checkbox" name="granted" value="${escapeHtml(scope)}" checked> ${escapeHtml(scope)}</label></li>`,
  );
  const body = `<p>The app <b>${escapeHtml(asked.clientId)}</b> asks for access to your account on ${of}.</p>
<form method="get">
${kept.map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join('\n')}
<p><label>You are logged in as <input name="account" value="${escapeHtml(accountIn(query))}" required></label></p>
<ul>${scopes.join('\n')}</ul>
<p><button name="decision" value="allow">Allow</button> <button name="decision" value="refuse">Refuse</button></p>
</form>`;
  return consentPage(of, body, asked.redirectUri.origin);
}

/** A page of the sandbox that asks, or tells. Its forms may lead to the app and nowhere else. */
export function consentPage(of: string, body: string, target?: string): Answer {
  return {
    status: 200,
    body: `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${of} in the sandbox</title>
<link rel="stylesheet" href="/page.css">
</head>
<body>
<header class="top"><h1>${of} <span>in the sandbox</span></h1>
${body}
</header>
</body>
</html>
`,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'${target === undefined ? '' : ` ${target}`}`,
      'referrer-policy': 'no-referrer',
    },
  };
}

/** How a network refuses before it knows where it may send the person back to. */
function refusePage(reason: string): Refusal {
  return new Refusal({ status: 400, body: `${reason}\n` });
}
