import type { Hono } from 'hono';
import type { VisitEnv } from '../access/entrance.tsx';
import type { DashboardData } from '../data.ts';
import { accountMetrics } from '../metrics/account-metrics.ts';
import { ledgerMetrics } from '../metrics/ledger-metrics.ts';
import { processMetrics } from '../metrics/process-metrics.ts';
import { METRICS_TYPE, renderMetrics } from '../metrics/render-metrics.ts';

/** All that Carillon tells those who collect numbers, in one place: workers and scheduler have no address of their own. */
export function addMetrics(
  app: Hono<VisitEnv>,
  { overview, metricFacts }: Pick<DashboardData, 'overview' | 'metricFacts'>,
): void {
  app.get('/metrics', async (context) => {
    const facts = await metricFacts();
    const text = renderMetrics([
      ...ledgerMetrics(overview, facts),
      ...accountMetrics(facts),
      ...processMetrics(facts),
    ]);
    return context.body(text, 200, { 'content-type': METRICS_TYPE });
  });
}
