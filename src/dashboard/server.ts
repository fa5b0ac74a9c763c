import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { refuseOpenDashboard } from '../core/dashboard-access.ts';
import type { VisitEnv } from './access/entrance.tsx';
import type { DashboardData } from './data.ts';
import { createRoutes, type RouteOptions } from './routes/routes.ts';

export interface DashboardOptions extends RouteOptions {
  readonly port: number;
  /** How long in milliseconds whoever asks may take to say it; the usual time if absent. */
  readonly patience?: { readonly headers: number; readonly request: number };
}

/** @throws {DashboardError} if it is for others than those at this machine, and nobody has a password */
export async function startDashboard(
  data: DashboardData,
  options: DashboardOptions,
): Promise<AsyncDisposable & { readonly url: string }> {
  const { host, port, settings } = options;
  refuseOpenDashboard(host, settings());
  const server = await listen(createRoutes(data, options), options);
  return {
    url: `http://${host}:${portOf(server, port)}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Whoever listens to what changes would keep it open.
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** Answers may take as long as they like. */
const PATIENCE = { headers: 10_000, request: 30_000 };

function listen(
  app: Hono<VisitEnv>,
  { host, port, patience = PATIENCE }: DashboardOptions,
): Promise<ReturnType<typeof serve>> {
  const serverOptions = {
    headersTimeout: patience.headers,
    requestTimeout: patience.request,
    connectionsCheckingInterval: patience.headers / 10,
  };
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port, serverOptions }, () =>
      resolve(server),
    );
    server.once('error', reject);
  });
}

/** Port 0 asks for any that is free. */
function portOf(server: ReturnType<typeof serve>, asked: number): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : asked;
}
