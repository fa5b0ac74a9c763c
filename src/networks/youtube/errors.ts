import { type Answer, asArray, asObject, asText, readRetryAt, type Verdict } from '../http.ts';
import { nextPacificMidnight } from './quota-day.ts';

/** What YouTube says in its own reasons; undefined if it says nothing we know. */
export function readYoutubeError(answer: Answer, now: number): Verdict | undefined {
  if (answer.status < 400) return undefined;
  const { reason, words } = readReason(answer);
  if (/^duplicate/.test(reason))
    return {
      is: 'duplicate',
      code: reason,
      message: 'YouTube refused the post: it is already there. Change the text.',
    };
  const said = words === undefined ? '' : ` It says: "${words}"`;

  if (spentQuotas.has(reason))
    return {
      is: 'rate-limited',
      code: reason,
      message:
        "The day's quota of the Google project is used up. It is renewed at midnight in California.",
      retryAt: nextPacificMidnight(now),
      of: 'app',
    };
  if (throttles.has(reason) || answer.status === 429)
    return {
      is: 'rate-limited',
      code: reason === '' ? '429' : reason,
      message: `YouTube asks to wait: too many requests.${said}`,
      retryAt: readRetryAt(answer.headers, now) ?? new Date(now + 60_000),
    };
  if (reason === 'invalid_grant')
    return {
      is: 'unauthorized',
      code: reason,
      message:
        'Google does not accept the refresh token. Connect the channel again. If the OAuth client is in status "Testing", its tokens last 7 days only: publish the client.',
    };
  const remedy = accountReasons.get(reason);
  if (remedy !== undefined)
    return { is: 'unauthorized', code: reason, message: `${remedy}${said}` };
  if (answer.status === 401)
    return {
      is: 'unauthorized',
      code: reason === '' ? '401' : reason,
      message: `YouTube does not accept the credentials. Connect the channel again.${said}`,
    };
  if (answer.body !== undefined && answer.status < 500)
    return {
      is: 'rejected',
      code: reason === '' ? String(answer.status) : reason,
      message: `YouTube refused the request.${said}`,
    };
  return undefined;
}

/** True if a quota of the Google project is used up for the day. */
export function isQuotaSpent(answer: Answer): boolean {
  return answer.status >= 400 && spentQuotas.has(readReason(answer).reason);
}

/** True if the post is not there. The plain `notFound` is of the whole address: see `notEnabled`. */
export function isPostMissing(answer: Answer): boolean {
  return answer.status === 404 && /.NotFound$/.test(readReason(answer).reason);
}

/** The posts API is a pilot: a project that is not in it finds nothing at its address. */
export const notEnabled: Verdict = {
  is: 'unauthorized',
  code: 'not-enabled',
  message:
    'YouTube has not let this Google project into the pilot of its posts API. Set "mode: assisted" for the account: then a person posts what Carillon prepares.',
};

const spentQuotas = new Set(['quotaExceeded', 'dailyLimitExceeded']);
const throttles = new Set(['rateLimitExceeded', 'userRateLimitExceeded']);

const closed = 'The YouTube account or channel is closed or suspended. Look at youtube.com.';
const mayNot =
  'The account may not post on this channel. Connect it as an owner or manager, with permission to manage YouTube.';
const wrongClient =
  'Google does not accept the OAuth client. Check CLIENT_ID and CLIENT_SECRET in the Google console.';

const accountReasons = new Map([
  ['authenticatedUserAccountClosed', closed],
  ['authenticatedUserAccountSuspended', closed],
  ['channelClosed', closed],
  ['channelSuspended', closed],
  ['authenticatedUserNotChannel', mayNot],
  ['accountDelegationForbidden', mayNot],
  ['youtubeSignupRequired', mayNot],
  ['forbidden', mayNot],
  ['insufficientPermissions', mayNot],
  ['ACCESS_TOKEN_SCOPE_INSUFFICIENT', mayNot],
  [
    'accessNotConfigured',
    'The YouTube Data API is off for the Google project. Switch it on in the Google console.',
  ],
  ['invalid_client', wrongClient],
  ['unauthorized_client', wrongClient],
  ['deleted_client', wrongClient],
]);

/** Two forms: `{error: {errors: [{reason}]}}` of the API, `{error, error_description}` of the token address. */
function readReason(answer: Answer): { reason: string; words: string | undefined } {
  const body = asObject(answer.body);
  if (typeof body.error === 'string')
    return { reason: body.error, words: asText(body.error_description) };

  const error = asObject(body.error);
  const reasons = [...asArray(error.errors), ...asArray(error.details)]
    .map((detail) => asText(asObject(detail).reason))
    .filter((reason) => reason !== undefined);
  return { reason: reasons[0] ?? '', words: asText(error.message) };
}
