import type { Receipt } from '../core/post.ts';
import type { Publication } from '../core/publication.ts';
import { findNetwork } from '../networks/registry.ts';
import { displayNameOf } from '../telling/network-name.ts';
import { whyNotConfirmed } from '../telling/refusals.ts';
import type { DeedParts } from './deed-parts.ts';
import type { Done } from './done.ts';

/** The post that an address leads to; undefined if it is none of a post on this network. */
export function readPostUrl(network: string, url: string): Receipt | undefined {
  return findNetwork(network)?.parsePostUrl(url);
}

/** Why an address is not taken, and what to do. */
export function whyNoPostUrl(network: string, url: string): string {
  return `${url} is not the address of a post on ${displayNameOf(network)}. Open the post itself in a browser and copy its address.`;
}

/** Takes a person's word that a publication is live. */
export async function confirm(
  publication: Publication,
  receipt: Receipt,
  by: string,
  { ledger }: Pick<DeedParts, 'ledger'>,
): Promise<Done> {
  const { publication: name, account } = publication;
  const step = await ledger.confirm(name, receipt, by);
  if (step.changed) return { isDone: true, says: `${name} is published: ${receipt.url}` };
  const owner = await ledger.ownerOf(account, receipt.remoteId);
  const why = whyNotConfirmed(step.state, publication, owner);
  return { isDone: false, says: `${name} is not confirmed. ${why}` };
}
