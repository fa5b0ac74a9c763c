import type { ConfigFrame } from '../core/config.ts';
import type { ConfigReports } from '../core/config-report.ts';
import { openCalendar } from '../core/say-time.ts';
import type { Examinations } from '../doctor/examinations.ts';
import type { LedgerChanges } from '../ledger/changes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { budgetConditions } from './budget-conditions.ts';
import { findingConditions } from './finding-conditions.ts';
import type { ConditionSource } from './follow-alerts.ts';
import { lateConditions, STUCK_AFTER_MS } from './late-conditions.ts';
import { obstacleConditions } from './obstacle-conditions.ts';
import { watchPublications } from './watch-publications.ts';

export interface WatchedParts {
  readonly ledger: Ledger;
  readonly changes: LedgerChanges;
  readonly configReports: Pick<ConfigReports, 'read'>;
  readonly examinations: Pick<Examinations, 'findings'>;
  readonly onError: (error: unknown) => void;
  /** As it is by then. */
  config(): ConfigFrame;
  /** True if a scheduler leads. */
  hasLeader(): Promise<boolean>;
}

/** How many that are stuck are looked at. */
const LOOKED_AT = 200;

/** Watches everything that may be worth an alert, until it is disposed. */
export function watchConditions(parts: WatchedParts): ConditionSource {
  const { ledger, changes, configReports, examinations, onError } = parts;
  const publications = watchPublications({ ledger, changes, onError });
  return {
    async read(now) {
      const config = parts.config();
      const ofPublications = publications.conditions(config.publishing, now);
      if (ofPublications === undefined) return undefined;
      const [frozen, holds, duplicates, brokenConfig, findings, sums, overdue, next, hasLeader] =
        await Promise.all([
          ledger.frozen(),
          ledger.holds(),
          ledger.duplicates(),
          configReports.read(),
          examinations.findings(config.accounts.keys()),
          ledger.monthlySums(),
          ledger.wakeable(now - STUCK_AFTER_MS, LOOKED_AT),
          ledger.nextWakeAt(),
          parts.hasLeader(),
        ]);
      const obstacles = {
        ...{ frozen, holds, brokenConfig },
        duplicates: duplicates.map((json) => JSON.parse(json)),
      };
      return [
        ...ofPublications,
        ...obstacleConditions(obstacles, openCalendar(config.timezone)),
        ...lateConditions({
          ...{ hasLeader, hasWork: next !== undefined },
          ...{ overdue, isMore: overdue.length === LOOKED_AT },
          isStopped: (account) => frozen !== undefined || holds.has('*') || holds.has(account),
        }),
        ...budgetConditions({ config, sums, now }),
        ...findingConditions(findings),
      ];
    },
    [Symbol.asyncDispose]: () => publications[Symbol.asyncDispose](),
  };
}
