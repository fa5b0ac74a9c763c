import { after } from 'node:test';
import type { DashboardPerson, DashboardSettings } from '../../src/core/dashboard-settings.ts';
import type { Publication } from '../../src/core/publication.ts';
import type { AccessStore } from '../../src/dashboard/access/access-store.ts';
import type { DashboardData } from '../../src/dashboard/data.ts';
import type { Desk } from '../../src/dashboard/desk.ts';
import { createOverview } from '../../src/dashboard/overview/overview.ts';
import { rowOf } from '../../src/dashboard/overview/row.ts';
import type { PlanReport } from '../../src/dashboard/plan-report.ts';
import { createRoutes } from '../../src/dashboard/routes/routes.ts';
import { type DashboardOptions, startDashboard } from '../../src/dashboard/server.ts';
import type { Standing } from '../../src/dashboard/standing.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { aPost } from './ledger.ts';
import { someFacts, someTallies } from './metric-facts.ts';
import { DUE } from './publications.ts';

interface DashboardBench {
  readonly url: string;
  readonly overview: ReturnType<typeof createOverview>;
  readonly store: AccessStore;
  /** What failed while pages were made. */
  readonly errors: readonly unknown[];
  /** Every address that it knows, as its router has them. */
  readonly addresses: readonly { readonly method: string; readonly path: string }[];
  /** Asks for a page as a browser would, without following where it leads. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(
    path: string,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

interface BenchOptions {
  readonly publications?: readonly Publication[];
  readonly data?: Partial<DashboardData>;
  readonly people?: readonly DashboardPerson[];
  /** What the config says, as it is by then. */
  readonly settings?: () => Partial<DashboardSettings>;
  readonly host?: string;
  readonly patience?: DashboardOptions['patience'];
}

/** A dashboard on a free port, over data of the test's own, which ends with the test. */
export async function startTestDashboard(options: BenchOptions = {}): Promise<DashboardBench> {
  const dashboard = await openTestDashboard(options);
  after(() => dashboard[Symbol.asyncDispose]());
  return dashboard;
}

/** The same for whoever ends it. */
export async function openTestDashboard(
  options: BenchOptions = {},
): Promise<DashboardBench & AsyncDisposable> {
  const { publications = [], people = [] } = options;
  const overview = createOverview();
  overview.fill(publications.map((one) => rowOf(one, aPost())));
  const data: DashboardData = {
    overview,
    publications: async (names) =>
      names.map((name) => publications.find(({ publication }) => publication === name)),
    posts: async () => new Map(),
    countArchived: async () => 0,
    tallies: async () => someTallies(),
    metricFacts: async () => someFacts(),
    holds: async () => new Map(),
    frozen: async () => undefined,
    brokenConfig: async () => undefined,
    findings: async () => [],
    standing: async () => WELL,
    plan: async () => NO_CHANGES,
    configFile: 'config/carillon.yaml',
    now: async () => DUE,
    timezone: () => 'Europe/Paris',
    accounts: () => [...new Set(publications.map(({ account }) => account))],
    schedule: async () => undefined,
    handOff: { ledger: {} as Ledger, accountOf: () => undefined, putBackJobs: async () => {} },
    desk: { config: { accounts: new Map() } } as unknown as Desk,
    sandboxUrl: undefined,
    queues: [],
    hideSecrets: (text) => text,
    ...options.data,
  };
  const store = keepInMemory();
  const errors: unknown[] = [];
  const dashboardOptions = {
    host: options.host ?? '127.0.0.1',
    port: 0,
    store,
    settings: () => ({ isBehindProxy: false, people, ...options.settings?.() }),
    localName: 'ada',
    onError: (error: unknown) => errors.push(error),
    ...(options.patience && { patience: options.patience }),
  };
  const dashboard = await startDashboard(data, dashboardOptions);
  const { url } = dashboard;
  const send = (path: string, init: RequestInit) =>
    fetch(`${url}${path}`, { redirect: 'manual', ...init });
  return {
    [Symbol.asyncDispose]: () => dashboard[Symbol.asyncDispose](),
    url,
    overview,
    store,
    errors,
    addresses: createRoutes(data, dashboardOptions).routes.filter(
      // What passes on to others stands for no address of its own.
      ({ method, path }) => method !== 'ALL' || !path.endsWith('*'),
    ),
    get: (path, headers = {}) => send(path, { headers: { accept: 'text/html', ...headers } }),
    post: (path, fields, headers = {}) =>
      send(path, { method: 'POST', body: new URLSearchParams(fields), headers }),
  };
}

/** A scheduler that runs, and nothing that it could do anything for. */
const WELL: Standing = {
  accounts: [],
  limited: [],
  scheduler: { lastAt: DUE - 1_000, isLate: false, applies: true },
  workers: [],
};

/** A config that is as the ledger has it. */
const NO_CHANGES: PlanReport = {
  at: DUE,
  problems: [],
  problemCount: 0,
  outcome: {
    kind: 'planned',
    plan: { changes: [], counts: {}, total: 0, unchanged: 0, moved: [], waiting: 0, costs: [] },
  },
};

function keepInMemory(): AccessStore {
  const sessions = new Map<string, string>();
  const failures = new Map<string, number>();
  const used = new Set<string>();
  let made = 0;
  return {
    signingKey: async () => Buffer.alloc(32, 7),
    openSession: async (person) => {
      const token = `session-${++made}`;
      sessions.set(token, person);
      return token;
    },
    sessionOf: async (token) => sessions.get(token),
    closeSession: async (token) => {
      sessions.delete(token);
    },
    countFailure: async (who) => {
      const count = (failures.get(who) ?? 0) + 1;
      failures.set(who, count);
      return count;
    },
    failures: async (who) => failures.get(who) ?? 0,
    useOnce: async (what) => used.size !== used.add(what).size,
  };
}
