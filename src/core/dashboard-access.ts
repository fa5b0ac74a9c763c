import type { DashboardSettings } from './dashboard-settings.ts';

const LOOPBACK = ['127.0.0.1', 'localhost', '::1', '[::1]'];

/** The dashboard cannot be opened as asked. Says why, and what to do. */
class DashboardError extends Error {
  override readonly name = 'DashboardError';
}

/** True for the names by which a machine reaches itself alone. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host.toLowerCase());
}

/** True if it leads whoever opens it to their own machine. */
export function isLocalUrl(url: string): boolean {
  return isLoopback(new URL(url).hostname);
}

/**
 * True if whoever comes has to enter with a password: as soon as there is one, or anybody who should have one, and
 * wherever others than the people at this machine can come.
 */
export function asksPassword(host: string, { url, people }: DashboardSettings): boolean {
  return !isLoopback(host) || (url !== undefined && !isLocalUrl(url)) || people.length > 0;
}

/** @throws {DashboardError} if a dashboard on this host would be for others than those at this machine, and nobody has a password */
export function refuseOpenDashboard(host: string, { people }: DashboardSettings): void {
  if (isLoopback(host) || people.some(({ password }) => password !== undefined)) return;
  throw new DashboardError(
    `The dashboard would be open to everyone on ${host}. Set CARILLON_DASHBOARD_PASSWORD, or leave CARILLON_DASHBOARD_HOST at 127.0.0.1.`,
  );
}

/** @throws {DashboardError} if the config does not say who may enter, because of a mistake in it */
export function requireDashboardSettings(
  settings: DashboardSettings | undefined,
): DashboardSettings {
  if (settings !== undefined) return settings;
  throw new DashboardError(
    'The section "dashboard" of the config has a mistake, so that it is not known who may enter: "carillon check" shows it. The dashboard stays closed until it is mended.',
  );
}
