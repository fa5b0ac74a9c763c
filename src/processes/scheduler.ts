import { relative } from 'node:path';
import { readEnvironment } from '../../config/environment.ts';
import { loadConfig, loadFrame } from '../../config/load.ts';
import { openApp } from '../app.ts';
import type { Config } from '../core/config.ts';
import { shutdownSignal } from '../core/shutdown.ts';
import { keepApplied } from '../scheduler/keep-applied.ts';
import { examineApart } from './examine-apart.ts';
import { linkToDashboard } from './link-to-dashboard.ts';
import { announceReady, openProcessLog, surroundingsOf, warnAboutRedis } from './process.ts';
import { tellPlan } from './tell-plan.ts';

export interface SchedulerOptions {
  /** False: what a saved config would change is said, and nothing is changed. */
  readonly applies: boolean;
}

/** Applies the config as it is saved, and keeps queue and ledger in step, until it is told to stop. */
export async function runScheduler(
  configFile: string | undefined,
  { applies }: SchedulerOptions,
): Promise<void> {
  const environment = await readEnvironment();
  const frame = await loadFrame({ file: configFile });
  const log = openProcessLog('scheduler', frame);
  const { stop, stopped } = shutdownSignal();

  await using app = await openApp(frame, surroundingsOf(environment, log));
  warnAboutRedis(app, log);

  let applied: Config | undefined;
  const apply = async (config: Config): Promise<void> => {
    app.adopt(config);
    log.learnSecrets(config);
    if (!applies) {
      tellPlan(await app.plan(config), 'not applied', log);
      if (config.feeds.length > 0)
        log.warn('The feeds are not asked, as this scheduler applies nothing.');
      return;
    }
    const { plan } = await app.apply(config, (planned) => tellPlan(planned, 'planned', log));
    const { changes, unchanged } = plan;
    applied = config;
    log.info({ changes: changes.length, unchanged }, 'The config is applied.');
  };
  let leads = () => false;
  using keeper = keepApplied({
    file: configFile ?? relative('', frame.file),
    read: async (note) => (await loadConfig({ file: configFile, note })).config,
    apply,
    leads: () => leads(),
    reports: app.configReports,
    now: () => app.ledger.now(),
    log,
    signal: stopped,
  });
  await using scheduler = await app.startScheduler({
    applies,
    onLead: () => void keeper.reapply('this scheduler leads'),
    onRecovered: () => void keeper.reapply('the ledger had lost something'),
    examine: () => examineApart(configFile, stopped),
  });
  leads = scheduler.leads;
  await using _feeds = await app.startFeeds(() => (leads() ? applied : undefined));
  await using _alerts = await app.startAlerts({
    linkTo: linkToDashboard(() => app.config, environment),
  });
  await scheduler.begun;
  // Ready once what is in the config can be seen, unless another scheduler sees to that.
  await keeper.rest();
  announceReady();
  log.info(`Stopping: ${await stop}.`);
}
