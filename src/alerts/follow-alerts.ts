import { randomUUID } from 'node:crypto';
import type { AlertChannel, AlertPage, AlertSettings } from '../core/alerts.ts';
import { describeError, type Log } from '../core/log.ts';
import type { Lease } from '../ledger/lease.ts';
import type { AlertStore, Waiting } from './alert-store.ts';
import type { SendAlert } from './channel.ts';
import type { Condition } from './condition.ts';
import { decide, type Known, type News } from './decide.ts';
import { deliver } from './deliver.ts';
import { messageOf } from './message.ts';

export interface AlertSurroundings {
  /** Held by the one process that alerts. */
  readonly lease: Lease;
  readonly store: AlertStore;
  readonly log: Log;
  /** Whom to alert, as the config has it by then; undefined: nobody. */
  settings(): AlertSettings | undefined;
  readonly isSandbox: boolean;
  /** Begins to watch. Called when this process takes over, and disposed when it gives over. */
  watch(): ConditionSource;
  readonly send: SendAlert;
  /** Milliseconds since 1970, by the clock that decides. */
  now(): Promise<number>;
  linkTo(page: AlertPage): string | undefined;
  readonly everyMs?: number;
}

/** What is so. */
export interface ConditionSource extends AsyncDisposable {
  /** Undefined while not everything is known. */
  read(now: number): Promise<readonly Condition[] | undefined>;
}

export interface Alerts extends AsyncDisposable {
  /** One round: sees what is so, and tells it if it is time to. Never throws. */
  round(): Promise<void>;
}

const EVERY_MS = 5_000;
/** What is being sent when it is told to stop is given this long. */
const GRACE_MS = 1_000;

/** Alerts people until it is disposed. Any number may run: one does it, and another takes over when that is gone. */
export function followAlerts(surroundings: AlertSurroundings): Alerts {
  const { lease, store, log, everyMs = EVERY_MS } = surroundings;
  let watching: ConditionSource | undefined;
  let known: ReadonlyMap<string, Known> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const stopping = new AbortController();

  const rest = async (): Promise<void> => {
    const before = watching;
    watching = undefined;
    known = undefined;
    await before?.[Symbol.asyncDispose]();
  };
  const tell = async (settings: AlertSettings, now: number): Promise<void> => {
    const conditions = await watching?.read(now);
    if (conditions === undefined) return;
    known ??= await store.known();
    const { news, changes } = decide({ known, conditions, settings, now });
    if (changes.size === 0 && news.length === 0) return;
    const isDone = await store.commit(changes, messagesFor(news, settings, now));
    known = isDone ? merge(known, changes) : undefined;
  };
  const messagesFor = (news: readonly News[], { channels }: AlertSettings, now: number) =>
    channels.flatMap((channel) => messageFor(channel, news, now, surroundings) ?? []);

  const work = async (): Promise<void> => {
    const settings = surroundings.settings();
    if (settings === undefined) {
      if (watching !== undefined) await lease.release();
      return await rest();
    }
    if (!(await lease.take())) return await rest();
    watching ??= surroundings.watch();
    const now = await surroundings.now();
    await tell(settings, now);
    // Somebody else may have taken over while this process stood still.
    if (!(await lease.take())) return await rest();
    const { send } = surroundings;
    const { signal } = stopping;
    await deliver({ store, channels: settings.channels, send, log, stopping: signal, now });
  };
  const round = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      // What was written is not known: it is read again.
      known = undefined;
      log.warn(describeError(error), 'Alerts could not be looked after; it is tried again.');
    }
  };
  let running: Promise<void> = Promise.resolve();
  const loop = async (): Promise<void> => {
    await round();
    if (isStopped) return;
    timer = setTimeout(() => {
      running = loop();
    }, everyMs);
  };
  if (everyMs > 0) running = loop();

  return {
    round,
    async [Symbol.asyncDispose]() {
      isStopped = true;
      clearTimeout(timer);
      const grace = setTimeout(() => stopping.abort(), GRACE_MS);
      await running;
      clearTimeout(grace);
      await rest();
      await lease.release().catch(() => undefined);
    },
  };
}

function messageFor(
  { name, about }: AlertChannel,
  news: readonly News[],
  now: number,
  { isSandbox, linkTo }: AlertSurroundings,
): Waiting | undefined {
  const wanted = news.filter(({ kind }) => about.includes(kind));
  const message = messageOf(wanted, { id: randomUUID(), at: now, isSandbox, linkTo });
  return message && { channel: name, message, tries: 0, nextAt: now };
}

function merge(
  known: ReadonlyMap<string, Known>,
  changes: ReadonlyMap<string, Known | undefined>,
): ReadonlyMap<string, Known> {
  const merged = new Map(known);
  for (const [key, value] of changes) {
    if (value === undefined) merged.delete(key);
    else merged.set(key, value);
  }
  return merged;
}
