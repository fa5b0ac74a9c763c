import { operatorName } from '../core/operator.ts';
import { confirm, readPostUrl, whyNoPostUrl } from '../deeds/confirm.ts';
import { type Call, CallError, EXIT } from './call.ts';
import { findPublication } from './find-publication.ts';
import { withApp } from './open.ts';
import { printLines, printNotes } from './print.ts';

/** `carillon confirm PUBLICATION URL` */
export function run(call: Call): Promise<number> {
  const { io, args } = call;
  return withApp(call, async (app) => {
    const publication = await findPublication(app, args[0] ?? '');
    const url = args[1] ?? '';
    const receipt = readPostUrl(publication.network, url);
    if (receipt === undefined) throw new CallError(whyNoPostUrl(publication.network, url));
    const { isDone, says } = await confirm(publication, receipt, operatorName(), app);
    if (isDone) printLines(io, [says]);
    else printNotes(io, [says]);
    return isDone ? EXIT.done : EXIT.failed;
  });
}
