import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Post } from '../../src/core/post.ts';
import type { Publication } from '../../src/core/publication.ts';
import { type Closing, createClosing } from '../support/closing.ts';
import { makePng } from '../support/png.ts';
import type { Arena } from './arena.ts';
import { type Bench, type BenchPlan, openBench } from './bench.ts';
import {
  type Batch,
  type CellResult,
  expectedPosts,
  faultOf,
  type Outcome,
  type Point,
} from './cells.ts';
import { startDoomedWorker } from './doomed-worker.ts';
import { startHoldingProxy } from './holding-proxy.ts';
import { openPlainQueue, PLAIN_JOB, startPlainWorker } from './plain-worker.ts';

const requestTimeoutMs = 1_000;
/** Longer than the lease of a claim and the window of a request at this time-out. */
const standStillMs = 6_500;
const patienceMs = 60_000;

interface Cell {
  readonly outcome: Outcome;
  readonly account: string;
  readonly publication: string;
  readonly post: Post;
}

interface Stage {
  readonly batch: Batch;
  readonly arena: Arena;
  readonly plan: BenchPlan;
  readonly bench: Bench;
  readonly cells: readonly Cell[];
}

/** Runs a batch; again, with everything new, if a busy machine kept its worker from reaching the point in time. */
export async function runBatch(
  batch: Batch,
  arena: Arena,
  id: string,
): Promise<readonly CellResult[]> {
  for (let tries = 1; ; tries += 1) {
    const results = await runOnce(batch, arena, `${id}-${tries}`);
    const isMissed = results.some(({ complaints }) => complaints.includes(NOT_REACHED));
    if (!isMissed || tries === 3 || results.some(isWrong)) return results;
  }
}

const NOT_REACHED = 'the point was not reached';

function isWrong({ posts, expected, complaints }: CellResult): boolean {
  return posts > expected || complaints.some((complaint) => complaint !== NOT_REACHED);
}

/** Lets one worker die with its batch in hand, lets clean ones take over, and counts what followers saw. */
async function runOnce(batch: Batch, arena: Arena, id: string): Promise<readonly CellResult[]> {
  const startedAt = performance.now();
  const { bytes, media } = makePng('A grey square');
  const { way } = batch;
  const cells = batch.outcomes.map((outcome) => {
    const account = `${id}-${outcome}`;
    const text = `Cell ${account} of the matrix: does it go out once & only once?`;
    const post: Post = { network: way.network, text, media: [media] };
    return { outcome, account, publication: `cell/${account}`, post };
  });
  const plan: BenchPlan = {
    redisUrl: arena.redisUrl,
    prefix: `{${id}}`,
    dataDir: join(arena.dir, id),
    network: way.network,
    facebook: way.facebook,
    apiUrl: arena.sandboxUrl,
    requestTimeoutMs,
  };
  for (const { outcome, account } of cells) {
    const fault = faultOf(outcome);
    if (fault) await arena.fault({ network: way.network, account, delayMs: 0, ...fault });
  }

  await using bench = openBench(plan);
  await bench.ledger.putMedia(media, bytes);
  const stage: Stage = { batch, arena, plan, bench, cells };
  const { reached, states } = batch.isFenced ? await runFenced(stage) : await runPlain(stage);
  const settledMs = performance.now() - startedAt;
  return Promise.all(
    cells.map(async (cell) => {
      const seen = await arena.seen(cell.account);
      const { state, complaints } = states(
        cell,
        seen.map(({ id: remoteId }) => remoteId),
      );
      // The plain worker has no step of its own after a refusal at which it could die.
      const isReached =
        batch.point === 'none' || !batch.isFenced || reached.includes(cell.publication);
      return {
        way,
        point: batch.point,
        outcome: cell.outcome,
        isFenced: batch.isFenced,
        posts: seen.length,
        expected: expectedPosts(cell.outcome),
        state,
        complaints: isReached ? complaints : [...complaints, NOT_REACHED],
        settledMs,
      };
    }),
  );
}

interface Run {
  /** Publications that were at the point when the worker was struck. */
  readonly reached: readonly string[];
  states(cell: Cell, seenIds: readonly string[]): { state: string; complaints: readonly string[] };
}

async function runFenced(stage: Stage): Promise<Run> {
  const { batch, bench, cells } = stage;
  const { ledger, queues } = bench;
  const { network } = batch.way;
  for (const { publication, account, post } of cells) {
    const step = await ledger.add({
      publication,
      entry: 'cell',
      account,
      network,
      due: undefined,
      publishByMs: bench.settings.publishByMs,
      post,
      fingerprint: publication,
    });
    await queues.enqueue([{ publication, network, generation: step.generation, inMs: 0 }]);
  }

  const names = cells.map(({ publication }) => publication);
  const isSettled = async () =>
    (await ledger.getMany(names)).every((publication) => publication && isOver(publication));
  await using scheduler = bench.startScheduler();
  void scheduler;
  const reached = await strikeAndTakeOver(stage, isSettled, async (closing) => {
    closing.use(await bench.startWorker());
  });

  const records = new Map<string, Publication>();
  for (const record of await ledger.getMany(names)) {
    if (record) records.set(record.publication, record);
  }
  const extra = await ledger.duplicates();
  return {
    reached,
    states: ({ publication }, seenIds) => {
      const record = records.get(publication);
      const complaints = complaintsAbout(record, seenIds);
      if (extra.some((json) => json.includes(publication))) complaints.push('recorded as twice');
      return { state: record?.state ?? 'missing', complaints };
    },
  };
}

async function runPlain(stage: Stage): Promise<Run> {
  const { bench, plan, cells } = stage;
  await using queue = disposing(openPlainQueue(bench, plan));
  const jobs = await queue.of.addBulk(
    cells.map(({ publication, account, post }) => ({
      name: publication,
      data: { publication, account, post },
      opts: { ...PLAIN_JOB },
    })),
  );
  const statesOf = () => Promise.all(jobs.map((job) => job.getState()));
  const isSettled = async () =>
    (await statesOf()).every((state) => state === 'completed' || state === 'failed');
  const reached = await strikeAndTakeOver(stage, isSettled, async (closing) => {
    closing.use(startPlainWorker(bench, plan));
  });
  const states = await statesOf();
  return {
    reached,
    states: (cell) => ({ state: states[cells.indexOf(cell)] ?? 'missing', complaints: [] }),
  };
}

/** Everything that happens to a batch; resolves once it is settled, or patience is over. */
async function strikeAndTakeOver(
  stage: Stage,
  isSettled: () => Promise<boolean>,
  startClean: (closing: Closing) => Promise<void>,
): Promise<readonly string[]> {
  const { point } = stage.batch;
  await using closing = createClosing();
  if (point === 'none') {
    await startClean(closing);
    await until(isSettled);
    return [];
  }
  if (point === 'while-looking') {
    await strike(stage, 'after-answer', closing);
    const { reached } = await strike(stage, 'while-looking', closing);
    await startClean(closing);
    await until(isSettled);
    return reached;
  }
  const { reached, wake } = await strike(stage, point, closing);
  const struckAt = performance.now();
  await startClean(closing);
  if (point.startsWith('stopped')) {
    await wait(Math.max(0, standStillMs - (performance.now() - struckAt)));
    await wake();
  }
  await until(isSettled);
  // What a worker that woke still has to say comes within its request's time.
  if (point.startsWith('stopped')) await wait(2 * requestTimeoutMs);
  return reached;
}

async function strike(
  { batch, arena, plan, cells }: Stage,
  point: Point,
  closing: Closing,
): Promise<{ reached: readonly string[]; wake: () => Promise<void> }> {
  const publications = Object.fromEntries(
    cells.map(({ account, publication }) => [account, publication]),
  );
  const common = { ...plan, point, isFenced: batch.isFenced, publications };
  if (point !== 'request-written') {
    const worker = startDoomedWorker(common);
    closing.add(worker.end);
    const reached = await worker.struck;
    const wake = async (): Promise<void> => {
      worker.child.kill('SIGCONT');
    };
    return { reached, wake };
  }

  let requests = 0;
  const proxy = await startHoldingProxy(arena.sandboxUrl, batch.way, () => {
    requests += 1;
    if (requests === cells.length) worker.child.kill('SIGKILL');
  });
  closing.use(proxy);
  // Its requests must all be on the wire before the first of them gives up.
  const worker = startDoomedWorker({ ...common, apiUrl: proxy.url, requestTimeoutMs: 10_000 });
  closing.add(worker.end);
  await worker.struck;
  return {
    reached: requests >= cells.length ? cells.map(({ publication }) => publication) : [],
    wake: async () => {},
  };
}

function isOver({ state }: Publication): boolean {
  return state !== 'scheduled' && state !== 'sending' && state !== 'unconfirmed';
}

/** What the ledger says, held against what followers see. */
function complaintsAbout(record: Publication | undefined, seenIds: readonly string[]): string[] {
  if (record === undefined) return ['the ledger lost it'];
  const { state, receipt, error } = record;
  if (state === 'published') {
    const isTrue = receipt !== undefined && seenIds.includes(receipt.remoteId);
    return isTrue ? [] : ['published, says the ledger, and its receipt is of no post'];
  }
  if (!isOver(record)) return [`stuck in ${state}`];
  const complaints: string[] = [];
  if (seenIds.length > 0) complaints.push(`live, and the ledger says ${state}`);
  if (!error?.message || !error.advice)
    complaints.push(`${state} without a sentence and an action`);
  return complaints;
}

async function until(isSettled: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    if (await isSettled()) return;
    await wait(100);
  }
}

function disposing<T extends { close(): Promise<void> }>(of: T): { of: T } & AsyncDisposable {
  return { of, [Symbol.asyncDispose]: () => of.close() };
}
