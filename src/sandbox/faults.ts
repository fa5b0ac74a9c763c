import { createHash } from 'node:crypto';
import { isRecord, type NetworkName, type RefusingFault, type Stage } from './call.ts';

/** Faults after which the post is stored all the same, though the client may not hear of it. */
type StoringFault =
  | 'stored-then-error'
  | 'stored-then-hang'
  | 'stored-then-reset'
  | 'slow'
  | 'no-id'
  | 'empty'
  | 'truncated';

export type FaultKind = RefusingFault | StoringFault | 'reset' | 'hang' | 'html' | 'lag';

const kinds: readonly FaultKind[] = [
  'refuse',
  'rate-limit',
  'quota',
  'server-error',
  'stored-then-error',
  'stored-then-hang',
  'stored-then-reset',
  'reset',
  'hang',
  'duplicate',
  'unauthorized',
  'slow',
  'html',
  'no-id',
  'empty',
  'truncated',
  'blocked',
  'forbidden',
  'lag',
  'renamed-fields',
  'unrenamed-fields',
  'proof-required',
  'denied',
  'wrong-state',
  'code-spent',
  'invalid-client',
  'no-pages',
];
const networks: readonly NetworkName[] = ['twitter', 'facebook', 'youtube'];
const stages: readonly Stage[] = ['read', 'prepare', 'publish', 'change'];
const keys = ['network', 'kind', 'probability', 'count', 'account', 'seed', 'on', 'delayMs'];

/** One thing that goes wrong. */
export interface Fault {
  readonly network: NetworkName;
  readonly kind: FaultKind;
  readonly on: Stage;
  readonly account?: string;
  readonly probability: number;
  /** How often it still fires; absent: for ever. */
  readonly count?: number;
  readonly seed: number;
  readonly delayMs: number;
  /** How often it has fired. */
  readonly fired: number;
}

/** A fault that hit a request. `release` gives it back where it could do nothing, so that it hits another. */
export interface Hit {
  readonly kind: FaultKind;
  readonly delayMs: number;
  release(): void;
}

/** The faults that are set. Kept in memory only: a restarted sandbox plays no faults. */
export class Faults {
  #rules: Rule[] = [];

  /** Adds faults; they are tried in the order in which they came. */
  add(faults: readonly Fault[]): void {
    this.#rules.push(...faults.map((fault) => ({ fault, random: seededRandom(fault.seed) })));
  }

  list(): readonly Fault[] {
    return this.#rules.map((rule) => rule.fault);
  }

  /** Takes all faults away and says how many there were. */
  clear(): number {
    const cleared = this.#rules.length;
    this.#rules = [];
    return cleared;
  }

  /** The first fault that hits a request, if any does. */
  draw(network: NetworkName, stage: Stage, account: string | undefined): Hit | undefined {
    const rule = this.#rules.find((candidate) => isHit(candidate, network, stage, account));
    if (!rule) return undefined;
    change(rule, 1);
    const { kind, delayMs } = rule.fault;
    return { kind, delayMs, release: () => change(rule, -1) };
  }
}

interface Rule {
  fault: Fault;
  readonly random: () => number;
}

function isHit(
  { fault, random }: Rule,
  network: NetworkName,
  stage: Stage,
  account: string | undefined,
): boolean {
  if (fault.network !== network || fault.on !== stage) return false;
  if (fault.account !== undefined && fault.account !== account) return false;
  if (fault.count === 0) return false;
  return random() < fault.probability;
}

function change(rule: Rule, by: 1 | -1): void {
  const { fault } = rule;
  rule.fault = {
    ...fault,
    fired: fault.fired + by,
    ...(fault.count === undefined ? {} : { count: fault.count - by }),
  };
}

/** Reads what was posted to /faults: one fault or a list. Answers a sentence if it cannot be one. */
export function parseFaults(value: unknown): readonly Fault[] | string {
  const faults: Fault[] = [];
  for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
    const fault = parseFault(item);
    if (typeof fault === 'string') return fault;
    faults.push(fault);
  }
  return faults;
}

function parseFault(value: unknown): Fault | string {
  if (!isRecord(value))
    return 'A fault is an object such as {"network":"twitter","kind":"refuse","count":1}.';
  const unknownKey = Object.keys(value).find((key) => !keys.includes(key));
  if (unknownKey !== undefined)
    return `"${unknownKey}" is not a key of a fault. Use ${list(keys)}.`;
  const network = networks.find((name) => name === value.network);
  if (!network) return `"network" is one of ${list(networks)}.`;
  const kind = kinds.find((name) => name === value.kind);
  if (!kind) return `"kind" is one of ${list(kinds)}.`;
  const on = stages.find((name) => name === (value.on ?? defaultStage(kind)));
  if (!on) return `"on" is one of ${list(stages)}.`;

  const { account, count, probability } = value;
  if (account !== undefined && typeof account !== 'string')
    return '"account" is the name of an account.';
  if (count === undefined && probability === undefined) return 'Give a "probability" or a "count".';
  if (count !== undefined && !isNumber(count, 1, Number.MAX_SAFE_INTEGER, true)) {
    return '"count" is a whole number, at least 1.';
  }
  if (probability !== undefined && !isNumber(probability, 0, 1)) {
    return '"probability" is a number from 0 to 1.';
  }
  const seed = value.seed ?? 1;
  if (!isNumber(seed, 0, 0xffff_ffff, true))
    return '"seed" is a whole number from 0 to 4294967295.';
  const delayMs = value.delayMs ?? 3000;
  if (!isNumber(delayMs, 0, 3_600_000)) return '"delayMs" is a number from 0 to 3600000.';
  return {
    network,
    kind,
    on,
    ...(account === undefined ? {} : { account }),
    probability: probability ?? 1,
    ...(count === undefined ? {} : { count }),
    seed,
    delayMs,
    fired: 0,
  };
}

function defaultStage(kind: FaultKind): Stage {
  if (['denied', 'wrong-state', 'code-spent', 'invalid-client'].includes(kind)) return 'prepare';
  const ofReading = ['lag', 'renamed-fields', 'unrenamed-fields', 'no-pages'];
  return ofReading.includes(kind) ? 'read' : 'publish';
}

function isNumber(value: unknown, min: number, max: number, isWhole = false): value is number {
  if (typeof value !== 'number' || !(value >= min && value <= max)) return false;
  return !isWhole || Number.isInteger(value);
}

function list(names: readonly string[]): string {
  return names.join(', ');
}

/** Numbers from 0 to below 1 that are always the same for the same seed. */
function seededRandom(seed: number): () => number {
  let drawn = 0;
  return () => {
    const hash = createHash('sha256').update(`${seed} ${drawn++}`).digest();
    return hash.readUInt32BE(0) / 2 ** 32;
  };
}
