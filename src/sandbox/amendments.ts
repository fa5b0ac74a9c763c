import { type Answer, type Call, isRecord, type NetworkName, type PlayedNetwork } from './call.ts';
import type { Delivery } from './send.ts';

const networks: readonly NetworkName[] = ['twitter', 'facebook', 'youtube'];
const keys = ['network', 'account', 'path', 'status', 'headers', 'body', 'clockAheadMs'];

/**
 * Makes a network say other things than it would: of an account that is not well, of a token that ends soon, of a
 * clock that is wrong. What the network does is not changed by it.
 */
export interface Amendment {
  readonly network: NetworkName;
  readonly account?: string;
  /** How the path of the request ends, such as `/users/me`; absent: every path. */
  readonly path?: string;
  /** With a status, the body is the whole answer; without, it is merged into it. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** How far the network's clock is ahead, as its `Date` header shows it. */
  readonly clockAheadMs?: number;
}

/** The amendments that are set. Kept in memory only, as faults are. */
export class Amendments {
  #all: readonly Amendment[] = [];

  add(amendment: Amendment): void {
    this.#all = [...this.#all, amendment];
  }

  list(): readonly Amendment[] {
    return this.#all;
  }

  /** Takes all of them away and says how many there were. */
  clear(): number {
    const cleared = this.#all.length;
    this.#all = [];
    return cleared;
  }

  /** Changes what is delivered whole; what a fault spoils stays as it is. */
  amendDelivery(delivery: Delivery, { name, accountOf }: PlayedNetwork, call: Call, now: number) {
    if (delivery.how !== 'whole' || this.#all.length === 0) return delivery;
    const account = accountOf(call);
    const fitting = this.#all.filter(
      (amendment) =>
        amendment.network === name &&
        (amendment.account === undefined || amendment.account === account) &&
        call.path.endsWith(amendment.path ?? ''),
    );
    const amend = (answer: Answer, amendment: Amendment) => amendOnce(answer, amendment, now);
    return { ...delivery, answer: fitting.reduce(amend, delivery.answer) };
  }
}

function amendOnce(answer: Answer, amendment: Amendment, now: number): Answer {
  const { status, headers, body, clockAheadMs } = amendment;
  const date = clockAheadMs === undefined ? {} : { date: dateOf(now + clockAheadMs) };
  return {
    status: status ?? answer.status,
    headers: { ...answer.headers, ...headers, ...date },
    body: status === undefined ? merge(answer.body, body) : (body ?? {}),
  };
}

function dateOf(instant: number): string {
  return new Date(instant).toUTCString();
}

/** Objects are merged, everything else is replaced. */
function merge(value: unknown, change: unknown): unknown {
  if (change === undefined) return value;
  if (!isRecord(value) || !isRecord(change)) return change;
  const changed = Object.entries(change).map(([key, one]) => [key, merge(value[key], one)]);
  return { ...value, ...(Object.fromEntries(changed) as Record<string, unknown>) };
}

/** Reads what was posted to /amendments. Answers a sentence if it cannot be one. */
export function parseAmendment(value: unknown): Amendment | string {
  if (!isRecord(value)) return 'An amendment is an object such as {"network":"twitter"}.';
  const unknownKey = Object.keys(value).find((key) => !keys.includes(key));
  if (unknownKey !== undefined) {
    return `"${unknownKey}" is not a key of an amendment. Use ${keys.join(', ')}.`;
  }
  const network = networks.find((name) => name === value.network);
  if (!network) return `"network" is one of ${networks.join(', ')}.`;
  const { account, path, status, headers, body, clockAheadMs } = value;
  if (!isTextOrAbsent(account)) return '"account" is the name of an account.';
  if (!isTextOrAbsent(path)) return '"path" is how a path ends, such as "/users/me".';
  if (!isWholeOrAbsent(status, 200, 599)) return '"status" is a whole number from 200 to 599.';
  if (!isWholeOrAbsent(clockAheadMs, -1e11, 1e11)) return '"clockAheadMs" is a whole number.';
  if (headers !== undefined && !isHeaders(headers)) return '"headers" are names with their texts.';
  if (body !== undefined && !isRecord(body)) return '"body" is an object.';
  return {
    network,
    ...(account !== undefined && { account }),
    ...(path !== undefined && { path }),
    ...(status !== undefined && { status }),
    ...(headers !== undefined && { headers }),
    ...(body !== undefined && { body }),
    ...(clockAheadMs !== undefined && { clockAheadMs }),
  };
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function isWholeOrAbsent(value: unknown, least: number, most: number): value is number | undefined {
  if (value === undefined) return true;
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

function isHeaders(value: unknown): value is Record<string, string> {
  const isSafe = (text: unknown) => typeof text === 'string' && /^[\x20-\x7e]*$/.test(text);
  return (
    isRecord(value) &&
    Object.entries(value).every(([name, text]) => /^[\w-]+$/.test(name) && isSafe(text))
  );
}
