import { type Answer, Refusal, type RefusingFault } from './call.ts';

/** Google's error envelope. */
export function googleError(
  code: number,
  reason: string,
  message: string,
  headers?: Readonly<Record<string, string>>,
): Answer {
  const domain = reason === 'quotaExceeded' ? 'youtube.quota' : 'youtube.post';
  return {
    status: code,
    ...(headers ? { headers } : {}),
    body: {
      error: {
        code,
        message,
        errors: [{ message, domain, reason }],
        status: statusNames[code] ?? 'UNKNOWN',
      },
    },
  };
}

const statusNames: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  405: 'UNIMPLEMENTED',
  409: 'ALREADY_EXISTS',
  413: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

export function refuse(code: number, reason: string, message: string): Refusal {
  return new Refusal(googleError(code, reason, message));
}

export const noCredentials = googleError(
  401,
  'required',
  'Request is missing required authentication credential. Expected OAuth 2 access token.',
  { 'www-authenticate': 'Bearer realm="https://accounts.google.com/"' },
);

/** The error of the token endpoint, which has a shape of its own. */
export function tokenError(error: string, description: string, status = 400): Answer {
  return { status, body: { error, error_description: description } };
}

/** What Google says where a fault speaks. */
export function faultAnswer(kind: RefusingFault, delayMs: number): Answer | undefined {
  switch (kind) {
    case 'refuse':
      return googleError(400, 'badRequest', 'The request is not valid.');
    case 'rate-limit':
      return googleError(429, 'rateLimitExceeded', 'Too many requests have been sent.', {
        'retry-after': String(Math.ceil(delayMs / 1000)),
      });
    case 'quota':
      return googleError(
        403,
        'quotaExceeded',
        'The request cannot be completed because you have exceeded your quota.',
      );
    case 'server-error':
      return googleError(503, 'backendError', 'Backend Error');
    case 'duplicate':
      return googleError(409, 'duplicate', 'The post already exists.');
    case 'unauthorized':
      return googleError(401, 'authError', 'Invalid Credentials', {
        'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"',
      });
    case 'blocked':
      return googleError(
        403,
        'authenticatedUserAccountSuspended',
        "The authenticated user's YouTube account is suspended.",
      );
    case 'forbidden':
      return googleError(404, 'notFound', 'Requested entity was not found.');
    default:
      return undefined;
  }
}
