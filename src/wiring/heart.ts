import { BEAT_EVERY_MS, type Heart, type Heartbeat, type Heartbeats } from '../core/heartbeat.ts';
import type { Log } from '../core/log.ts';

export function startHeart(heartbeats: Heartbeats, sign: Omit<Heartbeat, 'at'>, log: Log): Heart {
  let beaten: number | undefined;
  let latest: Promise<void> = Promise.resolve();
  const complain = (error: unknown) =>
    log.debug({ reason: String(error) }, 'A sign of life could not be given.');
  return {
    beat() {
      // A little early rather than one round late.
      if (beaten !== undefined && performance.now() - beaten < 0.9 * BEAT_EVERY_MS) return;
      beaten = performance.now();
      latest = heartbeats.beat(sign).catch(complain);
    },
    async [Symbol.asyncDispose]() {
      await latest;
      // The last run of a scheduler stays known; a worker that is gone is gone.
      if (sign.part === 'worker') await heartbeats.end(sign).catch(complain);
    },
  };
}
