import { createMiddleware } from 'hono/factory';
import { isLoopback } from '../../core/dashboard-access.ts';

/** A page on the web may point a name of its own at this machine: only the loopback's own names are answered. */
export const refuseForeignHosts = createMiddleware(async (context, next) => {
  const name = (context.req.header('host') ?? '').replace(/:\d+$/, '');
  if (!isLoopback(name)) return context.text('This dashboard answers on loopback only.', 403);
  return next();
});

/** What changes something must come from a page of ours; browsers say where a request comes from. */
export const refuseForeignPages = createMiddleware(async (context, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(context.req.method)) return next();
  const site = context.req.header('sec-fetch-site');
  const origin = context.req.header('origin');
  const host = context.req.header('host') ?? '';
  const isForeign =
    (site !== undefined && site !== 'same-origin') ||
    (origin !== undefined && hostOf(origin) !== host.toLowerCase());
  if (isForeign) return context.text('This was not asked for on a page of this dashboard.', 403);
  return next();
});

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
