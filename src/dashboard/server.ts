import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Queue } from 'bullmq';
import { Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import { readCalendar } from '../calendar/calendar-event.ts';
import { writeIcs } from '../calendar/write-ics.ts';
import type { ConfigReport } from '../core/config-report.ts';
import { isLoopback, refuseOpenDashboard } from '../core/dashboard-access.ts';
import type { Post } from '../core/post.ts';
import type { Publication } from '../core/publication.ts';
import { type Finding, isFault } from '../doctor/finding.ts';
import type { Frozen, Hold } from '../ledger/ledger.ts';
import { findNetwork } from '../networks/registry.ts';
import { renderMetrics } from './metrics.ts';
import { renderNow } from './now-page.ts';

/** What the dashboard shows, and nothing that it could change. */
export interface DashboardData {
  publications(): Promise<readonly Publication[]>;
  /** The posts of publications with these names, by name. */
  posts(publications: readonly string[]): Promise<ReadonlyMap<string, Post>>;
  holds(): Promise<ReadonlyMap<string, Hold>>;
  frozen(): Promise<Frozen | undefined>;
  brokenConfig(): Promise<ConfigReport | undefined>;
  /** What the last examination has found. */
  findings(): Promise<readonly Finding[]>;
  now(): Promise<number>;
  timezone(): string;
  readonly sandboxUrl: string | undefined;
  readonly queues: Iterable<Queue>;
}

export interface DashboardOptions {
  readonly host: string;
  readonly port: number;
  /** Asked for on every page but the health checks. Needed on any address but loopback. */
  readonly password: string | undefined;
}

/** Due for longer than this without having moved, work counts as stuck. */
const STUCK_AFTER_MS = 60_000;

/** @throws {DashboardError} if it would be open to everyone without a password */
export async function startDashboard(
  data: DashboardData,
  { host, port, password }: DashboardOptions,
): Promise<AsyncDisposable & { readonly url: string }> {
  refuseOpenDashboard(host, password);
  const app = new Hono();
  app.use(secureHeaders({ contentSecurityPolicy: CONTENT_SECURITY_POLICY }));
  if (isLoopback(host)) app.use(refuseForeignHosts);
  addHealth(app, data);
  if (password !== undefined) app.use(basicAuth({ username: 'carillon', password }));

  app.get('/', async (context) => {
    const [publications, holds, frozen, brokenConfig, findings, now] = await Promise.all([
      data.publications(),
      data.holds(),
      data.frozen(),
      data.brokenConfig(),
      data.findings(),
      data.now(),
    ]);
    const [timezone, { sandboxUrl }] = [data.timezone(), data];
    context.header('cache-control', 'no-store');
    const obstacles = { holds, frozen, brokenConfig, faults: findings.filter(isFault) };
    return context.html(renderNow({ publications, ...obstacles, now, timezone, sandboxUrl }));
  });
  app.get('/metrics', async (context) =>
    context.text(renderMetrics(await data.publications(), await data.now())),
  );
  app.get('/calendar.ics', async (context) => {
    const body = await renderCalendar(data);
    return context.body(body, 200, { 'content-type': 'text/calendar; charset=utf-8' });
  });
  addBullBoard(app, data.queues);

  const server = await listen(app, host, port);
  return {
    url: `http://${host}:${port}`,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

// Bull Board sets the colours of its theme in style attributes.
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  frameAncestors: ["'none'"],
};

/** A page on the web may point a name of its own at this machine: only the loopback's own names are answered. */
const refuseForeignHosts = createMiddleware(async (context, next) => {
  const name = (context.req.header('host') ?? '').replace(/:\d+$/, '');
  if (!isLoopback(name)) return context.text('This dashboard answers on loopback only.', 403);
  return next();
});

function addHealth(app: Hono, data: DashboardData): void {
  app.get('/healthz', (context) => context.json({ carillon: 'dashboard' }));
  app.get('/readyz', async (context) => {
    try {
      const [publications, now] = [await data.publications(), await data.now()];
      const stuck = publications.filter(
        ({ state, nextAt }) =>
          state === 'scheduled' && nextAt !== undefined && nextAt < now - STUCK_AFTER_MS,
      );
      return context.json(
        { ready: stuck.length === 0, stuck: stuck.length },
        stuck.length ? 503 : 200,
      );
    } catch {
      return context.json({ ready: false, reason: 'Redis does not answer.' }, 503);
    }
  });
}

/** All publications of the ledger, for calendar programs to subscribe to. */
async function renderCalendar(data: DashboardData): Promise<string> {
  const records = await data.publications();
  const posts = await data.posts(records.map(({ publication }) => publication));
  const { events } = readCalendar({ intents: [], records, posts });
  const displayNameOf = (network: string) => findNetwork(network)?.displayName ?? network;
  return writeIcs(events, { now: await data.now(), displayNameOf });
}

function addBullBoard(app: Hono, queues: Iterable<Queue>): void {
  const serverAdapter = new HonoAdapter(serveStatic);
  serverAdapter.setBasePath('/queues');
  // Its own retry and edit know nothing of the ledger: people use Carillon's commands.
  const adapters = [...queues].map((queue) => new BullMQAdapter(queue, { readOnlyMode: true }));
  createBullBoard({ queues: adapters, serverAdapter });
  app.route('/queues', serverAdapter.registerPlugin());
}

function listen(app: Hono, hostname: string, port: number): Promise<ReturnType<typeof serve>> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, () => resolve(server));
    server.once('error', reject);
  });
}
