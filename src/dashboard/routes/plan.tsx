import type { Hono } from 'hono';
import type { VisitEnv } from '../access/entrance.tsx';
import type { DashboardData } from '../data.ts';
import { ApprovalsPage } from '../pages/approvals-page.tsx';
import { PlanPage } from '../pages/plan-page.tsx';
import { settingOf, showPage } from './show-page.ts';

/** So many texts are read at once. */
const APPROVALS_OF_PAGE = 25;

/** What the config would change, and what waits for approval. */
export function addPlan(app: Hono<VisitEnv>, data: DashboardData): void {
  const { overview } = data;
  app.get('/plan', async (context) => {
    const [setting, report, { scheduler }] = await Promise.all([
      settingOf(context, data),
      data.plan(),
      data.standing(),
    ]);
    const { outcome } = report;
    const changes = outcome.kind === 'planned' ? outcome.plan.changes : [];
    const names = changes.map(({ publication }) => publication);
    const known = new Set(names.filter((name) => overview.get(name) !== undefined));
    return showPage(context, <PlanPage {...{ setting, report, scheduler, known }} />);
  });
  app.get('/approvals', async (context) => {
    const setting = await settingOf(context, data);
    const waiting = [...overview.needing()].filter(({ need }) => need === 'approval');
    const rows = waiting.slice(0, APPROVALS_OF_PAGE);
    const posts = await data.posts(rows.map(({ publication }) => publication));
    return showPage(
      context,
      <ApprovalsPage {...{ setting, rows, posts, total: waiting.length }} />,
    );
  });
}
