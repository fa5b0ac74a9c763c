import type { App } from '../app.ts';
import type { Publication } from '../core/publication.ts';
import { openCalendar } from '../core/say-time.ts';
import { linesOfObstacles, obstaclesOf, readObstacles } from '../telling/obstacles.ts';
import type { Call } from './call.ts';
import { printNotes } from './print.ts';

/** Tells beside the output what keeps these from going out all the same. */
export async function noteObstacles(
  { io }: Call,
  app: App,
  publications: readonly Publication[],
): Promise<void> {
  const all = await readObstacles(app);
  const accounts = [...new Set(publications.map(({ account }) => account))];
  const calendar = openCalendar(app.config.timezone);
  const lines = accounts.flatMap((account) =>
    linesOfObstacles(obstaclesOf(account, all), calendar),
  );
  printNotes(io, [...new Set(lines)]);
}
