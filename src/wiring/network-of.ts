import type { Network } from '../networks/network.ts';
import { findNetwork } from '../networks/registry.ts';

/** @throws if there is none, which no config that was checked leads to */
export function networkOf(id: string): Network {
  const network = findNetwork(id);
  if (network === undefined) throw new Error(`There is no network ${id}.`);
  return network;
}

/** Why the same text may not stand on two accounts of a network; undefined: it may. */
export function twinRuleOf(id: string): string | undefined {
  return networkOf(id).twinRule;
}
