import type { IPv4, IPv6 } from 'ipaddr.js';
import { lightRequire } from '../core/light-require.ts';

const ipaddr = lightRequire<typeof import('ipaddr.js')>('ipaddr.js');

/** Hosts of one's own network that may be fetched although their addresses are not public. */
export interface AllowedHosts {
  /** True if a host may be dialled at an address, whatever that address is. */
  includes(host: string, address: string): boolean;
}

const namePattern = /^(?:\*\.)?[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]{0,250}[\p{L}\p{N}_])?$/u;

/** True for a host's name, `*.` and a name, an address, or a range such as `10.1.0.0/16`. */
export function isAllowedHostPattern(text: string): boolean {
  const written = text.trim();
  if (ipaddr.isValid(written) || ipaddr.isValidCIDR(written)) return true;
  // What looks like an address but is none would name no host.
  return namePattern.test(written) && !/^[\d.]+$/.test(written) && !written.includes('..');
}

/** Takes the patterns of `fetch.allow`; those that `isAllowedHostPattern` refuses allow nothing. */
export function readAllowedHosts(patterns: readonly string[]): AllowedHosts {
  const tests = patterns.filter(isAllowedHostPattern).map((pattern) => readPattern(pattern.trim()));
  return { includes: (host, address) => tests.some((test) => test(plainHost(host), address)) };
}

type Test = (host: string, address: string) => boolean;

function readPattern(pattern: string): Test {
  if (ipaddr.isValidCIDR(pattern)) return inRange(ipaddr.parseCIDR(pattern));
  if (ipaddr.isValid(pattern)) {
    const parsed = ipaddr.parse(pattern);
    return inRange([parsed, parsed.kind() === 'ipv4' ? 32 : 128]);
  }
  const isFamily = pattern.startsWith('*.');
  const name = asHostName(isFamily ? pattern.slice(2) : pattern);
  return isFamily ? (host) => host.endsWith(`.${name}`) : (host) => host === name;
}

function inRange([network, bits]: [IPv4 | IPv6, number]): Test {
  return (_, address) => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.parse(address);
    return parsed.kind() === network.kind() && parsed.match(network, bits);
  };
}

/** As an address of a page writes it: in small letters, and in Punycode. */
function asHostName(name: string): string {
  return URL.canParse(`http://${name}/`) ? plainHost(new URL(`http://${name}/`).hostname) : name;
}

function plainHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}
