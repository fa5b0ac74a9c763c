import assert from 'node:assert/strict';
import type { Account } from '../../src/core/account.ts';
import type { ConfigFrame } from '../../src/core/config.ts';
import type { CredentialStore } from '../../src/core/credentials.ts';
import type { PlannedWakeUp } from '../../src/core/wake-up.ts';
import type { DashboardData } from '../../src/dashboard/data.ts';
import { createOverview } from '../../src/dashboard/overview/overview.ts';
import { rowOf } from '../../src/dashboard/overview/row.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import type { FeedMemory } from '../../src/feeds/feed-memory.ts';
import { startTestDashboard } from './dashboard.ts';
import type { Bench } from './ledger.ts';

const PASSWORD = 'a long sentence of somebody';
const PEOPLE = [
  { name: 'vera', role: 'viewer', password: PASSWORD },
  { name: 'edda', role: 'editor', password: PASSWORD },
  { name: 'olga', role: 'operator', password: PASSWORD },
] as const;

const account = (name: string, network: string, over: Partial<Account> = {}): Account => ({
  ...{ name, network, apiUrl: 'http://127.0.0.1:1', sandbox: true, settings: {}, secrets: {} },
  ...over,
});

const ACCOUNTS = [
  account('newsroom-x', 'twitter', { settings: { handle: '@newsroom' } }),
  account('newsroom-page', 'facebook'),
  account('newsroom-tube', 'youtube', { settings: { mode: 'assisted' } }),
];

interface DeskOptions {
  readonly findings?: readonly Finding[];
  readonly accounts?: readonly Account[];
  /** What the dashboard shows besides. */
  readonly data?: Partial<DashboardData>;
}

/** A dashboard over a ledger in Redis, for people of every role: vera looks, edda edits, olga operates. */
export async function startTestDesk({ ledger }: Bench, options: DeskOptions = {}) {
  const { findings = [], accounts = ACCOUNTS, data = {} } = options;
  const woken: PlannedWakeUp[] = [];
  const overview = createOverview();
  const all = await ledger.list();
  const posts = await ledger.posts(all.map(({ publication }) => publication));
  overview.fill(all.map((one) => rowOf(one, posts.get(one.publication))));
  const config = {
    timezone: 'Europe/Paris',
    sandbox: true,
    accounts: new Map(accounts.map((one) => [one.name, one])),
    publishing: { resumeGapMs: 0, publishByMs: 60_000 },
  } as unknown as ConfigFrame;
  const putBackJobs = async () => {};
  const dashboard = await startTestDashboard({
    people: PEOPLE,
    data: {
      overview,
      publications: (names) => ledger.getMany(names),
      posts: (names) => ledger.posts(names),
      holds: () => ledger.holds(),
      now: () => ledger.now(),
      accounts: () => accounts.map(({ name }) => name),
      handOff: { ledger, accountOf: (name) => config.accounts.get(name), putBackJobs },
      desk: {
        ...{ ledger, config, putBackJobs },
        takeBackNow: async () => {},
        noteRetraction: () => {},
        thaw: async () => false,
        feedMemory: { states: async () => new Map() } as unknown as FeedMemory,
        credentials: {
          of: () => ({ read: async () => undefined }),
        } as unknown as CredentialStore,
        examinations: { lookAt: async () => undefined, findings: async () => findings },
        queues: { enqueue: async (wakeUps) => void woken.push(...wakeUps) },
      },
      ...data,
    },
  });
  return {
    ...dashboard,
    woken,
    enter: async (name: (typeof PEOPLE)[number]['name']) => {
      const answer = await dashboard.post('/enter', { name, password: PASSWORD, to: '/' });
      const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
      assert.notEqual(cookie, '', `${name} cannot enter`);
      return openVisit(dashboard, cookie);
    },
  };
}

/** What one person does with a browser, without a script. */
function openVisit(dashboard: Awaited<ReturnType<typeof startTestDashboard>>, cookie: string) {
  const read = async (path: string) =>
    (await dashboard.get(path, { cookie, 'accept-language': 'en' })).text();
  const formToken = async () => /name="form" value="([^"]+)"/.exec(await read('/'))?.[1] ?? '';
  const send = async (deed: string, fields: Record<string, string>) =>
    dashboard.post(
      `/deeds/${deed}`,
      { form: await formToken(), ...fields },
      { cookie, accept: 'text/html', 'accept-language': 'en' },
    );
  return {
    cookie,
    read,
    send,
    /** Asks for a deed, and answers the fields of the page that asks whether it is meant. */
    async ask(deed: string, fields: Record<string, string>): Promise<Record<string, string>> {
      const answer = await send(deed, fields);
      const page = await answer.text();
      assert.equal(answer.status, 200, page);
      const main = page.slice(page.indexOf('<main'));
      return Object.fromEntries(
        [...main.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
          ([, name = '', value = '']) => [name, decode(value)],
        ),
      );
    },
    /** Asks, agrees, and answers what the page says afterwards. */
    async carryOut(deed: string, fields: Record<string, string>): Promise<string> {
      const sure = await this.ask(deed, fields);
      return this.toldAfter(await send(deed, sure));
    },
    /** What is said on the page that an answer leads to. */
    async toldAfter(answer: Response): Promise<string> {
      assert.equal(answer.status, 303, await answer.clone().text());
      const page = await read(answer.headers.get('location') ?? '');
      return /role="status"[^>]*>([^<]*)</.exec(page)?.[1]?.trim() ?? '';
    },
  };
}

function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
