import { type Call, EXIT } from './call.ts';
import { findPublication } from './find-publication.ts';
import { withApp } from './open.ts';
import { operatorName } from './operator.ts';
import { printLines, printNotes } from './print.ts';
import { whyNotCancelled } from './refusals.ts';

/** `carillon cancel PUBLICATION` */
export function run(call: Call): Promise<number> {
  const { io } = call;
  return withApp(call, async (app) => {
    const publication = await findPublication(app, call.args[0] ?? '');
    const name = publication.publication;
    const step = await app.ledger.cancel(name, operatorName());
    if (!step.changed) {
      printNotes(io, [`${name} is not cancelled. ${whyNotCancelled(step.state, publication)}`]);
      return EXIT.failed;
    }
    printLines(io, [`${name} is cancelled. It stays out, also where the config still has it.`]);
    return EXIT.done;
  });
}
