import { isRecord, type NetworkName, type Stage } from './call.ts';

/** A limit that somebody has set: so many requests in a window that begins with the first of them. */
export interface Limit {
  readonly network: NetworkName;
  /** Absent: every account has it, each for itself. */
  readonly account?: string;
  readonly most: number;
  readonly windowMs: number;
  readonly on: Stage;
  /** Whose headers tell of it: the account's short window, its day, or the app, whose accounts share it. */
  readonly of: LimitKind;
}

export type LimitKind = 'account' | 'account-day' | 'app';

/** A request as it was counted. */
export interface Counted {
  readonly limit: Limit;
  /** This request included, unless it is over the limit. */
  readonly used: number;
  readonly isOver: boolean;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

interface Window {
  readonly endsAt: number;
  used: number;
}

const networks: readonly NetworkName[] = ['twitter', 'facebook', 'youtube'];
const stages: readonly Stage[] = ['read', 'prepare', 'publish', 'change'];
const kinds: readonly LimitKind[] = ['account', 'account-day', 'app'];
const keys = ['network', 'account', 'most', 'windowMs', 'on', 'of'];

/** The limits that are set. Kept in memory only, as faults are; without any, nobody is refused for a count. */
export class Limits {
  #limits: Limit[] = [];
  readonly #windows = new Map<string, Window>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The newest limit of the same kind and account takes the place of an older one, and counts anew. */
  set(limits: readonly Limit[]): void {
    for (const limit of limits) {
      this.#limits = [...this.#limits.filter((other) => nameOf(other) !== nameOf(limit)), limit];
      for (const key of this.#windows.keys()) {
        if (key.startsWith(`${nameOf(limit)} `)) this.#windows.delete(key);
      }
    }
  }

  list(): readonly object[] {
    return this.#limits.map((limit) => {
      const windows = [...this.#windows].filter(([key]) => key.startsWith(`${nameOf(limit)} `));
      return { ...limit, used: windows.reduce((sum, [, { used }]) => sum + used, 0) };
    });
  }

  clear(): number {
    const cleared = this.#limits.length;
    this.#limits = [];
    this.#windows.clear();
    return cleared;
  }

  /** Counts a request against every limit that it falls under. One that is over any of them counts for none. */
  take(network: NetworkName, stage: Stage, account: string | undefined): readonly Counted[] {
    const mine = this.#limits.filter(
      (limit) =>
        limit.network === network &&
        limit.on === stage &&
        (limit.account === undefined || limit.account === account),
    );
    const windows = mine.map((limit) => ({ limit, window: this.#windowOf(limit, account) }));
    const isOver = windows.some(({ limit, window }) => window.used >= limit.most);
    return windows.map(({ limit, window }) => {
      const isThisOver = window.used >= limit.most;
      if (!isOver) window.used++;
      return { limit, used: window.used, isOver: isThisOver, endsAt: window.endsAt };
    });
  }

  #windowOf(limit: Limit, account: string | undefined): Window {
    const key = `${nameOf(limit)} ${limit.of === 'app' ? '' : account}`;
    const known = this.#windows.get(key);
    if (known && known.endsAt > this.#now()) return known;
    const window = { endsAt: this.#now() + limit.windowMs, used: 0 };
    this.#windows.set(key, window);
    return window;
  }
}

function nameOf({ network, account = '', on, of }: Limit): string {
  return [network, account, on, of].join('|');
}

/** Reads what was posted to /limits: one limit or a list. Answers a sentence if it cannot be one. */
export function parseLimits(value: unknown): readonly Limit[] | string {
  const limits: Limit[] = [];
  for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
    const limit = parseLimit(item);
    if (typeof limit === 'string') return limit;
    limits.push(limit);
  }
  return limits;
}

function parseLimit(value: unknown): Limit | string {
  if (!isRecord(value))
    return 'A limit is an object such as {"network":"twitter","account":"newsroom-x","most":100,"windowMs":900000}.';
  const unknownKey = Object.keys(value).find((key) => !keys.includes(key));
  if (unknownKey !== undefined)
    return `"${unknownKey}" is not a key of a limit. Use ${keys.join(', ')}.`;
  const network = networks.find((name) => name === value.network);
  if (!network) return `"network" is one of ${networks.join(', ')}.`;
  const on = stages.find((name) => name === (value.on ?? 'publish'));
  if (!on) return `"on" is one of ${stages.join(', ')}.`;
  const of = kinds.find((name) => name === (value.of ?? 'account'));
  if (!of) return `"of" is one of ${kinds.join(', ')}.`;
  const { account, most } = value;
  if (account !== undefined && typeof account !== 'string')
    return '"account" is the name of an account.';
  if (!isWhole(most, 0)) return '"most" is a whole number.';
  const windowMs = value.windowMs ?? (of === 'account' ? 15 * 60_000 : 24 * 3_600_000);
  if (!isWhole(windowMs, 1)) return '"windowMs" is a whole number of milliseconds, at least 1.';
  return { network, ...(account === undefined ? {} : { account }), most, windowMs, on, of };
}

function isWhole(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}
