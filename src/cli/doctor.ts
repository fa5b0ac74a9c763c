import type { App } from '../app.ts';
import type { Account } from '../core/account.ts';
import type { Config } from '../core/config.ts';
import { ConfigError, formatProblem, type Problem } from '../core/problem.ts';
import type { Session } from '../networks/network.ts';
import { findNetwork } from '../networks/registry.ts';
import { type Call, EXIT } from './call.ts';
import { sayChecked } from './check.ts';
import { composePosts, displayNameOf } from './compose-posts.ts';
import {
  type Finding,
  judgeAccountError,
  judgeClock,
  judgeTimeZones,
  linesOfFindings,
} from './doctor-findings.ts';
import { explainError } from './explain-error.ts';
import { linesOfFeedFaults } from './feeds-text.ts';
import { createInk } from './ink.ts';
import { linesOfObstacles, readObstacles } from './obstacles.ts';
import { openAppFor, readConfig } from './open.ts';
import { printJson, printLines } from './print.ts';
import { openCalendar } from './say-time.ts';

/** `carillon doctor` */
export async function run(call: Call): Promise<number> {
  const { io } = call;
  const findings = await examine(call);
  const ok = !findings.some(({ severity }) => severity === 'error');
  if (call.has('json')) printJson(io, { ok, findings });
  else
    printLines(io, linesOfFindings(findings, { ink: createInk(io.hasColors), width: io.columns }));
  return ok ? EXIT.done : EXIT.failed;
}

async function examine(call: Call): Promise<readonly Finding[]> {
  let config: Config;
  const findings: Finding[] = [];
  try {
    const read = await readConfig(call);
    config = read.config;
    findings.push(...(await examineConfig(call, config, read.warnings)));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [
      ...error.problems.map(findingOfProblem),
      {
        check: 'config',
        severity: 'warning',
        message: 'Redis and the accounts were not looked at, as the config cannot be used.',
        remedy: 'Mend the config first.',
      },
    ];
  }
  findings.push(judgeTimeZones(config.timezone, offsetAt, readTimeZoneData()));

  let app: App;
  try {
    app = await openAppFor(call, config);
  } catch (error) {
    return [
      ...findings,
      { check: 'redis', severity: 'error', message: explainError(error).message },
      {
        check: 'account',
        severity: 'warning',
        message: 'The accounts were not looked at, as that needs Redis.',
      },
    ];
  }
  await using opened = app;
  findings.push(...examineRedis(opened), await examineClock(opened));
  findings.push(...(await examineLedger(opened)));
  findings.push(...(await examineFeeds(config, opened)));
  return [...findings, ...(await examineAccounts(opened))];
}

async function examineConfig(
  call: Call,
  config: Config,
  warnings: readonly Problem[],
): Promise<Finding[]> {
  const { intents, problems } = await composePosts(config, call);
  const all = [...warnings, ...problems];
  if (all.length > 0) return all.map(findingOfProblem);
  const checked = {
    problems: all,
    publications: intents.length,
    entries: config.entries.length,
    feeds: config.feeds.length,
  };
  return [{ check: 'config', severity: 'ok', message: sayChecked(checked) }];
}

function findingOfProblem(problem: Problem): Finding {
  const { severity, ...place } = problem;
  return { check: 'config', severity, message: formatProblem({ ...place, severity: 'error' }) };
}

function examineRedis({ redisFindings }: App): Finding[] {
  if (redisFindings.length === 0) {
    return [
      { check: 'redis', severity: 'ok', message: 'Redis answers, and is safe for the ledger.' },
    ];
  }
  return redisFindings.map(({ severity, message }) => ({ check: 'redis', severity, message }));
}

async function examineClock({ ledger }: App): Promise<Finding> {
  const before = Date.now();
  const theirs = await ledger.now();
  const ours = (before + Date.now()) / 2;
  return judgeClock(ours - theirs);
}

async function examineLedger(app: App): Promise<Finding[]> {
  const calendar = openCalendar(app.config.timezone);
  const lines = linesOfObstacles(await readObstacles(app), calendar);
  return lines.map((message) => ({ check: 'ledger', severity: 'warning', message }));
}

async function examineFeeds({ feeds, timezone }: Config, app: App): Promise<Finding[]> {
  const states = await app.feedMemory.states();
  const now = await app.ledger.now();
  const calendar = openCalendar(timezone);
  return feeds.map(({ id, everyMs }) => {
    const check = 'feed';
    const state = states.get(id);
    if (state === undefined) {
      return { check, severity: 'ok', message: `${id}: not asked yet; the scheduler does it.` };
    }
    const [fault] = linesOfFeedFaults(new Map([[id, state]]), now, calendar);
    if (fault !== undefined) return { check, severity: 'warning', message: fault };
    if (state.warning !== undefined) {
      return { check, severity: 'warning', message: `${id}: ${state.warning}` };
    }
    if (state.nextAt < now - Math.max(everyMs, SLOW_SCHEDULER_MS)) {
      const message = `${id}: nobody has asked it since ${calendar.short(state.askedAt)}.`;
      return { check, severity: 'warning', message, remedy: 'Start the scheduler.' };
    }
    return { check, severity: 'ok', message: `${id}: last read ${calendar.short(state.askedAt)}.` };
  });
}

/** A scheduler that is at work is never so late. */
const SLOW_SCHEDULER_MS = 600_000;

async function examineAccounts(app: App): Promise<Finding[]> {
  const accounts = [...app.config.accounts.values()];
  // Loading their SDKs takes time that is not to count as the networks'.
  const sessions = await Promise.allSettled(accounts.map(({ name }) => app.sessionOf(name)));
  return Promise.all(
    accounts.map(async (account, i) => {
      const session = sessions[i];
      if (session?.status === 'rejected') return judgeAccountError(account, session.reason);
      return examineAccount(account, session?.value, app.config.publishing.requestTimeoutMs);
    }),
  );
}

async function examineAccount(
  account: Account,
  session: Session | undefined,
  requestTimeoutMs: number,
): Promise<Finding> {
  const { name, network, settings } = account;
  const isAssisted = findNetwork(network)?.isAssisted(settings) === true;
  try {
    if (session === undefined) throw new Error('it is not in the config.');
    const whose = await session.identify(AbortSignal.timeout(2 * requestTimeoutMs));
    const how = isAssisted ? 'a person posts by hand there' : 'its credentials work';
    const message = `${name}: ${whose} on ${displayNameOf(network)}; ${how}.`;
    return { check: 'account', account: name, severity: 'ok', message };
  } catch (error) {
    return judgeAccountError(account, error);
  }
}

function offsetAt(timeZone: string, instant: number): number | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value;
    const [, sign = '+', hours = '0', minutes = '0'] =
      /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name ?? '') ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  } catch {
    return undefined;
  }
}

function readTimeZoneData(): { version: string | undefined; year: number } {
  return { version: process.versions.tz, year: new Date().getUTCFullYear() };
}
