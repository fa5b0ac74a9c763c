import type { Config, Feed } from '../core/config.ts';
import { describeError, type Log } from '../core/log.ts';
import { type Polling, pollFeed } from './poll-feed.ts';

export interface PollerSetup {
  /** The config as it is by now; undefined while there is none to use, or another process asks. */
  readonly config: () => Config | undefined;
  /** What a look at a feed of this config needs. */
  readonly pollingOf: (config: Config) => Polling;
  /** Brings entries into the ledger: those with these ids, or all of the feeds. */
  readonly apply: (config: Config, ids: ReadonlySet<string> | 'all') => Promise<void>;
  readonly log: Log;
  readonly tickMs?: number;
}

const atOnce = 4;
/** After a fault of our own the publisher's server is left alone. */
const restMs = 60_000;

/** Asks feeds when their time comes, and lets go out what is new, until it is disposed. The memory bears several, but one is enough. */
export function startPoller(setup: PollerSetup): AsyncDisposable {
  const { log, tickMs = 1_000 } = setup;
  const asking = new Map<string, Promise<void>>();
  const resting = new Map<string, number>();
  const waiting = new Set<string>();
  let isAllWaiting = true;
  /** What could not be brought in is not tried again at every tick. */
  let applyAfter = 0;
  let isAsking = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const ask = async (feed: Feed, config: Config): Promise<void> => {
    try {
      for (const id of await pollFeed(feed, setup.pollingOf(config))) waiting.add(id);
    } catch (error) {
      resting.set(feed.id, performance.now() + restMs);
      if (stopped) return;
      log.warn(
        { feed: feed.id, ...describeError(error) },
        'A look at a feed failed; it is tried again.',
      );
    } finally {
      asking.delete(feed.id);
    }
  };
  const applyWaiting = async (config: Config): Promise<void> => {
    if ((!isAllWaiting && waiting.size === 0) || performance.now() < applyAfter) return;
    const ids = new Set(waiting);
    const isAll = isAllWaiting;
    // Taken out first: what changes while this is applied waits for the next time.
    waiting.clear();
    isAllWaiting = false;
    applyAfter = performance.now() + 10 * tickMs;
    try {
      await setup.apply(config, isAll ? 'all' : ids);
    } catch (error) {
      isAllWaiting ||= isAll;
      for (const id of ids) waiting.add(id);
      throw error;
    }
    applyAfter = 0;
  };
  const round = async (): Promise<void> => {
    try {
      const config = setup.config();
      // Who asked before may have remembered something and died.
      if (!isAsking) isAllWaiting = true;
      isAsking = config !== undefined;
      if (config === undefined || config.feeds.length === 0) return;
      for (const feed of await feedsToAsk(config, setup.pollingOf(config), asking)) {
        if (asking.size >= atOnce) break;
        if ((resting.get(feed.id) ?? 0) > performance.now()) continue;
        asking.set(feed.id, ask(feed, config));
      }
      await applyWaiting(config);
    } catch (error) {
      log.warn(describeError(error), 'The feeds could not be looked after; it is tried again.');
    }
  };
  const loop = async (): Promise<void> => {
    await round();
    if (stopped) return;
    timer = setTimeout(() => {
      running = loop();
    }, tickMs);
  };
  running = loop();

  return {
    async [Symbol.asyncDispose]() {
      stopped = true;
      clearTimeout(timer);
      // A look that is under way remembers all or nothing: it need not be waited for.
      await running;
    },
  };
}

async function feedsToAsk(
  { feeds }: Config,
  { memory, now }: Polling,
  asking: ReadonlyMap<string, unknown>,
): Promise<readonly Feed[]> {
  const at = await now();
  const due: { readonly feed: Feed; readonly nextAt: number }[] = [];
  for (const feed of feeds) {
    if (asking.has(feed.id)) continue;
    const state = await memory.state(feed.id);
    const isOther = state?.url !== feed.url;
    // A clock that was set back must not keep it waiting.
    const isAhead = state !== undefined && state.askedAt > at;
    const nextAt = state === undefined || isOther || isAhead ? 0 : state.nextAt;
    if (nextAt <= at) due.push({ feed, nextAt });
  }
  return due.toSorted((a, b) => a.nextAt - b.nextAt).map(({ feed }) => feed);
}
