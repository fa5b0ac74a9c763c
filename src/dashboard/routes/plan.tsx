import type { Hono } from 'hono';
import type { Post } from '../../core/post.ts';
import type { VisitEnv } from '../access/entrance.tsx';
import type { DashboardData } from '../data.ts';
import { offerDeeds } from '../deeds/offer-deeds.ts';
import type { Row } from '../overview/row.ts';
import { ApprovalsPage } from '../pages/approvals-page.tsx';
import { NetworkPost } from '../pages/network-post.tsx';
import { PlanPage } from '../pages/plan-page.tsx';
import type { Setting } from '../pages/setting.ts';
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
    const names = rows.map(({ publication }) => publication);
    const [records, posts] = await Promise.all([data.publications(names), data.posts(names)]);
    const shown = rows.map((row, i) => {
      const post = posts.get(row.publication);
      const record = records[i];
      const offers = record === undefined ? [] : offerDeeds(record, post, setting.visitor);
      return {
        row,
        offer: offers.find(({ deed }) => deed === 'approve'),
        post: showPost(row, post, setting, data),
      };
    });
    return showPage(
      context,
      <ApprovalsPage {...{ setting, waiting: shown, total: waiting.length }} />,
    );
  });
}

function showPost(
  { publication, account }: Row,
  post: Post | undefined,
  { words }: Setting,
  { desk }: DashboardData,
) {
  if (post === undefined) return <p>{words.approvals.textUnknown}</p>;
  return (
    <NetworkPost
      {...{ publication, post, accountName: account }}
      account={desk.config.accounts.get(account)}
    />
  );
}
