import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { DashboardSettings } from '../../core/dashboard-settings.ts';
import { lightRequire } from '../../core/light-require.ts';

const ipaddr = lightRequire<typeof import('ipaddr.js')>('ipaddr.js');

/**
 * Where a request comes from, to count tries by: the address, of IPv6 the network that one household has. What a
 * header says counts only if a proxy of ours has written it: the last of what it lists.
 */
export function remoteAddressOf(
  context: Context,
  { isBehindProxy }: Pick<DashboardSettings, 'isBehindProxy'>,
): string {
  const told = isBehindProxy ? context.req.header('x-forwarded-for')?.split(',').at(-1) : undefined;
  return networkOf(told?.trim() || getConnInfo(context).remote.address || '');
}

function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const read = ipaddr.process(address);
  if (read.kind() === 'ipv4') return read.toString();
  return `${read.toByteArray().slice(0, 8).join('.')}/64`;
}
