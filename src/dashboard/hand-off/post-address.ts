import type { Receipt } from '../../core/post.ts';
import { isWebAddress } from '../../core/web-address.ts';
import { findNetwork, networkIds } from '../../networks/registry.ts';
import { displayNameOf } from '../../telling/network-name.ts';
import type { Words } from '../words/words.ts';

/** Reads what somebody gives as the address of a post, or says what it is instead, and what to do. */
export function readPostAddress(
  network: string,
  given: string,
  { handOff }: Words,
): Receipt | { readonly problem: string } {
  const address = given.trim();
  const receipt = findNetwork(network)?.parsePostUrl(address);
  if (receipt !== undefined) return receipt;
  const wanted = displayNameOf(network);
  if (!isWebAddress(address)) return { problem: handOff.noAddress };
  if (isOn(network, address)) return { problem: handOff.notAPost(wanted) };
  const other = networkIds.find((id) => isOn(id, address));
  return {
    problem:
      other === undefined
        ? handOff.elsewhere(new URL(address).hostname, wanted)
        : handOff.otherNetwork(displayNameOf(other), wanted),
  };
}

function isOn(network: string, address: string): boolean {
  const { hostname } = new URL(address);
  const sites = findNetwork(network)?.sites ?? [];
  return sites.some((site) => hostname === site || hostname.endsWith(`.${site}`));
}
