import type { App } from '../app.ts';
import type { Publication } from '../core/publication.ts';
import { openCalendar } from '../core/say-time.ts';
import { type MonthCosts, monthCosts } from '../costs/month-costs.ts';
import { linesOfObstacles, readObstacles } from '../telling/obstacles.ts';
import { publicationAsJson } from '../telling/publication-json.ts';
import { linesOfAlertTroubles } from './alert-troubles-text.ts';
import { type Call, EXIT } from './call.ts';
import { linesOfCosts } from './costs-text.ts';
import { linesOfFaults } from './doctor-text.ts';
import { linesOfFeedFaults } from './feeds-text.ts';
import { filterPublications } from './filter-publications.ts';
import { createInk } from './ink.ts';
import { withApp } from './open.ts';
import { CHOOSING } from './options.ts';
import { printJson, printLines } from './print.ts';
import { linesOfStatus } from './status-text.ts';

/** `carillon status` */
export function run(call: Call): Promise<number> {
  const { io } = call;
  return withApp(call, async (app) => {
    const publications = await filterPublications(call, app);
    if (call.has('json')) {
      printJson(io, publications.map(publicationAsJson));
      return EXIT.done;
    }
    const calendar = openCalendar(app.config.timezone);
    const setting = { calendar, ink: createInk(io.hasColors), width: io.columns };
    const obstacles = [
      ...linesOfObstacles(await readObstacles(app), calendar),
      ...linesOfFeedFaults(await app.feedMemory.states(), await app.ledger.now(), calendar),
      ...(await linesOfAlertTroubles(app.alertStore, calendar)),
      ...linesOfFaults(await app.examinations.findings(app.config.accounts.keys())),
    ];
    // Who asks for one state wants to see all of it.
    const limits = {
      isWhole: call.has('state'),
      isChosen: CHOOSING.some((option) => call.has(option)),
    };
    const sandbox = app.config.sandbox;
    printLines(io, [
      ...linesOfStatus(publications, obstacles, limits, setting),
      ...(limits.isChosen ? [] : linesOfArchived(await app.ledger.countArchived())),
      ...(limits.isChosen
        ? []
        : linesOfCosts(await costsOf(app, publications), { ...setting, sandbox })),
    ]);
    return EXIT.done;
  });
}

function linesOfArchived(archived: number): readonly string[] {
  if (archived === 0) return [];
  const are = archived === 1 ? 'older one is' : 'older ones are';
  return [
    `${archived.toLocaleString('en-US')} ${are} archived: "carillon show" with its name tells of one.`,
  ];
}

async function costsOf(
  { config, ledger }: App,
  publications: readonly Publication[],
): Promise<readonly MonthCosts[]> {
  const [sums, now] = await Promise.all([ledger.monthlySums(), ledger.now()]);
  return monthCosts({ config, publications, sums, now });
}
