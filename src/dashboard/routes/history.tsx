import type { Hono } from 'hono';
import type { VisitEnv } from '../access/entrance.tsx';
import type { DashboardData } from '../data.ts';
import { toCsv, toJson } from '../export-history.ts';
import { readHistoryQuery } from '../overview/history-query.ts';
import { openHistorySearch } from '../overview/search-history.ts';
import { HistoryPage, ROWS_OF_PAGE } from '../pages/history-page.tsx';
import { settingOf, showPage } from './show-page.ts';

/** The past, to search and to take away. */
export function addHistory(app: Hono<VisitEnv>, data: DashboardData): void {
  const search = openHistorySearch(data.overview);
  app.get('/history', async (context) => {
    const setting = await settingOf(context, data);
    const query = readHistoryQuery((name) => context.req.query(name));
    const skip = (query.page - 1) * ROWS_OF_PAGE;
    const all = search(query);
    const found = {
      rows: all.slice(skip, skip + ROWS_OF_PAGE),
      total: all.length,
      archived: await data.countArchived(),
    };
    return showPage(
      context,
      <HistoryPage {...{ setting, query, ...found, accounts: data.accounts() }} />,
    );
  });
  const exports = [
    ['csv', 'text/csv; charset=utf-8', toCsv],
    ['json', 'application/json', toJson],
  ] as const;
  for (const [ending, type, write] of exports) {
    app.get(`/history.${ending}`, (context) => {
      const query = readHistoryQuery((name) => context.req.query(name));
      return context.body(write(search(query)), 200, {
        'content-type': type,
        'content-disposition': `attachment; filename="carillon-history.${ending}"`,
      });
    });
  }
}
