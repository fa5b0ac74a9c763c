import { isIP } from 'node:net';
import { isPublicAddress } from './address.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { FetchError } from './fetch-error.ts';

/** A page's host with the addresses that were checked: only these may be dialled. */
export interface Target {
  readonly url: URL;
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly string[];
}

export interface Gate {
  /** Every address of a name, as the system knows them. */
  resolve(name: string): Promise<readonly string[]>;
  readonly allowed: AllowedHosts;
}

/**
 * Decides whether an address of the web may be fetched, and where it is to be dialled.
 *
 * @throws {FetchError} unless it is http or https and every address of its host is public or allowed
 */
export async function findTarget(url: URL, { resolve, allowed }: Gate): Promise<Target> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FetchError(
      'refused',
      `"${url.protocol}" is not fetched: only https:// and http:// are.`,
    );
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : await resolveName(host, resolve);

  // One bad address is enough: a name that has both kinds is a trap, or soon will be.
  const bad = addresses.find(
    (address) => !isPublicAddress(address) && !allowed.includes(host, address),
  );
  if (bad !== undefined) throw new FetchError('refused', sayPrivate(host, bad));

  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { url, host, port, addresses };
}

async function resolveName(name: string, resolve: Gate['resolve']): Promise<readonly string[]> {
  let addresses: readonly string[] = [];
  let cause: unknown;
  try {
    addresses = name === '' ? [] : await resolve(name);
  } catch (error) {
    cause = error;
  }
  if (addresses.length > 0) return addresses;
  throw new FetchError(
    'failed',
    `The host "${name}" was not found. Check the address, and that this machine is online.`,
    cause,
  );
}

function sayPrivate(host: string, address: string): string {
  const where = host === address ? `"${host}"` : `"${host}" (${address})`;
  return `${where} is no host of the public internet, so it is not fetched. If it is yours, name it under "fetch: allow:".`;
}
