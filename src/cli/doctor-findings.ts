import type { Account } from '../core/account.ts';
import { isPublishError } from '../core/errors.ts';
import type { Ink } from './ink.ts';
import { wrap } from './layout.ts';
import { count, sayDuration } from './words.ts';

/** One thing that the doctor has looked at: how it is, and what to do if it is not well. */
export interface Finding {
  readonly check: 'config' | 'redis' | 'ledger' | 'clock' | 'time zones' | 'account' | 'feed';
  readonly severity: 'ok' | 'warning' | 'error';
  readonly message: string;
  readonly remedy?: string;
  /** The account that it is about. */
  readonly account?: string;
}

const CLOCK_WARNING_MS = 2_000;
/** Networks refuse signatures that are five minutes off. */
const CLOCK_ERROR_MS = 120_000;

/** Judges how far this machine's clock is from that of Redis. */
export function judgeClock(offMs: number): Finding {
  const off = Math.abs(offMs);
  if (off < CLOCK_WARNING_MS) {
    return { check: 'clock', severity: 'ok', message: 'The clock agrees with that of Redis.' };
  }
  return {
    check: 'clock',
    severity: off < CLOCK_ERROR_MS ? 'warning' : 'error',
    message: `The clock of this machine is ${sayDuration(off)} ${offMs > 0 ? 'ahead of' : 'behind'} that of Redis, by which posts go out.`,
    remedy: 'Let both machines set their clocks by the network (NTP).',
  };
}

/** What the data of this Node says of the offset of a zone, in minutes; undefined if it does not know the zone. */
export type OffsetAt = (timezone: string, instant: number) => number | undefined;

/** Paris goes from winter to summer time at this instant. */
const KNOWN_CHANGE = { zone: 'Europe/Paris', at: Date.UTC(2026, 2, 29, 1), before: 60, after: 120 };
/** Older data than this misses changes that governments have made since. */
const OLDEST_DATA_YEARS = 2;

export function judgeTimeZones(
  timezone: string,
  offsetAt: OffsetAt,
  data: { readonly version: string | undefined; readonly year: number },
): Finding {
  const check = 'time zones';
  const { zone, at, before, after } = KNOWN_CHANGE;
  const remedy = 'Install a current Node.js with its full time-zone data (full-icu).';
  if (offsetAt(timezone, at) === undefined) {
    return {
      check,
      severity: 'error',
      message: `This Node.js does not know the time zone ${timezone}.`,
      remedy,
    };
  }
  if (offsetAt(zone, at - 1) !== before || offsetAt(zone, at) !== after) {
    return {
      check,
      severity: 'error',
      message: 'The time-zone data of this Node.js is wrong: it misses a change of 2026.',
      remedy,
    };
  }
  const dataYear = Number.parseInt(data.version ?? '', 10);
  if (dataYear <= data.year - OLDEST_DATA_YEARS) {
    return {
      check,
      severity: 'warning',
      message: `The time-zone data of this Node.js is of ${dataYear}: changes made since are missing.`,
      remedy: 'Install a current Node.js.',
    };
  }
  const version = data.version === undefined ? '' : ` (${data.version})`;
  return { check, severity: 'ok', message: `The time-zone data is in order${version}.` };
}

/** What to say of an account that could not be reached or that the network refuses. */
export function judgeAccountError(account: Account, error: unknown): Finding {
  const { name } = account;
  const words = error instanceof Error ? error.message : String(error);
  const code = isPublishError(error) ? ` (${error.code})` : '';
  const isRefused = isPublishError(error) && error.name === 'UnauthorizedError';
  return {
    check: 'account',
    account: name,
    severity: 'error',
    message: `${name}: ${words}${code}`,
    remedy: isRefused ? remedyForSecrets(name) : remedyForSilence(account),
  };
}

function remedyForSecrets(name: string): string {
  const prefix = `CARILLON_${name.toUpperCase().replaceAll('-', '_')}_`;
  return `Renew its secrets (${prefix}…), then run "carillon doctor" again.`;
}

function remedyForSilence({ sandbox, apiUrl }: Account): string {
  return sandbox
    ? `The sandbox runs with "carillon start" or "carillon sandbox"; it is to answer at ${apiUrl}.`
    : `See whether this machine reaches ${apiUrl}, and try again in a few minutes.`;
}

/** The findings for people: a line each, a remedy below where there is one, and the sum. */
export function linesOfFindings(
  findings: readonly Finding[],
  { ink, width }: { readonly ink: Ink; readonly width: number },
): readonly string[] {
  const lines = findings.flatMap(({ severity, message, remedy }) => {
    const indent = ' '.repeat(9);
    const [first = '', ...rest] = wrap(message, width, indent);
    const mark = markOf(severity, ink);
    const below = remedy === undefined ? [] : wrap(remedy, width, indent);
    return [`${mark}${first.slice(indent.length)}`, ...rest, ...below];
  });
  return [...lines, '', sumOf(findings)];
}

function markOf(severity: Finding['severity'], ink: Ink): string {
  switch (severity) {
    case 'ok':
      return `${ink.green('ok')}       `;
    case 'warning':
      return `${ink.yellow('warning')}  `;
    case 'error':
      return `${ink.red('error')}    `;
  }
}

function sumOf(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  if (errors + warnings === 0) return 'All is well.';
  const parts = [
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ];
  return `${parts.join(' and ')}.`;
}
