import type { Redis } from 'ioredis';
import type { LedgerClock } from './ledger-clock.ts';
import { APPLY_SCRIPTS } from './lua-apply.ts';
import { ARCHIVE_SCRIPTS } from './lua-archive.ts';
import { COST_SCRIPTS } from './lua-costs.ts';
import { HOLDING_SCRIPTS } from './lua-holding.ts';
import { libraryOf } from './lua-library.ts';
import { LIMIT_SCRIPTS } from './lua-limits.ts';
import { MEDIA_SCRIPTS } from './lua-media.ts';
import { PEOPLE_SCRIPTS } from './lua-people.ts';
import { RECOVERY_SCRIPTS, type ServerWatch } from './lua-recovery.ts';
import { RESTORE_SCRIPTS } from './lua-restore.ts';
import { RETRACT_SCRIPTS } from './lua-retract.ts';
import { SIGHT_SCRIPTS } from './lua-sights.ts';
import { TALLY_SCRIPTS } from './lua-tallies.ts';
import { UPKEEP_SCRIPTS } from './lua-upkeep.ts';
import { WORKER_SCRIPTS } from './lua-worker.ts';

const SCRIPTS = {
  ...APPLY_SCRIPTS,
  ...WORKER_SCRIPTS,
  ...UPKEEP_SCRIPTS,
  ...PEOPLE_SCRIPTS,
  ...MEDIA_SCRIPTS,
  ...LIMIT_SCRIPTS,
  ...COST_SCRIPTS,
  ...RETRACT_SCRIPTS,
  ...SIGHT_SCRIPTS,
  ...TALLY_SCRIPTS,
  ...HOLDING_SCRIPTS,
  ...ARCHIVE_SCRIPTS,
  ...RECOVERY_SCRIPTS,
  ...RESTORE_SCRIPTS,
};
export type ScriptName = keyof typeof SCRIPTS;
export type Argument = string | number | Buffer;

/** Sends a script by its hash, and whole where the server does not have it. */
export function scriptRunner(redis: Redis, base: string, clock: LedgerClock, watch: ServerWatch) {
  const commands = redis as unknown as Record<string, (...args: Argument[]) => Promise<unknown>>;
  const library = libraryOf(clock, watch);
  for (const [name, body] of Object.entries(SCRIPTS)) {
    redis.defineCommand(`ledger_${name}`, { numberOfKeys: 1, lua: library + body });
  }
  return (name: ScriptName, ...args: Argument[]): Promise<unknown> => {
    const command = commands[`ledger_${name}`];
    if (command === undefined) throw new Error(`No script ${name}.`);
    return command.call(redis, base, ...args);
  };
}
