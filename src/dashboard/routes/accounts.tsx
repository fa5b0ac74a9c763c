import type { Hono } from 'hono';
import type { VisitEnv } from '../access/entrance.tsx';
import { viewAccounts } from '../account-view.ts';
import type { DashboardData } from '../data.ts';
import { AccountsPage } from '../pages/accounts-page.tsx';
import { settingOf, showPage } from './show-page.ts';

/** How the accounts are. */
export function addAccounts(app: Hono<VisitEnv>, data: DashboardData): void {
  app.get('/accounts', async (context) => {
    const [setting, accounts] = await Promise.all([
      settingOf(context, data),
      viewAccounts(data.desk),
    ]);
    return showPage(context, <AccountsPage {...{ setting, accounts }} />);
  });
}
