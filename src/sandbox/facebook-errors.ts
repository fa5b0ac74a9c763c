import { randomBytes } from 'node:crypto';
import { type Answer, Refusal, type RefusingFault } from './call.ts';

interface GraphError {
  readonly message: string;
  readonly code: number;
  readonly subcode?: number;
  readonly type?: string;
  readonly status?: number;
  readonly isTransient?: boolean;
  readonly userMessage?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The error envelope of the Graph API. */
export function graphError(error: GraphError): Answer {
  return {
    status: error.status ?? 400,
    ...(error.headers ? { headers: error.headers } : {}),
    body: {
      error: {
        message: error.message,
        type: error.type ?? 'OAuthException',
        code: error.code,
        ...(error.subcode === undefined ? {} : { error_subcode: error.subcode }),
        ...(error.isTransient === undefined ? {} : { is_transient: error.isTransient }),
        ...(error.userMessage === undefined
          ? {}
          : { error_user_title: 'Sandbox', error_user_msg: error.userMessage }),
        fbtrace_id: `A${randomBytes(16).toString('base64url')}`,
      },
    },
  };
}

/** Refuses a parameter: code 100. */
export function invalid(message: string, userMessage?: string): Refusal {
  return new Refusal(
    graphError({
      message: `(#100) ${message}`,
      code: 100,
      ...(userMessage === undefined ? {} : { userMessage }),
    }),
  );
}

/** Refuses an object that does not exist or that the token may not use: code 100, subcode 33. */
export function unsupported(method: string, id: string, userMessage?: string): Refusal {
  const verb = method.toLowerCase();
  return new Refusal(
    graphError({
      message: `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
      type: 'GraphMethodException',
      code: 100,
      subcode: 33,
      ...(userMessage === undefined ? {} : { userMessage }),
    }),
  );
}

export const noToken = graphError({
  message: 'An access token is required to request this resource.',
  code: 104,
});

/** What the Graph API says where a fault speaks. */
export function faultAnswer(
  kind: RefusingFault,
  delayMs: number,
  owner: string,
): Answer | undefined {
  switch (kind) {
    case 'refuse':
      return invalid('Invalid parameter').answer;
    case 'rate-limit':
      return tooMany(32, '(#32) Page request limit reached', delayMs, owner);
    case 'quota':
      return tooMany(4, '(#4) Application request limit reached', delayMs, owner);
    case 'server-error':
      return graphError({
        message: 'An unexpected error has occurred. Please retry your request later.',
        code: 2,
        status: 500,
        isTransient: true,
      });
    case 'duplicate':
      return duplicate;
    case 'unauthorized':
      return graphError({
        message:
          'Error validating access token: The session has been invalidated because the user changed their password.',
        code: 190,
        subcode: 460,
        status: 401,
      });
    case 'blocked':
      return graphError({
        message: 'The action attempted has been deemed abusive or is otherwise disallowed',
        code: 368,
        subcode: 1_390_008,
        isTransient: false,
      });
    case 'forbidden':
      return graphError({
        message: '(#200) The permission pages_manage_posts is required',
        code: 200,
        status: 403,
      });
    case 'proof-required':
      return graphError({
        message: 'API calls from the server require an appsecret_proof argument',
        type: 'GraphMethodException',
        code: 100,
      });
    case 'code-spent':
      return graphError({ message: 'This authorization code has been used.', code: 100 });
    case 'invalid-client':
      return graphError({ message: 'Error validating client secret.', code: 1 });
    default:
      return undefined;
  }
}

export const duplicate = graphError({
  message: '(#506) Duplicate status message',
  code: 506,
  isTransient: false,
  userMessage: 'This status update is identical to the last one you posted.',
});

function tooMany(code: number, message: string, delayMs: number, owner: string): Answer {
  const usage = {
    [owner]: [
      {
        type: 'pages',
        call_count: 100,
        total_cputime: 20,
        total_time: 20,
        estimated_time_to_regain_access: Math.ceil(delayMs / 60_000),
      },
    ],
  };
  return graphError({
    message,
    code,
    isTransient: true,
    headers: {
      'x-business-use-case-usage': JSON.stringify(usage),
      'retry-after': String(Math.ceil(delayMs / 1000)),
    },
  });
}
