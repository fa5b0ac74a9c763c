import type { PrettyOptions } from 'pino-pretty';
import { lightRequire } from '../core/light-require.ts';

/**
 * Makes a function that turns a log line of JSON into one calm line for a terminal. Other lines, such as the
 * last words of a process that fell, stay as they are, behind the name of the part that said them.
 */
export function createPrettyLine(options: {
  colors: boolean;
}): (line: string, part?: string) => string {
  const prettyOptions: PrettyOptions = {
    colorize: options.colors,
    singleLine: true,
    ignore: 'time,pid,hostname,part,level,err',
    messageFormat: (fields, messageKey) => sayLine(fields, messageKey),
  };
  // Loaded only where somebody looks on: it costs every process start otherwise.
  const pretty = lightRequire<typeof import('pino-pretty')>('pino-pretty');
  const format = pretty.prettyFactory(prettyOptions);
  return (line, part) => {
    if (line.startsWith('{')) return format(line);
    return part === undefined ? `${line}\n` : `${part}  ${line}\n`;
  };
}

/** People read the level from a word only where something is wrong. */
function sayLine(fields: Readonly<Record<string, unknown>>, messageKey: string): string {
  const { time, part, level, err, [messageKey]: message } = fields;
  const words = [sayTime(time), part, wordOfLevel(level), message, sayError(err, message)];
  return words.filter((word) => typeof word === 'string' && word !== '').join('  ');
}

/** An error in one line: what it says beyond the message, and where it comes from. */
function sayError(error: unknown, message: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const facts: Readonly<Record<string, unknown>> = { ...error };
  const place = typeof facts.stack === 'string' ? /^ +at .*$/m.exec(facts.stack)?.[0].trim() : '';
  const words = [facts.name, facts.code, facts.message === message ? '' : facts.message, place];
  return `(${words.filter((word) => word !== undefined && word !== '').join(' ')})`;
}

/** The time of day on this machine's clock. */
function sayTime(time: unknown): string {
  return typeof time === 'string' ? new Date(time).toTimeString().slice(0, 8) : '';
}

function wordOfLevel(level: unknown): string {
  switch (level) {
    case 'warn':
      return 'Note:';
    case 'error':
    case 'fatal':
      return 'Error:';
    default:
      return '';
  }
}
