import { relative } from 'node:path';
import { readEnvironment } from '../../config/environment.ts';
import { openApp } from '../app.ts';
import type { ConfigFrame } from '../core/config.ts';
import { requireDashboardSettings } from '../core/dashboard-access.ts';
import { describeError, type Log } from '../core/log.ts';
import { operatorName } from '../core/operator.ts';
import { shutdownSignal } from '../core/shutdown.ts';
import { followLedger } from '../dashboard/overview/follow-ledger.ts';
import { startDashboard } from '../dashboard/server.ts';
import { followConfig } from './follow-config.ts';
import { keepAnswer } from './keep-answer.ts';
import { linkToDashboard } from './link-to-dashboard.ts';
import { openPlans } from './plan-apart.ts';
import { announceReady, openProcessLog, surroundingsOf } from './process.ts';
import { readApart } from './read-apart.ts';
import { readMetricFacts } from './read-metric-facts.ts';
import { readStanding } from './read-standing.ts';
import { startOrShare } from './share-port.ts';

/** Serves the dashboard, in this process, until it is told to stop. */
export async function runDashboard(configFile: string | undefined): Promise<void> {
  const environment = await readEnvironment();
  const { found, marks: since } = await readApart('frame', configFile);
  const config = found();
  const log = openProcessLog('dashboard', config);
  const { stop, stopped } = shutdownSignal();

  await using app = await openApp(config, surroundingsOf(environment, log));
  let settings = requireDashboardSettings(config.dashboard);
  const schedule = keepAnswer(() => readSchedule(configFile, log), SCHEDULE);
  const adopt = (next: ConfigFrame) => {
    schedule.forget();
    log.learnSecrets(next);
    app.adopt(next);
    // With a mistake in it, whoever could enter before still can: the scheduler says what is wrong.
    settings = next.dashboard ?? settings;
  };
  using _following = followConfig(configFile, { log, adopt, since });
  const { ledger, queues } = app;
  const { dashboardHost: host, dashboardPort: port } = environment;
  await using overview = followLedger({
    ledger,
    changes: app.followChanges(),
    onError: (error) => log.warn(describeError(error), 'The ledger could not be read.'),
  });
  const data = {
    overview,
    publications: (names: readonly string[]) => ledger.getMany(names),
    posts: (names: readonly string[]) => ledger.posts(names),
    countArchived: () => ledger.countArchived(),
    tallies: () => ledger.tallies(),
    metricFacts: () => readMetricFacts(app),
    holds: () => ledger.holds(),
    frozen: () => ledger.frozen(),
    brokenConfig: () => app.configReports.read(),
    findings: () => app.examinations.findings(app.config.accounts.keys()),
    standing: () => readStanding(app),
    plan: openPlans(configFile, stopped),
    configFile: relative('', config.file),
    now: () => ledger.now(),
    timezone: () => app.config.timezone,
    accounts: () => [...app.config.accounts.keys()],
    schedule: schedule.read,
    handOff: {
      ledger,
      accountOf: (name: string) => app.config.accounts.get(name),
      putBackJobs: () => app.putBackJobs(),
    },
    desk: app,
    sandboxUrl: config.sandbox ? `http://127.0.0.1:${environment.sandboxPort}` : undefined,
    queues: queues.all.values(),
    hideSecrets: log.hideInText,
  };
  const store = app.dashboardAccess;
  const localName = operatorName();
  const dashboard = await startOrShare({
    url: `http://${host}:${port}`,
    kind: 'dashboard',
    variable: 'CARILLON_DASHBOARD_PORT',
    log,
    stopped,
    start: () =>
      startDashboard(data, {
        ...{ host, port, store, localName },
        settings: () => settings,
        onError: (error) => log.error(describeError(error), 'A page could not be shown.'),
      }),
  });
  if (dashboard === undefined) return;
  await using _dashboard = dashboard;
  log.info({ url: dashboard.url }, 'The dashboard is open.');
  await using _alerts = await app.startAlerts({
    linkTo: linkToDashboard(() => app.config, environment),
  });
  announceReady(dashboard.url);
  log.info(`Stopping: ${await stop}.`);
}

/** A saved config is read at once; what it names, such as calendars, at this pace. A page does without it for now. */
const SCHEDULE = { keptMs: 5 * 60_000, waitMs: 1_000 };

async function readSchedule(configFile: string | undefined, log: Log) {
  try {
    return (await readApart('schedule', configFile)).found();
  } catch (error) {
    log.debug(describeError(error), 'The config cannot be read.');
    return undefined;
  }
}
