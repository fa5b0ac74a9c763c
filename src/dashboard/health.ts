import type { Hono } from 'hono';
import type { VisitEnv } from './access/entrance.tsx';
import type { DashboardData } from './data.ts';

/** Due for longer than this without having moved, work counts as stuck. */
const STUCK_AFTER_MS = 60_000;

/**
 * For whoever watches the process: they know no password, and learn no more than numbers. `/healthz` is about this
 * process alone, `/readyz` about whether Carillon as a whole does what is due: what a pause, an approval, a budget or
 * a limit holds back does not count.
 */
export function addHealth(app: Hono<VisitEnv>, { tallies, frozen }: DashboardData): void {
  app.get('/healthz', (context) => context.json({ carillon: 'dashboard' }));
  app.get('/readyz', async (context) => {
    try {
      const { due, now } = await tallies();
      const stuck = [...due.values()].filter(({ since }) => now - since > STUCK_AFTER_MS);
      if (stuck.length === 0) return context.json({ ready: true });
      const oldestMs = Math.max(...stuck.map(({ since }) => now - since));
      const reason = (await frozen())
        ? 'The ledger is frozen, so nothing that is due is sent.'
        : `What has been due for ${Math.round(oldestMs / 1_000)} seconds does not move: look at the scheduler and the workers.`;
      return context.json({ ready: false, reason, oldestDueSeconds: oldestMs / 1_000 }, 503);
    } catch {
      return context.json({ ready: false, reason: 'Redis does not answer.' }, 503);
    }
  });
}
