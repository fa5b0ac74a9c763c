import type { Environment } from '../../config/environment.ts';
import type { AlertPage } from '../core/alerts.ts';
import type { ConfigFrame } from '../core/config.ts';
import { isLoopback } from '../core/dashboard-access.ts';
import { handOffPath, publicationPath } from '../dashboard/pages/paths.ts';

/**
 * Makes the address of a page of the dashboard as people reach it: below the one that the config says, or on this
 * machine where the dashboard listens to nobody else. Undefined if neither is known.
 */
export function linkToDashboard(
  config: () => ConfigFrame,
  { dashboardHost, dashboardPort }: Pick<Environment, 'dashboardHost' | 'dashboardPort'>,
): (page: AlertPage) => string | undefined {
  const here = isLoopback(dashboardHost) ? `http://127.0.0.1:${dashboardPort}` : undefined;
  return (page) => {
    const base = config().dashboard?.url ?? here;
    if (base === undefined) return undefined;
    return base + pathOf(page);
  };
}

function pathOf(page: AlertPage): string {
  if (typeof page === 'string') return page === 'now' ? '/' : `/${page}`;
  const { publication, isHandOff } = page;
  return isHandOff === true ? handOffPath(publication) : publicationPath(publication);
}
