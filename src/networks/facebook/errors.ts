import {
  type Answer,
  asArray,
  asObject,
  asText,
  parseJson,
  readRetryAt,
  type Verdict,
  waitUntil,
} from '../http.ts';

export interface GraphError {
  readonly code: number;
  readonly subcode: number | undefined;
  readonly isTransient: boolean;
  readonly words: string | undefined;
}

/** The error in an answer of the Graph API, which may come with any status, 200 included. */
export function readGraphError(answer: Answer): GraphError | undefined {
  const error = asObject(answer.body).error;
  if (error === undefined) return undefined;

  const { code, error_subcode, is_transient, error_user_msg, message } = asObject(error);
  return {
    code: typeof code === 'number' ? code : Number(code ?? 0),
    subcode: typeof error_subcode === 'number' ? error_subcode : undefined,
    isTransient: is_transient === true,
    words: asText(error_user_msg) ?? asText(message),
  };
}

/** True if the object of the request is not there, or not for us to see. */
export function isMissing(answer: Answer): boolean {
  const error = readGraphError(answer);
  return answer.status < 500 && error?.code === 100 && error.subcode === 33;
}

/** What Facebook's own codes say; undefined if the answer has none. */
export function readFacebookError(answer: Answer, now: number): Verdict | undefined {
  const error = readGraphError(answer);
  if (error === undefined) return undefined;

  const said = error.words === undefined ? '' : ` It says: "${error.words}"`;
  const code = error.subcode === undefined ? `${error.code}` : `${error.code}/${error.subcode}`;

  if (isThrottle(error.code))
    return {
      is: 'rate-limited',
      code,
      message: `Facebook asks to wait: its limit of calls is reached.${said}`,
      retryAt: readRegainAt(answer.headers, now),
      of: isOfApp(error.code) ? 'app' : 'account',
    };
  if (error.code === 368)
    return {
      is: 'rate-limited',
      code,
      message: `Facebook has stopped posting on the Page for a while.${said}`,
      retryAt: new Date(now + 3600_000),
    };
  if (deadTokens.has(error.code))
    return {
      is: 'unauthorized',
      code,
      message: `Facebook does not accept the token of the Page any more. Connect the Page again.${said}`,
    };
  // The code is that of any wrong parameter; the name of this one says what is missing.
  if (error.code === 100 && error.words?.includes('appsecret_proof'))
    return {
      is: 'unauthorized',
      code: 'appsecret-proof',
      message:
        'The app at Facebook asks for its secret with every call. Set APP_SECRET of the account.',
    };
  if (isPermission(error.code))
    return {
      is: 'unauthorized',
      code,
      message: `The token of the Page may not do this: it needs pages_manage_posts and pages_read_engagement.${said}`,
    };
  if (error.code === 506)
    return {
      is: 'duplicate',
      code,
      message: 'Facebook refused the post: it repeats the one before it. Change the text.',
    };
  if (error.code === 1609005)
    return { is: 'transient', code, message: `Facebook could not read the linked page.${said}` };
  // Posts have been seen live after each of these.
  if (error.code === 1 || error.code === 2 || error.isTransient)
    return { is: 'unknown', code, message: `Facebook failed, and the post may be live.${said}` };
  return { is: 'rejected', code, message: `Facebook refused the request.${said}` };
}

const throttles = new Set([4, 17, 32, 341, 613]);
const deadTokens = new Set([102, 104, 190, 2500]);

/** 80000 and on: the limits of a kind of business, 80001 for Pages. */
function isThrottle(code: number): boolean {
  return throttles.has(code) || (code >= 80_000 && code < 80_100);
}

/** The limits of the whole app, for all its Pages. */
function isOfApp(code: number): boolean {
  return code === 4 || code === 341;
}

/** Of the account, not of the post. */
function isPermission(code: number): boolean {
  return code === 3 || code === 10 || (code >= 200 && code < 300);
}

/** To the second where the answer says so, else in minutes by kind of limit, else the shortest that is known to do. */
function readRegainAt(headers: Answer['headers'], now: number): Date {
  const usage = headers['x-business-use-case-usage'];
  const minutes = Object.values(asObject(parseJson(typeof usage === 'string' ? usage : '')))
    .flatMap(asArray)
    .map((limit) => asObject(limit).estimated_time_to_regain_access)
    .filter((value) => typeof value === 'number' && value > 0) as number[];
  const longest = minutes.length > 0 ? Math.max(...minutes) : 15;
  return readRetryAt(headers, now) ?? waitUntil(now + longest * 60_000, now);
}
