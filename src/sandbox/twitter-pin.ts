import { randomBytes, randomInt } from 'node:crypto';
import { type Answer, type Call, headerOf, Refusal } from './call.ts';
import { accountIn, consentPage } from './consent.ts';
import { escapeHtml } from './page-text.ts';
import { problem } from './twitter-errors.ts';

/** What an app asked for in OAuth 1.0a, by request token; and the PIN, once a person has allowed it. */
export type PinRequests = Map<string, { readonly account: string; readonly pin: string } | null>;

export const pinPaths = ['/oauth/request_token', '/oauth/authorize', '/oauth/access_token'];

/** Access tokens of OAuth 1.0a do not end. */
const noEnd = 9_999_999_999;

/** OAuth 1.0a by PIN. Signatures are not checked: the sandbox knows no secret of an app. */
export function answerPin(requests: PinRequests, call: Call): Answer {
  switch (`${call.method} ${call.path}`) {
    case 'POST /oauth/request_token':
      return giveRequestToken(requests, call);
    case 'GET /oauth/authorize':
      return authorize(requests, call.query);
    case 'POST /oauth/access_token':
      return giveAccessToken(requests, call);
  }
  throw new Refusal(problem(405, 'Method Not Allowed', 'Method Not Allowed', 'about:blank'));
}

export const notAuthenticated: Answer = {
  status: 401,
  body: { errors: [{ code: 32, message: 'Could not authenticate you.' }] },
};

function giveRequestToken(requests: PinRequests, call: Call): Answer {
  if (fieldOf(call, 'oauth_consumer_key') === '') throw new Refusal(notAuthenticated);
  if (fieldOf(call, 'oauth_callback') !== 'oob')
    throw new Refusal({
      status: 403,
      body: {
        errors: [{ code: 415, message: 'Callback URL not approved for this client application.' }],
      },
    });
  const token = randomBytes(18).toString('base64url');
  requests.set(token, null);
  const secret = randomBytes(18).toString('base64url');
  return form({
    oauth_token: token,
    oauth_token_secret: secret,
    oauth_callback_confirmed: 'true',
  });
}

function authorize(requests: PinRequests, query: URLSearchParams): Answer {
  const token = query.get('oauth_token') ?? '';
  if (requests.get(token) !== null)
    return consentPage('X', '<p>This page is not valid any more. Begin again in the app.</p>');
  switch (query.get('decision')) {
    case 'allow': {
      const pin = String(randomInt(1_000_000, 10_000_000));
      requests.set(token, { account: accountIn(query), pin });
      return consentPage('X', `<p>Type this PIN into the app:</p><p><code>${pin}</code></p>`);
    }
    case 'refuse':
      requests.delete(token);
      return consentPage('X', '<p>The app gets no access. You may close this window.</p>');
  }
  return consentPage(
    'X',
    `<p>An app asks for access to your account on X.</p>
<form method="get">
<input type="hidden" name="oauth_token" value="${escapeHtml(token)}">
<p><label>You are logged in as <input name="account" value="${escapeHtml(accountIn(query))}" required></label></p>
<p><button name="decision" value="allow">Allow</button> <button name="decision" value="refuse">Refuse</button></p>
</form>`,
  );
}

function giveAccessToken(requests: PinRequests, call: Call): Answer {
  const token = fieldOf(call, 'oauth_token');
  const request = requests.get(token);
  if (!request || request.pin !== fieldOf(call, 'oauth_verifier')) {
    throw new Refusal({
      status: 401,
      body: 'Error processing your OAuth request: Invalid oauth_verifier parameter',
    });
  }
  requests.delete(token);
  return form({
    oauth_token: `sandbox-access:${request.account}:${noEnd}:${randomBytes(12).toString('base64url')}`,
    oauth_token_secret: randomBytes(24).toString('base64url'),
    user_id: '0',
    screen_name: request.account,
  });
}

/** A parameter, wherever OAuth 1.0a lets it stand: in the header, the form or the address. */
function fieldOf(call: Call, name: string): string {
  const authorization = headerOf(call, 'authorization') ?? '';
  const inHeader = new RegExp(`[\\s,]${name}="([^"]*)"`).exec(authorization)?.[1];
  if (inHeader !== undefined) return decodeURIComponent(inHeader);
  const inForm = call.body.kind === 'form' ? call.body.value.get(name) : null;
  return inForm ?? call.query.get(name) ?? '';
}

function form(fields: Readonly<Record<string, string>>): Answer {
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  return { status: 200, body: new URLSearchParams(fields).toString(), headers };
}
