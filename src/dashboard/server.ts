import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { refuseOpenDashboard } from '../core/dashboard-access.ts';
import type { AccessStore } from './access/access-store.ts';
import type { VisitEnv } from './access/entrance.tsx';
import { openPasswords, type Person } from './access/passwords.ts';
import type { DashboardData } from './data.ts';
import { createRoutes } from './routes/routes.ts';

export interface DashboardOptions {
  readonly host: string;
  readonly port: number;
  readonly store: AccessStore;
  /** Who may enter. Needed on any address but loopback, where without anybody everybody may do everything. */
  readonly people: readonly Person[];
  /** The name of whoever sits at this machine. */
  readonly localName: string;
}

/** @throws {DashboardError} if it would be open to everyone without a password */
export async function startDashboard(
  data: DashboardData,
  { host, port, store, people, localName }: DashboardOptions,
): Promise<AsyncDisposable & { readonly url: string }> {
  refuseOpenDashboard(host, people.length > 0);
  const passwords = people.length > 0 ? openPasswords(people) : undefined;
  const routes = createRoutes(data, { host, store, passwords, people: () => people, localName });
  const server = await listen(routes, host, port);
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

function listen(
  app: Hono<VisitEnv>,
  hostname: string,
  port: number,
): Promise<ReturnType<typeof serve>> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, () => resolve(server));
    server.once('error', reject);
  });
}

/** Port 0 asks for any that is free. */
function portOf(server: ReturnType<typeof serve>, asked: number): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : asked;
}
