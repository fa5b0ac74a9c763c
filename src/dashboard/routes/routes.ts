import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { isLoopback } from '../../core/dashboard-access.ts';
import { addEntrance, type EntranceOptions, type VisitEnv } from '../access/entrance.tsx';
import { refuseForeignHosts, refuseForeignPages } from '../access/same-origin.ts';
import { addBullBoard } from '../bull-board.ts';
import type { DashboardData } from '../data.ts';
import { addHealth } from '../health.ts';
import { renderMetrics } from '../metrics.ts';
import { addAssets } from './assets.ts';
import { addCalendar } from './calendar.tsx';
import { addHistory } from './history.tsx';
import { addLanguage } from './language.ts';
import { addLive } from './live.ts';
import { addNow } from './now.tsx';
import { BULL_BOARD_POLICY, PAGE_POLICY } from './policies.ts';

export interface RouteOptions extends EntranceOptions {
  readonly host: string;
}

/** Every address of the dashboard. */
export function createRoutes(data: DashboardData, options: RouteOptions): Hono<VisitEnv> {
  const app = new Hono<VisitEnv>();
  app.use('/queues/*', secureHeaders({ contentSecurityPolicy: BULL_BOARD_POLICY }));
  app.use(secureHeaders({ contentSecurityPolicy: PAGE_POLICY }));
  if (isLoopback(options.host)) app.use(refuseForeignHosts);
  app.use(refuseForeignPages);
  addHealth(app, data);
  app.use(async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
  });
  addAssets(app);
  addEntrance(app, options);

  addLive(app, data);
  addNow(app, data);
  addCalendar(app, data);
  addHistory(app, data);
  app.get('/metrics', async (context) =>
    context.text(renderMetrics(data.overview, await data.now())),
  );
  addLanguage(app);
  addBullBoard(app, data.queues);
  return app;
}
