import type { App } from '../app.ts';
import { readVersion } from '../core/version.ts';
import type { MetricFacts } from '../dashboard/metrics/metric-facts.ts';
import { COUNTED_JOBS } from '../dashboard/metrics/process-metrics.ts';
import { readStanding } from './read-standing.ts';

/** What metrics are made of by now. Costs the same whatever is planned. */
export async function readMetricFacts(app: App): Promise<MetricFacts> {
  const { ledger, queues, heartbeats, configReports, config } = app;
  const [tallies, standing, beats, holds, frozen, report, limitRooms, accessEnds, depths] =
    await Promise.all([
      ledger.tallies(),
      readStanding(app),
      heartbeats.all(),
      ledger.holds(),
      ledger.frozen(),
      configReports.read(),
      app.limitRooms(),
      app.accessEnds(),
      Promise.all(
        [...queues.all].map(async ([name, queue]) => ({
          queue: name,
          jobs: await queue.getJobCounts(...COUNTED_JOBS),
        })),
      ),
    ]);
  return {
    version: readVersion(),
    ...{ tallies, standing, holds, frozen, limitRooms, accessEnds },
    heartbeats: beats,
    isConfigBroken: report !== undefined,
    budget: config.budget,
    queues: depths,
  };
}
