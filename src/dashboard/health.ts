import type { Hono } from 'hono';
import type { VisitEnv } from './access/entrance.tsx';
import type { DashboardData } from './data.ts';

/** Due for longer than this without having moved, work counts as stuck. */
const STUCK_AFTER_MS = 60_000;
/** Whether it is stuck is asked every few seconds; how much is, need not be known to the last one. */
const LOOKED_AT = 200;

/** For whoever watches the process: they know no password, and learn no more than numbers. */
export function addHealth(app: Hono<VisitEnv>, { wakeable, now }: DashboardData): void {
  app.get('/healthz', (context) => context.json({ carillon: 'dashboard' }));
  app.get('/readyz', async (context) => {
    try {
      const overdue = await wakeable((await now()) - STUCK_AFTER_MS, LOOKED_AT);
      const stuck = overdue.filter(({ state }) => state === 'scheduled').length;
      return context.json({ ready: stuck === 0, stuck }, stuck > 0 ? 503 : 200);
    } catch {
      return context.json({ ready: false, reason: 'Redis does not answer.' }, 503);
    }
  });
}
