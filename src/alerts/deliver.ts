import type { AlertChannel } from '../core/alerts.ts';
import type { Log } from '../core/log.ts';
import type { AlertStore, Waiting } from './alert-store.ts';
import type { SendAlert } from './channel.ts';

interface Delivery {
  readonly store: AlertStore;
  readonly channels: readonly AlertChannel[];
  readonly send: SendAlert;
  readonly log: Log;
  /** Aborts what is under way. */
  readonly stopping: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Between 0 and 1. */
  readonly chance?: () => number;
}

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 30 * 60_000;
/** What is older is no alert any more. */
const GIVEN_UP_AFTER_MS = 24 * 3_600_000;
/** A channel that is away for long must not fill Redis. */
const MOST_WAITING = 100;

/** Tries the next message of every channel that has one whose time has come. Never throws for a channel's sake. */
export async function deliver(delivery: Delivery): Promise<void> {
  const waiting = await delivery.store.waiting();
  if (waiting.length === 0) return;
  const byChannel = new Map<string, Waiting[]>();
  for (const one of waiting) {
    byChannel.set(one.channel, [...(byChannel.get(one.channel) ?? []), one]);
  }
  await Promise.all(
    [...byChannel].map(async ([name, all]) => {
      const left = await giveUp(all, delivery);
      const channel = delivery.channels.find((one) => one.name === name);
      const [first] = left;
      if (channel === undefined || first === undefined) return;
      if (first.nextAt <= delivery.now) await tryOne(channel, first, delivery);
    }),
  );
}

async function giveUp(
  waiting: readonly Waiting[],
  { store, log, now, channels }: Delivery,
): Promise<readonly Waiting[]> {
  const isGivenUp = ({ channel, message }: Waiting, i: number) =>
    now - message.at > GIVEN_UP_AFTER_MS ||
    waiting.length - i > MOST_WAITING ||
    !channels.some(({ name }) => name === channel);
  const given = waiting.filter(isGivenUp);
  for (const one of given) {
    await store.remove(one);
    const { channel, message } = one;
    log.error({ channel, title: message.title }, 'An alert was never taken, and is given up.');
  }
  return waiting.filter((one) => !given.includes(one));
}

async function tryOne(
  channel: AlertChannel,
  waiting: Waiting,
  { store, send, log, stopping, now, chance = Math.random }: Delivery,
): Promise<void> {
  const { name } = channel;
  const trouble = (await store.troubles()).get(name);
  try {
    await send(channel, waiting.message, stopping);
  } catch (error) {
    // Whoever comes next tries it.
    if (stopping.aborted) return;
    const reason = error instanceof Error ? error.message : String(error);
    if (trouble?.reason !== reason) {
      log.warn({ channel: name }, `An alert did not get through; it is tried again. ${reason}`);
    }
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** waiting.tries);
    const nextAt = now + Math.round(wait * (0.75 + chance() / 2));
    await store.postpone({ ...waiting, tries: waiting.tries + 1, nextAt });
    await store.keepTrouble(name, { since: trouble?.since ?? now, reason });
    return;
  }
  await store.remove(waiting);
  log.info({ channel: name, title: waiting.message.title }, 'People are alerted.');
  if (trouble !== undefined) {
    await store.keepTrouble(name, undefined);
    log.info({ channel: name }, 'Alerts get through again.');
  }
}
