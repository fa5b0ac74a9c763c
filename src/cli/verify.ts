import type { App } from '../app.ts';
import { parseDuration } from '../core/duration.ts';
import type { Publication } from '../core/publication.ts';
import {
  type AccountReading,
  readFrom,
  type ToVerify,
  verifyPublications,
} from '../publishing/verify.ts';
import { type Call, CallError, EXIT } from './call.ts';
import { createInk } from './ink.ts';
import { withApp } from './open.ts';
import { printJson, printLines, printNotes } from './print.ts';
import { linesOfVerification } from './verify-text.ts';

const USUAL_SINCE = '30d';
/** Requests that reading back one account may take, in time-outs of one. */
const PATIENCE = 20;

/** `carillon verify` */
export function run(call: Call): Promise<number> {
  const { io } = call;
  const sinceMs = readSince(call.valueOf('since'));
  return withApp(call, async (app) => {
    const toVerify = await listToVerify(app, sinceMs);
    const readings = new Map<string, AccountReading | undefined>();
    const unreadable: string[] = [];
    for (const account of new Set(toVerify.map(({ publication }) => publication.account))) {
      const mine = toVerify.map((one) => one.publication).filter((one) => one.account === account);
      try {
        readings.set(account, await readAccount(account, mine, app));
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        unreadable.push(`${account} could not be read: ${words}`);
      }
    }
    const verification = verifyPublications(toVerify, readings);
    printNotes(io, unreadable);
    if (call.has('json')) printJson(io, verification);
    else printLines(io, linesOfVerification(verification, createInk(io.hasColors)));
    return verification.twice + verification.missing > 0 ? EXIT.failed : EXIT.done;
  });
}

function readSince(text = USUAL_SINCE): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  throw new CallError(`--since takes a length of time such as 12h or 7d, not "${text}".`);
}

/** What went out lately, and what may have. */
async function listToVerify({ ledger }: App, sinceMs: number): Promise<readonly ToVerify[]> {
  const since = (await ledger.now()) - sinceMs;
  const listed = [
    ...(await ledger.list(['published', 'unconfirmed'])),
    ...(await ledger.archivedSince(since)).filter(({ state }) => state === 'published'),
  ];
  const recent = listed.filter(
    ({ publishedAt }) => publishedAt === undefined || publishedAt >= since,
  );
  return Promise.all(
    recent.map(async (publication) => ({
      publication,
      // What is archived is known by its id on the network alone.
      post: await ledger.post(publication.publication),
    })),
  );
}

async function readAccount(
  account: string,
  publications: readonly Publication[],
  { ledger, config, sessionOf }: App,
): Promise<AccountReading | undefined> {
  const from = readFrom(publications);
  const session = await sessionOf(account);
  if (session === undefined) throw new Error('the config does not have it.');
  if (from === undefined) return undefined;
  const patience = AbortSignal.timeout(PATIENCE * config.publishing.requestTimeoutMs);
  const posts = await session.recent(new Date(from), patience);
  const owners = new Map<string, string>();
  await Promise.all(
    posts.map(async ({ remoteId }) => {
      const owner = await ledger.ownerOf(account, remoteId);
      if (owner !== undefined) owners.set(remoteId, owner);
    }),
  );
  return { posts, owners, matches: (post, part, remote) => session.matches(post, part, remote) };
}
