import type { IncomingMessage } from 'node:http';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|::1)$/i;

/**
 * False for pages of other sites that a browser on this machine has open: they could otherwise post here,
 * set faults, or read what was posted under a name of their own that leads to this machine.
 */
export function isAllowedCaller(request: IncomingMessage, host: string): boolean {
  const { origin, host: named = '' } = request.headers;
  const isLocalOnly = loopback.test(host);
  if (isLocalOnly && named !== '' && !loopback.test(named.replace(/:\d+$/, ''))) return false;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === named;
}
