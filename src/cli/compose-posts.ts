import type { Config } from '../core/config.ts';
import type { Network } from '../networks/network.ts';
import { findNetwork } from '../networks/registry.ts';
import { composeIntents, type Intents } from '../planning/intents.ts';

/** Composes every post of the config. Needs no Redis. */
export function composePosts(config: Config): Promise<Intents> {
  return composeIntents(config, networkOf);
}

export function networkOf(id: string): Network {
  const network = findNetwork(id);
  if (network === undefined) throw new Error(`There is no network ${id}.`);
  return network;
}

/** What people call a network, whatever its id came from. */
export function displayNameOf(network: string): string {
  return findNetwork(network)?.displayName ?? network;
}
