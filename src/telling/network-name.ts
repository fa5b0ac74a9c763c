import { findNetwork } from '../networks/registry.ts';

/** What people call a network, whatever its id came from. */
export function displayNameOf(network: string): string {
  return findNetwork(network)?.displayName ?? network;
}
