import { isPublishError } from '../core/errors.ts';
import { ConfigError, formatProblem } from '../core/problem.ts';
import { EXIT } from './call.ts';

export interface Explanation {
  readonly message: string;
  readonly exitStatus: number;
}

/** What to tell people of an error that ended a command: what is wrong and what to do, never a stack. */
export function explainError(error: unknown): Explanation {
  if (error instanceof ConfigError) return explainConfigError(error);
  if (isPublishError(error)) return failed(`${asSentence(error.message)} (${error.code})`);
  if (!(error instanceof Error)) return unexpected(String(error));
  switch (error.name) {
    case 'EnvironmentError':
    case 'RedisUrlError':
    case 'DashboardError':
    case 'NotAgreedError':
    case 'SecretKeyError':
      return { message: asSentence(error.message), exitStatus: EXIT.wrongCall };
    case 'RedisUnavailableError':
    case 'SealedError':
    case 'ConnectError':
    case 'PortTakenError':
    case 'JournalError':
    case 'ImageError':
    case 'OverBudgetError':
    case 'BackupError':
      return failed(asSentence(error.message));
  }
  const redis = explainRedisError(error);
  return redis === undefined ? unexpected(error.message) : failed(redis);
}

function explainConfigError({ problems }: ConfigError): Explanation {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const said = errors === 1 ? 'One mistake keeps' : `${errors} mistakes keep`;
  const lines = [
    ...problems.map(formatProblem),
    `${said} this config from being used. Nothing was changed.`,
  ];
  return { message: lines.join('\n'), exitStatus: EXIT.wrongCall };
}

const UNREACHABLE = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH'],
  ...['ENETUNREACH', 'ENOENT', 'EACCES', 'EPIPE'],
]);
const GIVEN_UP = new Set(['Command timed out', 'Connection is closed.']);

/** Undefined if it is not an error of the connection to Redis or of Redis itself. */
function explainRedisError(error: Error): string | undefined {
  const isGivenUp = error.name === 'MaxRetriesPerRequestError' || GIVEN_UP.has(error.message);
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (isGivenUp || (syscall === 'connect' && UNREACHABLE.has(code ?? ''))) {
    return 'Redis does not answer. See whether it runs and whether REDIS_URL leads to it; "carillon doctor" says more.';
  }
  if (error.name !== 'ReplyError') return undefined;
  // The first word of a refusal is the code that Redis gives it.
  switch (/^[A-Z]+/.exec(error.message)?.[0]) {
    case 'NOAUTH':
    case 'WRONGPASS':
      return 'Redis wants another user or password: put the right ones into REDIS_URL.';
    case 'NOPERM':
      return 'The user in REDIS_URL may not do what Carillon needs: give it the right to all commands on keys that begin with {carillon.';
    case 'READONLY':
      return 'REDIS_URL leads to a replica, which takes no writes: give the address of the primary.';
    case 'LOADING':
      return 'Redis is reading its data from the disk: wait a moment and try again.';
    case 'OOM':
      return 'Redis has no memory left: give it more, or raise its maxmemory.';
    case 'MISCONF':
      return 'Redis cannot write to its disk: free space there.';
    default:
      return `Redis refused: ${asSentence(error.message)}`;
  }
}

function failed(message: string): Explanation {
  return { message, exitStatus: EXIT.failed };
}

function unexpected(words: string): Explanation {
  return failed(
    `Carillon itself failed: ${asSentence(words)} With --verbose it says where; please report it.`,
  );
}

function asSentence(text: string): string {
  const line = text.trim().replaceAll(/\s*\n\s*/g, ' ');
  return /[.!?…]["')]?$/.test(line) ? line : `${line}.`;
}
