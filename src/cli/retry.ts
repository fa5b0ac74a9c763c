import { type Call, EXIT } from './call.ts';
import { findPublication } from './find-publication.ts';
import { linesOfObstacles, obstaclesOf, readObstacles } from './obstacles.ts';
import { withApp } from './open.ts';
import { operatorName } from './operator.ts';
import { printLines, printNotes } from './print.ts';
import { whyNotRetried } from './refusals.ts';
import { openCalendar } from './say-time.ts';

/** `carillon retry PUBLICATION` */
export function run(call: Call): Promise<number> {
  const { io } = call;
  const notPosted = call.has('not-posted');
  return withApp(call, async (app) => {
    const { ledger, config } = app;
    const publication = await findPublication(app, call.args[0] ?? '');
    const { publication: name, publishByMs } = publication;
    const step = await ledger.retry(name, operatorName(), {
      notPosted,
      publishByMs: publishByMs > 0 ? publishByMs : config.publishing.publishByMs,
    });
    if (!step.changed) {
      printNotes(io, [
        `${name} is not sent again. ${whyNotRetried(step.state, publication, { notPosted })}`,
      ]);
      return EXIT.failed;
    }
    await app.putBackJobs();
    printLines(io, [`${name} is sent again as soon as a worker takes it.`]);
    if (notPosted) {
      printNotes(io, [
        'Carillon takes your word that it is not live. If it is after all, it will be there twice: then delete one of them.',
      ]);
    }
    const calendar = openCalendar(config.timezone);
    const obstacles = obstaclesOf(publication.account, await readObstacles(app));
    printNotes(io, linesOfObstacles(obstacles, calendar));
    return EXIT.done;
  });
}
