import { readEnvironment } from '../../config/environment.ts';
import { loadFrame } from '../../config/load.ts';
import { openApp } from '../app.ts';
import type { ConfigFrame } from '../core/config.ts';
import { shutdownSignal } from '../core/shutdown.ts';
import { startDashboard } from '../dashboard/server.ts';
import { followConfig } from './follow-config.ts';
import { announceReady, openProcessLog, surroundingsOf } from './process.ts';
import { startOrShare } from './share-port.ts';

/** Serves the dashboard, in this process, until it is told to stop. */
export async function runDashboard(configFile: string | undefined): Promise<void> {
  const environment = await readEnvironment();
  const config = await loadFrame({ file: configFile });
  const log = openProcessLog('dashboard', config);
  const { stop, stopped } = shutdownSignal();

  await using app = await openApp(config, surroundingsOf(environment, log));
  const adopt = (next: ConfigFrame) => {
    log.learnSecrets(next);
    app.adopt(next);
  };
  using _following = followConfig(configFile, { log, adopt });
  const { ledger, queues } = app;
  const { dashboardHost: host, dashboardPort: port, dashboardPassword: password } = environment;
  const data = {
    publications: () => ledger.list(),
    posts: (names: readonly string[]) => ledger.posts(names),
    holds: () => ledger.holds(),
    frozen: () => ledger.frozen(),
    brokenConfig: () => app.configReports.read(),
    findings: () => app.examinations.findings(app.config.accounts.keys()),
    now: () => ledger.now(),
    timezone: () => app.config.timezone,
    sandboxUrl: config.sandbox ? `http://127.0.0.1:${environment.sandboxPort}` : undefined,
    queues: queues.all.values(),
  };
  const dashboard = await startOrShare({
    url: `http://${host}:${port}`,
    kind: 'dashboard',
    variable: 'CARILLON_DASHBOARD_PORT',
    log,
    stopped,
    start: () => startDashboard(data, { host, port, password }),
  });
  if (dashboard === undefined) return;
  await using _dashboard = dashboard;
  log.info({ url: dashboard.url }, 'The dashboard is open.');
  announceReady(dashboard.url);
  log.info(`Stopping: ${await stop}.`);
}
