import { readEnvironment } from '../../config/environment.ts';
import type { App } from '../app.ts';
import type { Config } from '../core/config.ts';
import { ConfigError, formatProblem, type Problem } from '../core/problem.ts';
import { openCalendar } from '../core/say-time.ts';
import { examineDiskSpace } from '../doctor/disk-space.ts';
import type { Finding } from '../doctor/finding.ts';
import { examineTimeZones } from '../doctor/time-zones.ts';
import { readObstacles, sayObstacles } from '../telling/obstacles.ts';
import { type Call, EXIT } from './call.ts';
import { sayChecked } from './check.ts';
import { composePosts } from './compose-posts.ts';
import { linesOfFindings } from './doctor-text.ts';
import { examineFeeds } from './examine-feeds.ts';
import { explainError } from './explain-error.ts';
import { createInk } from './ink.ts';
import { openAppFor, readConfig } from './open.ts';
import { printJson, printLines } from './print.ts';

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
        code: 'not examined',
        severity: 'warning',
        message: 'Redis and the accounts were not looked at, as the config cannot be used.',
        remedy: 'Mend the config first.',
      },
    ];
  }
  let app: App;
  try {
    app = await openAppFor(call, config);
  } catch (error) {
    return [...findings, ...(await examineWithoutRedis(call, config, error))];
  }
  await using opened = app;
  const [ofAccounts, others] = divide(await opened.examine({ isFresh: true }));
  findings.push(...others, ...(await examineLedger(opened)));
  return [...findings, ...(await examineFeeds(config, opened)), ...ofAccounts];
}

function divide(findings: readonly Finding[]): [readonly Finding[], readonly Finding[]] {
  const isOfAccount = ({ check }: Finding) => check === 'account';
  return [findings.filter(isOfAccount), findings.filter((finding) => !isOfAccount(finding))];
}

/** The explanation leads here, for whoever reads it elsewhere. */
const POINTER = '; "carillon doctor" says more';

async function examineWithoutRedis(
  { io }: Call,
  { timezone }: Config,
  error: unknown,
): Promise<readonly Finding[]> {
  const { dataDir } = await readEnvironment(io.env, io.cwd);
  return [
    examineTimeZones(timezone),
    await examineDiskSpace(dataDir),
    {
      check: 'redis',
      code: 'no answer',
      severity: 'error',
      message: explainError(error).message.replace(POINTER, ''),
      remedy: 'Without Redis nothing is planned and nothing goes out: mend this first.',
    },
    {
      check: 'account',
      code: 'not examined',
      severity: 'warning',
      message: 'The accounts were not looked at, as that needs Redis.',
      remedy: 'Run "carillon doctor" again once Redis answers.',
    },
  ];
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
  return [{ check: 'config', code: 'mistake', severity: 'ok', message: sayChecked(checked) }];
}

function findingOfProblem(problem: Problem): Finding {
  const { severity, ...place } = problem;
  return {
    check: 'config',
    code: 'mistake',
    severity,
    message: formatProblem({ ...place, severity: 'error' }),
    remedy: 'Mend it there; "carillon check" shows the same without Redis.',
  };
}

async function examineLedger(app: App): Promise<Finding[]> {
  const obstacles = sayObstacles(await readObstacles(app), openCalendar(app.config.timezone));
  return obstacles.map(({ code, message, remedy }) => ({
    check: 'ledger',
    severity: 'warning',
    ...{ code, message, remedy },
  }));
}
