import type { DestinationStream, Logger } from 'pino';
import { lightRequire } from '../core/light-require.ts';
import { createPrettyLine } from './pretty.ts';
import { cleanFields, createSecrets, type Secrets } from './redact.ts';

const { destination, pino, stdTimeFunctions } = lightRequire<typeof import('pino')>('pino');

export interface LogOptions {
  /** Which process or part speaks, such as `worker twitter`. */
  readonly part: string;
  /** Values that never appear in a line, whatever string they stand in. */
  readonly secrets?: readonly string[] | Secrets;
  readonly level?: LogLevel;
  /** Lines for people instead of JSON. Without it: on a terminal only. */
  readonly pretty?: boolean;
  /** Where the lines go; standard error without it. */
  readonly stream?: DestinationStream;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * A log on standard error. It never holds a secret that it was told of or that stands under a secret's name,
 * nor what a failed request or command carried.
 */
export function createLog(options: LogOptions): Logger {
  const stream = options.stream ?? openStandardError();
  const { secrets = [] } = options;
  const hiding = 'hide' in secrets ? secrets : createSecrets(secrets);
  const isPretty =
    options.pretty ?? (options.stream === undefined && process.stderr.isTTY === true);
  return pino(
    {
      level: options.level ?? 'info',
      base: { pid: process.pid, part: options.part },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: cleanLogFields },
      // Errors are cleaned with all other fields.
      serializers: { err: (error: unknown) => error },
      hooks: { streamWrite: hiding.hide },
    },
    isPretty ? prettify(stream) : stream,
  );
}

function cleanLogFields(fields: Record<string, unknown>): Record<string, unknown> {
  try {
    const cleaned = cleanFields(fields);
    return typeof cleaned === 'object' && cleaned !== null ? { ...cleaned } : {};
  } catch {
    // A field that throws when it is read must not stop what the log line is about.
    return {};
  }
}

/** Written at once, so that the last words of a process that dies are there. */
function openStandardError(): DestinationStream {
  const stream = destination({ fd: 2, sync: true });
  // Nobody reads any more, as the supervisor is gone: that must not end a request under way.
  stream.on('error', () => {});
  return stream;
}

function prettify(stream: DestinationStream): DestinationStream {
  const colors = process.stderr.isTTY === true && process.stderr.hasColors();
  const toLine = createPrettyLine({ colors });
  return { write: (line) => stream.write(toLine(line)) };
}
