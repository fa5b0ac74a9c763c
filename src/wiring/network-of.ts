import type { Network } from '../networks/network.ts';
import { findNetwork } from '../networks/registry.ts';

/** @throws if there is none, which no config that was checked leads to */
export function networkOf(id: string): Network {
  const network = findNetwork(id);
  if (network === undefined) throw new Error(`There is no network ${id}.`);
  return network;
}
