import { type Answer, Refusal, type RefusingFault } from './call.ts';

const problems = 'https://api.x.com/2/problems';

/** The error body of API v2. */
export function problem(status: number, title: string, detail: string, type: string): Answer {
  const path = type === 'about:blank' ? type : `${problems}/${type}`;
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: { title, detail, type: path, status },
  };
}

/** Refuses a request whose parameters are wrong, as X does: 400 with the parameter and a reason. */
export function invalid(message: string, parameters: Record<string, unknown> = {}): Refusal {
  const listed = Object.entries(parameters).map(([key, value]) => [key, [String(value)]]);
  return new Refusal({
    status: 400,
    headers: { 'content-type': 'application/problem+json' },
    body: {
      errors: [{ parameters: Object.fromEntries(listed) as unknown, message }],
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: `${problems}/invalid-request`,
      status: 400,
    },
  });
}

export function forbidden(detail: string): Refusal {
  return new Refusal(problem(403, 'Forbidden', detail, 'about:blank'));
}

export function notFound(kind: string, parameter: string, id: string): Refusal {
  return new Refusal({
    status: 404,
    headers: { 'content-type': 'application/problem+json' },
    body: { errors: [missing(kind, parameter, id)], ...missing(kind, parameter, id), status: 404 },
  });
}

/** How X says inside an answer that something asked for is not there. */
export function missing(kind: string, parameter: string, id: string): Record<string, string> {
  return {
    value: id,
    detail: `Could not find ${kind} with ${parameter}: [${id}].`,
    title: 'Not Found Error',
    resource_type: kind,
    parameter,
    resource_id: id,
    type: `${problems}/resource-not-found`,
  };
}

export const unauthorized = problem(401, 'Unauthorized', 'Unauthorized', 'about:blank');

export const duplicate = problem(
  403,
  'Forbidden',
  'You are not allowed to create a Tweet with duplicate content.',
  'about:blank',
);

/** What X says where a fault speaks. */
export function faultAnswer(kind: RefusingFault, resetAt: number): Answer | undefined {
  switch (kind) {
    case 'refuse':
      return problem(
        403,
        'Forbidden',
        'You are not permitted to perform this action.',
        'about:blank',
      );
    case 'rate-limit':
      return tooMany('Too Many Requests', 'about:blank', resetAt);
    case 'quota':
      return tooMany('Usage cap exceeded: Monthly product cap', 'usage-capped', resetAt);
    case 'server-error':
      return problem(503, 'Service Unavailable', 'Service Unavailable', 'about:blank');
    case 'duplicate':
      return duplicate;
    case 'unauthorized':
      return unauthorized;
    case 'blocked':
      return problem(
        402,
        'CreditsDepleted',
        'Your enrolled account does not have any credits to fulfill this request.',
        'credits',
      );
    case 'forbidden':
      return problem(
        403,
        'Forbidden',
        'Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.',
        'oauth1-permissions',
      );
    case 'renamed-fields':
      return unknownQuery('tweet.fields');
    case 'unrenamed-fields':
      return unknownQuery('post.fields');
    default:
      return undefined;
  }
}

function unknownQuery(name: string): Answer {
  const message = `The query parameter [${name}] is not one of those that this endpoint knows`;
  return invalid(message, { [name]: '' }).answer;
}

function tooMany(detail: string, type: string, resetAt: number): Answer {
  const answer = problem(429, 'Too Many Requests', detail, type);
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'x-rate-limit-limit': '100',
      'x-rate-limit-remaining': '0',
      'x-rate-limit-reset': String(Math.ceil(resetAt / 1000)),
    },
  };
}
