import { sayDuration } from '../core/words.ts';
import type { Finding } from './finding.ts';

const WARNING_MS = 2_000;
/** Their `Date` is in whole seconds, and an answer may take its time. */
const NETWORK_WARNING_MS = 30_000;
/** Networks refuse signatures that are five minutes off. */
const ERROR_MS = 120_000;

/** Judges how far this machine's clock is ahead of that of Redis. */
export function judgeClock(aheadMs: number): Finding {
  const check = 'clock';
  if (Math.abs(aheadMs) < WARNING_MS) {
    return {
      check,
      code: 'redis',
      severity: 'ok',
      message: 'The clock agrees with that of Redis.',
    };
  }
  return {
    check,
    code: 'redis',
    severity: Math.abs(aheadMs) < ERROR_MS ? 'warning' : 'error',
    message: `The clock of this machine is ${sayOff(aheadMs)} that of Redis, by which posts go out.`,
    remedy: 'Let both machines set their clocks by the network (NTP).',
  };
}

/** How far this machine's clock is ahead of a network's. */
export interface NetworkClock {
  readonly displayName: string;
  readonly aheadMs: number;
}

/** Judges this machine's clock by what the networks say that it is: one finding for each, or one if all agree. */
export function judgeNetworkClocks(clocks: readonly NetworkClock[]): readonly Finding[] {
  const widest = new Map<string, NetworkClock>();
  for (const clock of clocks) {
    const known = widest.get(clock.displayName);
    if (known === undefined || Math.abs(known.aheadMs) < Math.abs(clock.aheadMs)) {
      widest.set(clock.displayName, clock);
    }
  }
  const off = [...widest.values()].filter(({ aheadMs }) => Math.abs(aheadMs) >= NETWORK_WARNING_MS);
  if (off.length > 0) return off.map(judgeNetworkClock);
  if (widest.size === 0) return [];
  const names = new Intl.ListFormat('en-GB').format(widest.keys());
  const message = `The clock agrees with ${widest.size === 1 ? 'that' : 'those'} of ${names}.`;
  return [{ check: 'clock', code: 'networks', severity: 'ok', message }];
}

function judgeNetworkClock({ displayName, aheadMs }: NetworkClock): Finding {
  return {
    check: 'clock',
    code: displayName,
    severity: Math.abs(aheadMs) < ERROR_MS ? 'warning' : 'error',
    message: `The clock of this machine is ${sayOff(aheadMs)} that of ${displayName}, which refuses requests that are minutes off.`,
    remedy: 'Let this machine set its clock by the network (NTP).',
  };
}

function sayOff(aheadMs: number): string {
  return `${sayDuration(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'}`;
}
