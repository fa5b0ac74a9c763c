import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { isLoopback } from '../../core/dashboard-access.ts';
import type { DashboardSettings } from '../../core/dashboard-settings.ts';

export interface Place {
  /** What it listens on. */
  readonly host: string;
  /** As the config says by now. */
  settings(): DashboardSettings;
}

/** A page on the web may point a name of its own at this machine: only names that are ours are answered. */
export function refuseForeignHosts({ host, settings }: Place): MiddlewareHandler {
  return createMiddleware(async (context, next) => {
    const name = nameOf(context.req.header('host') ?? '');
    if (isOwnName(name, host, settings().url)) return next();
    return context.text(
      'The dashboard is not answered under this name. If it is yours, write it into the config: dashboard: { url: https://… }',
      403,
    );
  });
}

function isOwnName(name: string, bound: string, url: string | undefined): boolean {
  const isBound = withoutBrackets(name) === withoutBrackets(bound.toLowerCase());
  if (isLoopback(name) || isBound) return true;
  if (url !== undefined) return name === nameOf(new URL(url).host);
  // Bound to every address, it is reached by any of them. No name on the web can be pointed at a number.
  const isBoundToAll = bound === '0.0.0.0' || bound === '::';
  return isBoundToAll && (isIP(withoutBrackets(name)) !== 0 || name === hostname().toLowerCase());
}

function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}

function withoutBrackets(name: string): string {
  return name.replace(/^\[(.*)\]$/, '$1');
}

/** What changes something must come from a page of ours; browsers say where a request comes from. */
export function refuseForeignPages({ settings }: Place): MiddlewareHandler {
  return createMiddleware(async (context, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(context.req.method)) return next();
    const site = context.req.header('sec-fetch-site');
    const isForeign =
      (site !== undefined && site !== 'same-origin') || !isOwnOrigin(context, settings().url);
    if (isForeign) return context.text('This was not asked for on a page of this dashboard.', 403);
    return next();
  });
}

/** Programs that are no browsers name no origin: what they send needs the token of a form all the same. */
function isOwnOrigin(context: Context, url: string | undefined): boolean {
  const origin = context.req.header('origin');
  // A proxy may have put another host in the place of ours.
  if (origin === undefined || origin === url) return true;
  const host = context.req.header('host') ?? '';
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
