import { readEnvironment } from '../../config/environment.ts';
import type { App } from '../app.ts';
import { operatorName } from '../core/operator.ts';
import { openCalendar } from '../core/say-time.ts';
import { type Call, CallError, EXIT } from './call.ts';
import { findPublication } from './find-publication.ts';
import { withApp } from './open.ts';
import { printJson, printLines, printNotes } from './print.ts';

const USUAL_DAYS = 7;
const MOST_DAYS = 60;
const DAY_MS = 86_400_000;

/** `carillon link approve|hand-off PUBLICATION` */
export function run(call: Call): Promise<number> {
  const { io, args } = call;
  const deed = readDeed(args[0]);
  const name = readName(call.valueOf('for'));
  const forMs = readDays(call.valueOf('for-days')) * DAY_MS;
  return withApp(call, async (app) => {
    const { publication } = await findPublication(app, args[1] ?? '');
    const made = await app.makeLink({ deed, publication, for: name, forMs });
    if ('refused' in made) {
      printNotes(io, [made.refused]);
      return EXIT.failed;
    }
    const url = (await baseUrl(call, app)) + made.path;
    if (call.has('json')) {
      const until = new Date(made.expiresAt).toISOString();
      printJson(io, { publication, deed, for: name, until, url });
      return EXIT.done;
    }
    printLines(io, [url]);
    const until = openCalendar(app.config.timezone).long(made.expiresAt);
    printNotes(io, [
      `For ${name}, until ${until}. Whoever has it can do this, so send it to nobody else.`,
      ...(app.config.dashboard?.url === undefined
        ? [
            'It leads to this machine only: write the address of the dashboard into the config, as dashboard: { url: https://… }',
          ]
        : []),
    ]);
    return EXIT.done;
  });
}

async function baseUrl({ io }: Call, { config }: App): Promise<string> {
  const { dashboardHost, dashboardPort } = await readEnvironment(io.env, io.cwd);
  return config.dashboard?.url ?? `http://${dashboardHost}:${dashboardPort}`;
}

function readDeed(text: string | undefined): 'approve' | 'hand-off' {
  if (text === 'approve' || text === 'hand-off') return text;
  throw new CallError(
    `"${text}" is nothing that a link can do. Write "link approve" or "link hand-off".`,
  );
}

function readName(text: string | undefined): string {
  if (text === undefined) return operatorName();
  const name = text.trim();
  if (name !== '' && name.length <= 100 && !/\p{Cc}/u.test(name)) return name;
  throw new CallError('--for wants the name of whom the link is for: write --for NAME.');
}

function readDays(text: string | undefined): number {
  const days = Number(text ?? USUAL_DAYS);
  if (text?.trim() !== '' && Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new CallError(`--for-days is "${text}"; it takes a number from 1 to ${MOST_DAYS}.`);
}
