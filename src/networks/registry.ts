import { facebook } from './facebook/index.ts';
import type { Network } from './network.ts';
import { twitter } from './twitter/index.ts';
import { youtube } from './youtube/index.ts';

/** Every network that Carillon knows. Adding one: its folder, and its line here. */
export const networks = { twitter, facebook, youtube } satisfies Record<string, Network>;

export type NetworkId = keyof typeof networks;

export const networkIds = Object.keys(networks) as readonly NetworkId[];

/** The network of an id that may come from anywhere; undefined if there is none. */
export function findNetwork(id: string): Network | undefined {
  return networkIds.includes(id as NetworkId) ? networks[id as NetworkId] : undefined;
}

/** @throws if there is none, which no config that was checked leads to */
export function networkOf(id: string): Network {
  const network = findNetwork(id);
  if (network === undefined) throw new Error(`There is no network ${id}.`);
  return network;
}
