const LOOPBACK = ['127.0.0.1', 'localhost', '::1', '[::1]'];

/** The dashboard cannot be opened as asked. Says why, and what to do. */
class DashboardError extends Error {
  override readonly name = 'DashboardError';
}

/** True for the names by which a machine reaches itself alone. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host);
}

/** @throws {DashboardError} if a dashboard on this host would be open to everyone, as it asks for no password */
export function refuseOpenDashboard(host: string, asksPassword: boolean): void {
  if (isLoopback(host) || asksPassword) return;
  throw new DashboardError(
    `The dashboard would be open to everyone on ${host}. Set CARILLON_DASHBOARD_PASSWORD, or leave CARILLON_DASHBOARD_HOST at 127.0.0.1.`,
  );
}
