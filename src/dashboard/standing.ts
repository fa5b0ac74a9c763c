import type { ConfigFrame } from '../core/config.ts';
import { type Heartbeat, LATE_AFTER_MS } from '../core/heartbeat.ts';
import type { Cost } from '../core/money.ts';
import { monthOf } from '../costs/months.ts';
import type { LimitedLine, MonthlySum } from '../ledger/ledger.ts';

/** How accounts and the parts of Carillon are. */
export interface Standing {
  readonly accounts: readonly AccountStanding[];
  /** Accounts of which a limit holds publications back. */
  readonly limited: readonly LimitedLine[];
  readonly scheduler: SchedulerStanding;
  /** Of each network that has accounts. */
  readonly workers: readonly WorkerStanding[];
}

export interface AccountStanding {
  readonly name: string;
  readonly network: string;
  /** False if nothing can go out before somebody connects it; undefined where that cannot be told now. */
  readonly isConnected: boolean | undefined;
  /** What this month has cost so far, and may cost. */
  readonly spent: Cost | undefined;
  readonly budget: Cost | undefined;
}

export interface SchedulerStanding {
  /** When it last went over everything; undefined if it never did, as far as is remembered. */
  readonly lastAt: number | undefined;
  readonly isLate: boolean;
  /** False if it changes nothing that is planned; undefined if none is known. */
  readonly applies: boolean | undefined;
}

export interface WorkerStanding {
  readonly network: string;
  /** How many are there now. */
  readonly count: number;
  readonly accounts: number;
}

export interface StandingFacts {
  readonly config: Pick<ConfigFrame, 'accounts' | 'timezone'>;
  readonly connected: ReadonlyMap<string, boolean | undefined>;
  readonly sums: readonly MonthlySum[];
  readonly limited: readonly LimitedLine[];
  /** The latest first. */
  readonly heartbeats: readonly Heartbeat[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function standingOf(facts: StandingFacts): Standing {
  const { config, connected, sums, limited, heartbeats, now } = facts;
  const month = monthOf(now, config.timezone);
  const accounts = [...config.accounts.values()].map(({ name, network, budget, prices }) => {
    const sum = sums.find(
      (one) => one.account === name && one.month === month && one.currency === prices?.currency,
    );
    const spent = sum && { amount: sum.spent + sum.reserved, currency: sum.currency };
    return { name, network, isConnected: connected.get(name), spent, budget };
  });
  const networks = [...new Set(accounts.map(({ network }) => network))];
  const isHere = ({ at }: Heartbeat) => now - at <= LATE_AFTER_MS;
  const last = heartbeats.find(({ part }) => part === 'scheduler');
  return {
    accounts,
    limited,
    scheduler: {
      lastAt: last?.at,
      isLate: last === undefined || !isHere(last),
      applies: last?.applies,
    },
    workers: networks.map((network) => ({
      network,
      count: heartbeats.filter((one) => one.network === network && isHere(one)).length,
      accounts: accounts.filter((account) => account.network === network).length,
    })),
  };
}
