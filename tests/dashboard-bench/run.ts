import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { followLedger } from '../../src/dashboard/overview/follow-ledger.ts';
import { openLedgerChanges } from '../../src/ledger/changes.ts';
import { openRedisLedger } from '../../src/ledger/redis-ledger.ts';
import { openTestDashboard } from '../support/dashboard.ts';
import { anIntent, aPost } from '../support/ledger.ts';
import { someFacts } from '../support/metric-facts.ts';
import { startTestRedis } from '../support/redis.ts';

// How long pages take with 1,000 publications in the ledger and with 100,000, how long the first reading keeps the
// process from answering, and what a ledger costs that changes a thousand times a second.

const PATHS = [
  ...['/', '/approvals', '/plan'],
  ...['/calendar', '/calendar?view=week', '/calendar?view=list', '/calendar.ics'],
  ...['/history', '/history?page=15', '/history?search=spring+report'],
  ...['/history?search=nothing+here', '/history?state=failed', '/metrics', '/readyz'],
];
const TRIES = 21;
const MOST_MS = 300;
/** Below this, what a page takes is mostly noise. */
const SMALL_MS = 30;
const PREFIX = '{carillon-bench}';
const ACCOUNTS = ['newsroom-0', 'newsroom-1', 'newsroom-2'];

const say = (line: string) => process.stdout.write(`${line}\n`);
const server = await startTestRedis();
const ledger = openRedisLedger(server.connect(), { prefix: PREFIX });
const middle = Date.now();
const nameOf = (n: number) => `entry-${n}/${ACCOUNTS[n % 3]}`;

/** Ten minutes apart, half of them past. */
async function fill(from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += 500) {
    const size = Math.min(500, to - start);
    await Promise.all(
      Array.from({ length: size }, (_, i) => {
        const n = start + i;
        const due = middle + (n - 50_000) * 600_000;
        const text = `Article number ${n} tells how the spring report of the city was made, and who made it. https://news.example.org/${n}`;
        const post = aPost({ text });
        return ledger.add(anIntent({ publication: nameOf(n), due, publishByMs: 9e12, post }));
      }),
    );
  }
}

async function measure(label: string): Promise<ReadonlyMap<string, number>> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const begun = performance.now();
  await using overview = followLedger({
    ledger,
    changes: openLedgerChanges(server.connect(), PREFIX),
    onError: (error) => say(String(error)),
  });
  const data = {
    overview,
    publications: (names: readonly string[]) => ledger.getMany(names),
    posts: (names: readonly string[]) => ledger.posts(names),
    tallies: () => ledger.tallies(),
    metricFacts: async () => someFacts({ tallies: await ledger.tallies() }),
    holds: () => ledger.holds(),
    frozen: () => ledger.frozen(),
    now: () => ledger.now(),
    accounts: () => ACCOUNTS,
  };
  await using dashboard = await openTestDashboard({ data });
  const isSaid = (await (await fetch(`${dashboard.url}/`)).text()).includes('still being read');
  while (!overview.isComplete) await wait(20);
  const ms = Math.round(performance.now() - begun);
  const longest = Math.round(delay.max / 1e6);
  const megabytes = Math.round(process.memoryUsage().rss / 1e6);
  say(`${label}: read in ${ms} ms, the longest pause ${longest} ms, ${megabytes} MB`);
  say(`${label}: meanwhile a page says that it is being read: ${isSaid}`);

  const medians = new Map<string, number>();
  for (const path of PATHS) {
    const times: number[] = [];
    for (let i = 0; i < TRIES; i++) {
      const start = performance.now();
      const answer = await fetch(`${dashboard.url}${path}`);
      await answer.text();
      times.push(performance.now() - start);
    }
    medians.set(path, times.toSorted((a, b) => a - b)[Math.floor(TRIES / 2)] ?? 0);
  }
  return medians;
}

/** A thousand changes a second, from this process: what remains of its time is what the dashboard leaves. */
async function measureChanging(): Promise<void> {
  await using overview = followLedger({
    ledger,
    changes: openLedgerChanges(server.connect(), PREFIX),
    onError: (error) => say(String(error)),
  });
  while (!overview.isComplete) await wait(20);
  const before = overview.version;
  const end = performance.now() + 5_000;
  let changes = 0;
  for (let n = 50_000; performance.now() < end; n += 100) {
    const next = wait(100);
    const names = Array.from({ length: 100 }, (_, i) => nameOf(((n + i) % 49_000) + 50_500));
    await Promise.all(names.map((name) => ledger.move(name, middle + 9e8 + n, 'ada')));
    changes += names.length;
    await next;
  }
  say(`${changes} changes in 5 s made the overview anew ${overview.version - before} times`);
}

await fill(49_500, 50_500);
const few = await measure('  1,000');
await fill(0, 49_500);
await fill(50_500, 100_000);
const many = await measure('100,000');
let isSlow = false;
for (const path of PATHS) {
  const [a, b] = [few.get(path) ?? 0, many.get(path) ?? 0];
  const isTooSlow = b > MOST_MS || (b > SMALL_MS && b > 2 * a);
  isSlow ||= isTooSlow;
  const row = `${path.padEnd(30)} ${a.toFixed(1).padStart(7)} ms ${b.toFixed(1).padStart(7)} ms`;
  say(`${row}${isTooSlow ? '  too slow' : ''}`);
}
await measureChanging();
await server.stop();
process.exit(isSlow ? 1 : 0);
