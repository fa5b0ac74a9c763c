import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import {
  refuseBrokenForms,
  refuseHugeBodies,
  refuseOtherBodies,
  refuseOtherVerbs,
} from '../access/bounds.ts';
import { addEntrance, type EntranceOptions, type VisitEnv } from '../access/entrance.tsx';
import { refuseForeignHosts, refuseForeignPages } from '../access/same-origin.ts';
import type { DashboardData } from '../data.ts';
import { addHealth } from '../health.ts';
import { wordsOf } from '../words/words.ts';
import { addAccounts } from './accounts.tsx';
import { addAssets } from './assets.ts';
import { addCalendar } from './calendar.tsx';
import { addDeeds } from './deeds.tsx';
import { addHandOff } from './hand-off.tsx';
import { addHistory } from './history.tsx';
import { addImages } from './images.ts';
import { addLanguage } from './language.ts';
import { addLinks } from './links.tsx';
import { addLive } from './live.ts';
import { addMetrics } from './metrics.ts';
import { addNow } from './now.tsx';
import { addPlan } from './plan.tsx';
import { BULL_BOARD_POLICY, PAGE_POLICY } from './policies.ts';
import { addPublication } from './publication.tsx';
import { addQueues } from './queues.ts';

export interface RouteOptions extends EntranceOptions {
  /** Told of what failed while a page was made. */
  onError(error: unknown): void;
}

/** Every address of the dashboard. */
export function createRoutes(data: DashboardData, options: RouteOptions): Hono<VisitEnv> {
  const app = new Hono<VisitEnv>();
  app.onError((error, context) => {
    options.onError(error);
    return context.text(wordsOf(context).fault, 500);
  });
  app.use(async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
  });
  app.use('/queues/*', secureHeaders({ contentSecurityPolicy: BULL_BOARD_POLICY }));
  app.use(secureHeaders({ contentSecurityPolicy: PAGE_POLICY }));
  app.use(refuseForeignHosts(options));
  app.use(refuseForeignPages(options));
  app.use(refuseOtherVerbs, refuseOtherBodies, refuseHugeBodies, refuseBrokenForms);
  addHealth(app, data);
  addAssets(app);
  addLinks(app, data, options);
  addEntrance(app, options);

  addLive(app, data);
  addNow(app, data);
  addPlan(app, data);
  addCalendar(app, data);
  addHistory(app, data);
  addHandOff(app, data);
  addPublication(app, data);
  addDeeds(app, data, options);
  addAccounts(app, data);
  addImages(app, data.handOff.ledger);
  addMetrics(app, data);
  addLanguage(app);
  addQueues(app, data);
  return app;
}
