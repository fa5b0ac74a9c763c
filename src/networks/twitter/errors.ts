import {
  type Answer,
  asArray,
  asObject,
  asText,
  readRetryAt,
  skewOf,
  type Verdict,
  waitUntil,
} from '../http.ts';

/** What X says in its own codes about an answer that is no success; undefined if it says nothing we know. */
export function readTwitterError(answer: Answer, now: number): Verdict | undefined {
  const problem = readProblem(answer);
  const said = problem.detail === undefined ? '' : ` It says: "${problem.detail}"`;

  const holding = problem.codes.find((code) => accountCodes.has(code));
  if (holding !== undefined)
    return {
      is: 'unauthorized',
      code: String(holding),
      message: `${accountCodes.get(holding)}${said}`,
    };
  const remedy =
    accountProblems.get(problem.type) ?? (answer.status === 402 ? noCredits : undefined);
  if (remedy !== undefined)
    return {
      is: 'unauthorized',
      code: problem.type === '' ? 'credits' : problem.type,
      message: `${remedy}${said}`,
    };
  if (answer.status === 429 || problem.codes.includes(dailyLimit))
    return {
      is: 'rate-limited',
      code: problem.codes.includes(dailyLimit) ? String(dailyLimit) : String(answer.status),
      message: `X asks to wait: its limit of requests or posts is reached.${said}`,
      retryAt: readResetAt(answer.headers, now),
    };
  if (isDuplicate(answer.status, problem))
    return {
      is: 'duplicate',
      code: 'duplicate',
      message: 'X refused the post: the account has already posted the same text. Change the text.',
    };
  if (answer.status === 401)
    return {
      is: 'unauthorized',
      code: '401',
      message: `X does not accept the keys and tokens of the account. Connect it again.${said}`,
    };
  if (answer.body !== undefined && answer.status >= 400 && answer.status < 500)
    return {
      is: 'rejected',
      code: problem.type === '' ? String(answer.status) : problem.type,
      message: `X refused the request.${said}`,
    };
  return undefined;
}

interface Problem {
  /** Last part of the problem's type: the host before it varies. Empty for `about:blank`. */
  readonly type: string;
  /** The numbers of the older API, which X still gives here and there. */
  readonly codes: readonly number[];
  readonly detail: string | undefined;
}

const dailyLimit = 185;
const duplicateStatus = 187;
const noCredits =
  'The developer account at X has no credits left. Buy credits in the developer portal, then resume the account.';

const accountCodes = new Map([
  [64, 'X has suspended the account. Appeal at X, then resume the account.'],
  [326, 'X has locked the account. Log in at x.com to unlock it, then resume the account.'],
  [416, 'X has suspended the developer app. Look into the developer portal.'],
  [
    226,
    'X takes the account for an automated one that it does not allow. Log in at x.com and look.',
  ],
]);

const accountProblems = new Map([
  ['credits', noCredits],
  [
    'usage-capped',
    'The monthly limit of the developer account at X is reached. Raise it in the portal.',
  ],
  [
    'oauth1-permissions',
    'The app at X may only read. Give it "Read and write" in the developer portal, then make a new access token.',
  ],
  [
    'client-forbidden',
    'The app at X is not in a project that may post. Look into the developer portal.',
  ],
  [
    'unsupported-authentication',
    'X does not take this kind of token for posting. Use the access token of a user, not of the app.',
  ],
]);

function readProblem(answer: Answer): Problem {
  const body = asObject(answer.body);
  const errors = asArray(body.errors).map(asObject);
  return {
    type: /\/problems\/([\w-]+)$/.exec(asText(body.type) ?? '')?.[1] ?? '',
    codes: errors.map((error) => error.code).filter((code) => typeof code === 'number'),
    detail: asText(errors[0]?.message) ?? asText(body.detail) ?? asText(body.title),
  };
}

/**
 * The one place where words decide: X gives a duplicate no code of its own. Taken only with the status and
 * at the start of the sentence, so that no text of a user quoted in it can look like one.
 */
function isDuplicate(status: number, problem: Problem): boolean {
  if (problem.codes.includes(duplicateStatus)) return true;
  const sentence = /^You are not allowed to create a (?:Tweet|Post) with duplicate content\b/i;
  return status === 403 && problem.type === '' && sentence.test(problem.detail ?? '');
}

/** When X takes requests again: the latest of the limits that are used up. */
function readResetAt(headers: Answer['headers'], now: number): Date {
  const skewMs = skewOf(headers, now);
  const resets = ['x-rate-limit', 'x-user-limit-24hour', 'x-app-limit-24hour']
    .filter((limit, index) => index === 0 || headers[`${limit}-remaining`] === '0')
    .map((limit) => Number(headers[`${limit}-reset`]))
    .filter((seconds) => Number.isFinite(seconds) && seconds > 0);

  if (resets.length > 0) return waitUntil(Math.max(...resets) * 1000 - skewMs, now);
  // The window of all of X's limits, where it does not say.
  return readRetryAt(headers, now) ?? new Date(now + 15 * 60_000);
}
