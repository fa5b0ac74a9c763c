import { operatorName } from '../core/operator.ts';
import type { Receipt } from '../core/post.ts';
import { findNetwork } from '../networks/registry.ts';
import { type Call, CallError, EXIT } from './call.ts';
import { displayNameOf } from './compose-posts.ts';
import { findPublication } from './find-publication.ts';
import { withApp } from './open.ts';
import { printLines, printNotes } from './print.ts';
import { whyNotConfirmed } from './refusals.ts';

/** `carillon confirm PUBLICATION URL` */
export function run(call: Call): Promise<number> {
  const { io, args } = call;
  return withApp(call, async (app) => {
    const publication = await findPublication(app, args[0] ?? '');
    const { publication: name, account, network } = publication;
    const receipt = readPostUrl(network, args[1] ?? '');
    const step = await app.ledger.confirm(name, receipt, operatorName());
    if (!step.changed) {
      const owner = await app.ledger.ownerOf(account, receipt.remoteId);
      printNotes(io, [
        `${name} is not confirmed. ${whyNotConfirmed(step.state, publication, owner)}`,
      ]);
      return EXIT.failed;
    }
    printLines(io, [`${name} is published: ${receipt.url}`]);
    return EXIT.done;
  });
}

/** @throws {CallError} if the address is not one of a post on this network */
function readPostUrl(network: string, url: string): Receipt {
  const receipt = findNetwork(network)?.parsePostUrl(url);
  if (receipt !== undefined) return receipt;
  throw new CallError(
    `${url} is not the address of a post on ${displayNameOf(network)}. Open the post itself in a browser and copy its address.`,
  );
}
