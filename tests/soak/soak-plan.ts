/** Everything about a soak that its seed decides. The same seed and size give the same plan. */
export interface SoakPlan {
  readonly seed: number;
  readonly accounts: readonly SoakAccount[];
  readonly entries: readonly SoakEntry[];
  readonly strikes: readonly Strike[];
  readonly faults: readonly object[];
  /** From the first due time to the end of all faults and strikes. */
  readonly lengthMs: number;
}

export interface SoakEntry {
  readonly id: string;
  /** Counted from the first due time. */
  readonly dueMs: number;
  /** In every text of the entry. Two entries share one where the same words go out twice on purpose. */
  readonly token: string;
  readonly accounts: readonly string[];
}

/** Something that happens to a process, counted from the first due time. */
export interface Strike {
  readonly atMs: number;
  readonly kind: 'kill' | 'stop' | 'redis' | 'fail-over';
  /** Which of the supervised processes; nothing for Redis. */
  readonly victim: string;
  /** How long it stands still, or stays away; how long the one that is to take over hears nothing before. */
  readonly lengthMs: number;
}

export interface SoakAccount {
  readonly name: string;
  readonly network: 'twitter' | 'facebook' | 'youtube';
}

/** As many accounts as keep one from posting thousands of times: no network would show them all again. */
function planAccounts(publications: number): SoakAccount[] {
  const perNetwork = Math.max(2, Math.ceil(publications / 2_000));
  return Array.from({ length: perNetwork }, (_, number): SoakAccount[] => [
    { name: `soak-x-${number}`, network: 'twitter' },
    { name: `soak-page-${number}`, network: 'facebook' },
    { name: `soak-tube-${number}`, network: 'youtube' },
  ]).flat();
}

const VICTIMS = ['worker twitter', 'worker facebook', 'worker youtube', 'scheduler'];

/** The processes that run on each host, by `<host>: <what it does>`. */
export function planProcesses(hosts: number): readonly string[] {
  return Array.from({ length: hosts }, (_, i) => VICTIMS.map((name) => `${i + 1}: ${name}`)).flat();
}

const FAULTS = [
  'refuse',
  'rate-limit',
  'server-error',
  'stored-then-error',
  'stored-then-hang',
  'stored-then-reset',
  'reset',
  'slow',
] as const;

export interface SoakSize {
  readonly publications: number;
  readonly lengthMs: number;
  /** Mean time between two strikes on processes, and between two on Redis. */
  readonly strikeEveryMs: number;
  readonly redisEveryMs: number;
  /** The longest that a stopped process stands still. */
  readonly longestStopMs: number;
  readonly requestTimeoutMs: number;
  /** Each has a scheduler and a worker for every network, and a data directory of its own. */
  readonly hosts?: number;
  /** How often another Redis takes over. 0: there is one, which is killed and comes back. */
  readonly failOvers?: number;
}

export function planSoak(size: SoakSize, seed: number): SoakPlan {
  const random = seededRandom(seed);
  const accounts = planAccounts(size.publications);
  return {
    seed,
    accounts,
    entries: planEntries(size, accounts, random),
    strikes: planStrikes(size, random),
    faults: planFaults(size, seed),
    lengthMs: size.lengthMs,
  };
}

function planEntries(
  { publications, lengthMs }: SoakSize,
  all: readonly SoakAccount[],
  random: () => number,
): SoakEntry[] {
  const entries: SoakEntry[] = [];
  // Something goes out until shortly before the end, while things still go wrong.
  const lastDueMs = lengthMs * 0.85;
  for (let planned = 0, number = 0; planned < publications; number += 1) {
    // One account of each network.
    const first = 3 * Math.floor((random() * all.length) / 3);
    const left = Math.min(3, publications - planned);
    const accounts = all.slice(first, first + left).map(({ name }) => name);
    const dueMs = Math.floor((random() * lastDueMs) / 1000) * 1000;
    // YouTube takes the same words as often as they come.
    const earlier = entries.at(-1);
    const repeats = earlier !== undefined && number % 20 === 19;
    const tube = earlier?.accounts.filter((name) => name.startsWith('soak-tube')) ?? [];
    const id = `soak-${String(number).padStart(5, '0')}`;
    entries.push(
      repeats && tube.length > 0
        ? { id, dueMs, token: earlier.token, accounts: tube }
        : { id, dueMs, token: `S${String(number).padStart(5, '0')}`, accounts },
    );
    planned += entries.at(-1)?.accounts.length ?? 0;
  }
  return entries;
}

function planStrikes(
  { lengthMs, strikeEveryMs, redisEveryMs, longestStopMs, hosts = 1, failOvers = 0 }: SoakSize,
  random: () => number,
): Strike[] {
  const strikes: Strike[] = [];
  const victims = planProcesses(hosts);
  const gap = (meanMs: number) => meanMs * (0.5 + random());
  for (let atMs = gap(strikeEveryMs); atMs < lengthMs; atMs += gap(strikeEveryMs)) {
    const victim = victims[Math.floor(random() * victims.length)] ?? '';
    const kind = random() < 0.25 ? 'stop' : 'kill';
    const stopMs = longestStopMs * (0.1 + 0.9 * random());
    strikes.push({ atMs, kind, victim, lengthMs: kind === 'stop' ? stopMs : 0 });
  }
  for (let i = 0; i < failOvers; i += 1) {
    const atMs = ((i + 0.2 + 0.5 * random()) / failOvers) * lengthMs;
    strikes.push({ atMs, kind: 'fail-over', victim: '', lengthMs: random() * 3_000 });
  }
  const isAlone = failOvers === 0;
  for (let atMs = gap(redisEveryMs); isAlone && atMs < lengthMs; atMs += gap(redisEveryMs)) {
    strikes.push({ atMs, kind: 'redis', victim: '', lengthMs: random() * 3_000 });
  }
  return strikes.sort((a, b) => a.atMs - b.atMs);
}

function planFaults({ requestTimeoutMs }: SoakSize, seed: number): object[] {
  return ['twitter', 'facebook', 'youtube'].flatMap((network, n) =>
    FAULTS.map((kind, k) => ({
      network,
      kind,
      // Each is tried after those before it did not hit.
      probability: 0.05 / (1 - 0.05 * k),
      seed: (seed * 1_000 + n * 100 + k) % 0xffff_ffff,
      delayMs: kind === 'slow' ? requestTimeoutMs * 0.7 : 0,
    })),
  );
}

/** Numbers from 0 to below 1 that are always the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
