import { type Context, Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import { streamSSE } from 'hono/streaming';
import { readCalendar } from '../calendar/calendar-event.ts';
import { writeIcs } from '../calendar/write-ics.ts';
import { isFault } from '../doctor/finding.ts';
import { findNetwork } from '../networks/registry.ts';
import { refuseHugeBodies, refuseOtherBodies, refuseOtherVerbs } from './access/bounds.ts';
import { addEntrance, type EntranceOptions, type VisitEnv } from './access/entrance.tsx';
import { refuseForeignHosts, refuseForeignPages } from './access/same-origin.ts';
import { icon } from './assets/icon.ts';
import { liveScript } from './assets/live-script.ts';
import { style } from './assets/style.ts';
import { addBullBoard } from './bull-board.ts';
import { viewCalendar } from './calendar-view.ts';
import type { DashboardData } from './data.ts';
import { toCsv, toJson } from './export-history.ts';
import { addHealth } from './health.ts';
import { renderMetrics } from './metrics.ts';
import { matches, readHistoryQuery } from './overview/history-query.ts';
import { CalendarPage } from './pages/calendar-page.tsx';
import { HistoryPage, ROWS_OF_PAGE } from './pages/history-page.tsx';
import type { Setting } from './pages/layout.tsx';
import { NowPage } from './pages/now-page.tsx';
import { LANGUAGE_COOKIE, wordsOf } from './words/words.ts';

/** Every address of the dashboard. */
export function createRoutes(data: DashboardData, options: EntranceOptions): Hono<VisitEnv> {
  const app = new Hono<VisitEnv>();
  app.use('/queues/*', secureHeaders({ contentSecurityPolicy: BULL_BOARD_POLICY }));
  app.use(secureHeaders({ contentSecurityPolicy: PAGE_POLICY }));
  app.use(refuseForeignHosts(options));
  app.use(refuseForeignPages(options));
  app.use(refuseOtherVerbs, refuseOtherBodies, refuseHugeBodies);
  addHealth(app, data);
  app.use(async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
  });
  addAssets(app);
  addEntrance(app, options);

  app.get('/live', (context) => tellChanges(context, data));
  app.get('/', async (context) => {
    const [setting, holds, frozen, brokenConfig, findings] = await Promise.all([
      settingOf(context, data),
      data.holds(),
      data.frozen(),
      data.brokenConfig(),
      data.findings(),
    ]);
    const obstacles = { holds, frozen, brokenConfig, faults: findings.filter(isFault) };
    return show(context, <NowPage {...{ setting, overview: data.overview, ...obstacles }} />);
  });
  app.get('/calendar', async (context) => {
    const [setting, schedule] = await Promise.all([settingOf(context, data), data.schedule()]);
    const { timezone, now } = setting;
    const view = viewCalendar({
      ...{ overview: data.overview, timezone, now, schedule },
      view: context.req.query('view'),
      day: context.req.query('day'),
    });
    return show(context, <CalendarPage {...{ setting, view, accounts: data.accounts() }} />);
  });
  addHistory(app, data);
  app.get('/metrics', async (context) =>
    context.text(renderMetrics(data.overview, await data.now())),
  );
  app.get('/calendar.ics', async (context) => {
    const body = await renderCalendar(data);
    return context.body(body, 200, { 'content-type': 'text/calendar; charset=utf-8' });
  });
  app.get('/language/:language', (context) => {
    setCookie(context, LANGUAGE_COOKIE, context.req.param('language').slice(0, 20), {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
    });
    return context.redirect('/', 303);
  });
  addBullBoard(app, data.queues);
  return app;
}

const PAGE_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

// Bull Board sets the colours of its theme in style attributes.
const BULL_BOARD_POLICY = {
  ...PAGE_POLICY,
  defaultSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
};

function addAssets(app: Hono<VisitEnv>): void {
  const assets = [
    ['/style.css', 'text/css', style],
    ['/live.js', 'text/javascript', liveScript],
    ['/icon.svg', 'image/svg+xml', icon],
  ] as const;
  for (const [address, type, body] of assets) {
    app.get(address, (context) =>
      context.body(body, 200, { 'content-type': `${type}; charset=utf-8` }),
    );
  }
}

function addHistory(app: Hono<VisitEnv>, data: DashboardData): void {
  const { overview } = data;
  app.get('/history', async (context) => {
    const setting = await settingOf(context, data);
    const query = readHistoryQuery((name) => context.req.query(name));
    const skip = (query.page - 1) * ROWS_OF_PAGE;
    const found = overview.find(matches(query), { skip, limit: ROWS_OF_PAGE });
    return show(
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
      const { rows } = overview.find(matches(query), { skip: 0, limit: overview.size });
      return context.body(write(rows), 200, {
        'content-type': type,
        'content-disposition': `attachment; filename="carillon-history.${ending}"`,
      });
    });
  }
}

async function settingOf(context: Context<VisitEnv>, data: DashboardData): Promise<Setting> {
  return {
    words: wordsOf(context),
    visitor: context.var.visitor,
    now: await data.now(),
    timezone: data.timezone(),
    sandboxUrl: data.sandboxUrl,
    isComplete: data.overview.isComplete,
  };
}

function show(context: Context, page: unknown) {
  return context.html(`<!doctype html>${String(page)}`);
}

const TELL_EVERY_MS = 1_000;

/** Says when something has changed, at most every second, for as long as somebody listens. */
function tellChanges(context: Context, { overview }: DashboardData) {
  return streamSSE(context, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    let told = overview.version;
    await stream.writeSSE({ event: 'ready', data: String(told) });
    while (!gone.signal.aborted) {
      if (overview.version === told) {
        await overview.changed(AbortSignal.any([gone.signal, AbortSignal.timeout(20_000)]));
      }
      if (gone.signal.aborted) return;
      const event = overview.version === told ? 'still' : 'changed';
      told = overview.version;
      await stream.writeSSE({ event, data: String(told) });
      await stream.sleep(TELL_EVERY_MS);
    }
  });
}

/** What lies longer back than this, calendar programs have long taken over. */
const CALENDAR_PAST_MS = 90 * 86_400_000;
const MOST_EVENTS = 5_000;

/** What went out lately and what is to come, for calendar programs to subscribe to. */
async function renderCalendar(data: DashboardData): Promise<string> {
  const now = await data.now();
  const rows = data.overview.dueBetween(now - CALENDAR_PAST_MS, Number.POSITIVE_INFINITY);
  const names = rows.slice(0, MOST_EVENTS).map(({ publication }) => publication);
  const [known, posts] = await Promise.all([data.publications(names), data.posts(names)]);
  const records = known.filter((record) => record !== undefined);
  const { events } = readCalendar({ intents: [], records, posts });
  const displayNameOf = (network: string) => findNetwork(network)?.displayName ?? network;
  return writeIcs(events, { now, displayNameOf });
}
