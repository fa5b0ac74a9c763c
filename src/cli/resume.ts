import { operatorName } from '../core/operator.ts';
import type { ResumeAnswer } from '../ledger/ledger.ts';
import { type Call, EXIT } from './call.ts';
import { checkAccount } from './filter-publications.ts';
import { linesOfObstacles, readObstacles } from './obstacles.ts';
import { withApp } from './open.ts';
import { printLines, printNotes } from './print.ts';
import { openCalendar } from './say-time.ts';
import { count, sayDuration } from './words.ts';

/** `carillon resume [ACCOUNT…]` */
export function run(call: Call): Promise<number> {
  return withApp(call, async (app) => {
    const { ledger, config } = app;
    const held = await ledger.holds();
    // An account that the config has lost may still be held.
    for (const name of call.args) checkAccount(name, [...config.accounts.keys(), ...held.keys()]);
    const accounts = call.args.length === 0 ? ['*'] : [...new Set(call.args)];
    const gapMs = config.publishing.resumeGapMs;
    const lines: string[] = [];
    for (const account of accounts) {
      const answer = await ledger.resume(account, operatorName(), gapMs);
      lines.push(sayResumed(account, answer, gapMs));
    }
    await app.putBackJobs();
    printLines(call.io, lines);
    const { frozen, holds } = await readObstacles(app);
    const calendar = openCalendar(config.timezone);
    printNotes(call.io, linesOfObstacles({ frozen, holds, duplicates: [] }, calendar));
    return EXIT.done;
  });
}

/** What came of letting an account go on, or all of them. */
export function sayResumed(
  account: string,
  { wasHeld, resumed, missed }: ResumeAnswer,
  gapMs: number,
): string {
  const whole = account === '*';
  if (!wasHeld && resumed + missed === 0) {
    return whole ? 'Not everything was paused.' : `${account} was not paused.`;
  }
  const head = whole ? 'The general pause is over' : `${account} goes on`;
  const parts: string[] = [];
  if (resumed > 0) {
    const spaced =
      resumed > 1 && gapMs > 0
        ? `, ${sayDuration(gapMs)} apart${whole ? ' for each account' : ''}`
        : '';
    parts.push(
      `${count(resumed, 'publication')} that waited ${resumed === 1 ? 'goes' : 'go'} out${spaced}`,
    );
  }
  if (missed > 0) {
    parts.push(
      `${count(missed, 'publication')} ${missed === 1 ? 'is' : 'are'} too late and missed`,
    );
  }
  return parts.length === 0 ? `${head}; nothing had waited.` : `${head}: ${parts.join('; ')}.`;
}
