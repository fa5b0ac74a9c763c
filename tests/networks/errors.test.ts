import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFacebookError } from '../../src/networks/facebook/errors.ts';
import {
  type Answer,
  createRedactor,
  judgeAnswer,
  toPublishError,
  type Verdict,
} from '../../src/networks/http.ts';
import { readTwitterError } from '../../src/networks/twitter/errors.ts';
import { readYoutubeError } from '../../src/networks/youtube/errors.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const speaker = { id: 'n', displayName: 'N', redactor: createRedactor([]) };

type Read = (answer: Answer, now: number) => Verdict | undefined;

function judge(read: Read, effect: 'publish' | 'none', answer: Partial<Answer>) {
  const whole = { status: 200, headers: {}, body: undefined, ...answer };
  return toPublishError(speaker, judgeAnswer('N', effect, whole, read(whole, now), now));
}

/** `RejectedError n:400`, with `duplicate` or the seconds to wait behind it where they apply. */
function describeError(error: ReturnType<typeof judge>): string {
  const told = `${error.name.replace('Error', '')} ${error.code.slice(2)}`;
  if (error.name === 'RateLimitedError') return `${told} ${(error.retryAt.getTime() - now) / 1000}`;
  return error.name === 'RejectedError' && error.isDuplicate ? `${told} duplicate` : told;
}

function check(read: Read, cases: readonly [Partial<Answer>, string, string?][]) {
  for (const [answer, publishing, otherwise = publishing] of cases) {
    assert.equal(describeError(judge(read, 'publish', answer)), publishing, JSON.stringify(answer));
    assert.equal(describeError(judge(read, 'none', answer)), otherwise, JSON.stringify(answer));
  }
}

const problem = (name: string) => ({
  type: `https://api.twitter.com/2/problems/${name}`,
  detail: 'Why',
});
const duplicate = 'You are not allowed to create a Tweet with duplicate content.';

describe('an answer of X', () => {
  it('is judged by status and code', () => {
    check(readTwitterError, [
      [{ status: 400, body: problem('invalid-request') }, 'Rejected invalid-request'],
      [{ status: 403, body: { detail: 'Other', type: 'about:blank' } }, 'Rejected 403'],
      [{ status: 401, body: { title: 'Unauthorized' } }, 'Unauthorized 401'],
      [{ status: 402, body: problem('credits') }, 'Unauthorized credits'],
      [{ status: 402, body: {} }, 'Unauthorized credits'],
      [{ status: 403, body: problem('oauth1-permissions') }, 'Unauthorized oauth1-permissions'],
      [{ status: 403, body: problem('client-forbidden') }, 'Unauthorized client-forbidden'],
      [
        { status: 403, body: problem('unsupported-authentication') },
        'Unauthorized unsupported-authentication',
      ],
      [{ status: 429, body: problem('usage-capped') }, 'Unauthorized usage-capped'],
      ...[64, 326, 416, 226].map(
        (code) =>
          [{ status: 403, body: { errors: [{ code }] } }, `Unauthorized ${code}`] as [
            Partial<Answer>,
            string,
          ],
      ),
      [{ status: 403, body: { errors: [{ code: 187 }] } }, 'Rejected duplicate duplicate'],
      [{ status: 503, body: {} }, 'OutcomeUnknown 503', 'Transient 503'],
      [{ status: 502 }, 'OutcomeUnknown 502', 'Transient 502'],
      [{ status: 403 }, 'OutcomeUnknown 403', 'Transient 403'],
      [{ status: 302 }, 'OutcomeUnknown 302', 'Transient 302'],
      [{ status: 200 }, 'OutcomeUnknown not-json', 'Transient not-json'],
      [{ status: 201, body: {} }, 'OutcomeUnknown no-id', 'Transient no-id'],
    ]);
  });

  it('is a duplicate by its sentence alone, in the status and place it has', () => {
    check(readTwitterError, [
      [
        { status: 403, body: { detail: duplicate, type: 'about:blank' } },
        'Rejected duplicate duplicate',
      ],
      [{ status: 400, body: { detail: duplicate } }, 'Rejected 400'],
      [{ status: 403, body: { detail: `Not allowed: "${duplicate}"` } }, 'Rejected 403'],
    ]);
  });

  it('says when to come back, by whichever limit is used up, whatever our clock says', () => {
    const at = (seconds: number) => String(now / 1000 + seconds);
    const day = { 'x-user-limit-24hour-reset': at(7200) };
    check(readTwitterError, [
      [{ status: 429, headers: {} }, 'RateLimited 429 900'],
      [{ status: 429, headers: { 'x-rate-limit-reset': at(60) } }, 'RateLimited 429 60'],
      [{ status: 429, headers: { 'x-rate-limit-reset': at(-60) } }, 'RateLimited 429 1'],
      [{ status: 429, headers: { 'x-rate-limit-reset': '99999999999' } }, 'RateLimited 429 86400'],
      [{ status: 429, headers: { 'retry-after': '30' } }, 'RateLimited 429 30'],
      [{ status: 429, headers: { 'x-rate-limit-reset': at(60), ...day } }, 'RateLimited 429 60'],
      [
        {
          status: 429,
          headers: { 'x-rate-limit-reset': at(60), ...day, 'x-user-limit-24hour-remaining': '0' },
        },
        'RateLimited 429 7200',
      ],
      [
        {
          status: 429,
          headers: { 'x-rate-limit-reset': at(660), date: new Date(now + 600_000).toUTCString() },
        },
        'RateLimited 429 60',
      ],
      [{ status: 403, headers: {}, body: { errors: [{ code: 185 }] } }, 'RateLimited 185 900'],
    ]);
  });
});

describe('an answer of Facebook', () => {
  const graph = (code: number, over: object = {}, status = 400): Partial<Answer> => ({
    status,
    body: { error: { code, message: 'Why', ...over } },
  });

  it('is judged by code and subcode', () => {
    check(readFacebookError, [
      ...[102, 104, 190, 2500, 3, 10, 200, 299].map(
        (code) => [graph(code), `Unauthorized ${code}`] as [Partial<Answer>, string],
      ),
      [graph(190, { error_subcode: 460 }, 401), 'Unauthorized 190/460'],
      ...[4, 17, 32, 341, 613, 80001].map(
        (code) =>
          [graph(code, { is_transient: true }), `RateLimited ${code} 900`] as [
            Partial<Answer>,
            string,
          ],
      ),
      [graph(368, { error_subcode: 1390008 }), 'RateLimited 368/1390008 3600'],
      [graph(506), 'Rejected 506 duplicate'],
      [graph(1609005), 'Transient 1609005'],
      [graph(1), 'OutcomeUnknown 1', 'Transient 1'],
      [graph(2, {}, 500), 'OutcomeUnknown 2', 'Transient 2'],
      [graph(190, {}, 500), 'OutcomeUnknown 190', 'Unauthorized 190'],
      [graph(999, { is_transient: true }), 'OutcomeUnknown 999', 'Transient 999'],
      [graph(100), 'Rejected 100'],
      [graph(100, { message: 'an appsecret_proof argument' }), 'Unauthorized appsecret-proof'],
      [graph(506, {}, 200), 'Rejected 506 duplicate'],
      [{ status: 502 }, 'OutcomeUnknown 502', 'Transient 502'],
      [{ status: 200, body: { id: '' } }, 'OutcomeUnknown no-id', 'Transient no-id'],
    ]);
  });

  it('says in minutes when to come back, by the kind of limit that takes longest', () => {
    const limits = [
      { estimated_time_to_regain_access: 5 },
      { estimated_time_to_regain_access: 40 },
    ];
    const headers = { 'x-business-use-case-usage': JSON.stringify({ 1: limits }) };
    check(readFacebookError, [
      [{ ...graph(32), headers }, 'RateLimited 32 2400'],
      [{ ...graph(32), headers: { 'x-business-use-case-usage': '{bad' } }, 'RateLimited 32 900'],
    ]);
  });
});

describe('an answer of YouTube', () => {
  const google = (status: number, reason: string): Partial<Answer> => ({
    status,
    body: { error: { code: status, message: 'Why', errors: [{ reason }] } },
  });

  it('is judged by reason', () => {
    check(readYoutubeError, [
      [google(403, 'quotaExceeded'), 'RateLimited quotaExceeded 79200'],
      [google(403, 'rateLimitExceeded'), 'RateLimited rateLimitExceeded 60'],
      [{ status: 429, headers: { 'retry-after': '5' } }, 'RateLimited 429 5'],
      [
        google(403, 'authenticatedUserAccountSuspended'),
        'Unauthorized authenticatedUserAccountSuspended',
      ],
      [google(403, 'forbidden'), 'Unauthorized forbidden'],
      [google(401, 'authError'), 'Unauthorized authError'],
      [{ status: 400, body: { error: 'invalid_grant' } }, 'Unauthorized invalid_grant'],
      [google(400, 'invalidValue'), 'Rejected invalidValue'],
      [google(409, 'duplicate'), 'Rejected duplicate duplicate'],
      [google(503, 'backendError'), 'OutcomeUnknown 503', 'Transient 503'],
      [{ status: 200, body: { id: 5 } }, 'OutcomeUnknown no-id', 'Transient no-id'],
    ]);
  });
});

describe('when to come back', () => {
  it("is read from Retry-After as seconds, or as a date of the network's own clock", () => {
    const date = (offset: number) => new Date(now + offset * 1000).toUTCString();
    const none: Read = () => undefined;
    check(none, [
      [{ status: 429, headers: { 'retry-after': '120' } }, 'RateLimited 429 120'],
      [{ status: 429, headers: { 'retry-after': date(90) } }, 'RateLimited 429 90'],
      [
        { status: 429, headers: { 'retry-after': date(690), date: date(600) } },
        'RateLimited 429 90',
      ],
      [{ status: 429, headers: { 'retry-after': 'soon' } }, 'RateLimited 429 60'],
      [{ status: 429, headers: { 'retry-after': '-5' } }, 'RateLimited 429 1'],
    ]);
  });
});
