import { lightRequire } from '../core/light-require.ts';

const ipaddr = lightRequire<typeof import('ipaddr.js')>('ipaddr.js');

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * True for an address of the public internet. False for loopback, private, link-local, metadata, multicast and
 * reserved addresses, for every IPv6 form that hides an IPv4 address, and for what is no address.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || address.includes('%')) return false;

  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast);
}
