import type { Queue } from 'bullmq';
import type { ConfigReport } from '../core/config-report.ts';
import type { Post } from '../core/post.ts';
import type { Publication } from '../core/publication.ts';
import type { ScheduleSettings } from '../core/schedule.ts';
import type { Finding } from '../doctor/finding.ts';
import type { Frozen, Hold } from '../ledger/ledger.ts';
import type { LedgerTallies } from '../ledger/tallies.ts';
import type { Desk } from './desk.ts';
import type { HandOffParts } from './hand-off/parts.ts';
import type { MetricFacts } from './metrics/metric-facts.ts';
import type { Overview } from './overview/overview.ts';
import type { PlanReport } from './plan-report.ts';
import type { Standing } from './standing.ts';

/** What the dashboard shows. */
export interface DashboardData {
  readonly overview: Overview;
  /** The publications with these names, in their order; undefined where there is none. */
  publications(names: readonly string[]): Promise<readonly (Publication | undefined)[]>;
  /** The posts of publications with these names, by name. */
  posts(publications: readonly string[]): Promise<ReadonlyMap<string, Post>>;
  /** How many publications are archived, and stand in no list. */
  countArchived(): Promise<number>;
  /** What the ledger has counted, and what is due in it. */
  tallies(): Promise<LedgerTallies>;
  /** What metrics tell besides the overview. */
  metricFacts(): Promise<MetricFacts>;
  holds(): Promise<ReadonlyMap<string, Hold>>;
  frozen(): Promise<Frozen | undefined>;
  brokenConfig(): Promise<ConfigReport | undefined>;
  /** What the last examination has found. */
  findings(): Promise<readonly Finding[]>;
  /** How accounts, scheduler and workers are. */
  standing(): Promise<Standing>;
  /** What the config would change: may take a while, and never fails. */
  plan(): Promise<PlanReport>;
  /** The config, as people know it. */
  readonly configFile: string;
  /** Milliseconds since 1970, by the clock of Redis. */
  now(): Promise<number>;
  timezone(): string;
  /** Names of accounts, in the order of the config. */
  accounts(): readonly string[];
  /** When accounts may publish; undefined while the config cannot be read. */
  schedule(): Promise<ScheduleSettings | undefined>;
  /** What people post by hand, and approve by links. */
  readonly handOff: HandOffParts;
  /** What people do on pages, and what is read for that. */
  readonly desk: Desk;
  readonly sandboxUrl: string | undefined;
  readonly queues: Iterable<Queue>;
  /** A text without the secrets that this process knows. */
  hideSecrets(text: string): string;
}
