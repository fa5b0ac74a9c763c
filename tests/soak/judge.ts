import type { SoakPlan } from './soak-plan.ts';

/** A line of `carillon status --json`. */
export interface StatusLine {
  readonly publication: string;
  readonly account: string;
  readonly state: string;
  readonly remoteId: string | null;
  readonly error: { readonly message: string; readonly advice: string } | null;
}

/** A line of the sandbox's `/log`. */
export interface SeenPost {
  readonly account: string;
  readonly id: string;
  readonly text: string;
}

export interface Verdict {
  readonly publications: number;
  readonly live: number;
  /** Posts that followers saw beyond those that were wanted. */
  readonly twice: readonly string[];
  /** Neither live, nor in a state with a sentence and an action. */
  readonly lost: readonly string[];
  /** Where the ledger and the network tell different stories. */
  readonly unexplained: readonly string[];
  readonly states: Readonly<Record<string, number>>;
}

/** States in which something still happens by itself. */
const OPEN = new Set(['scheduled', 'sending', 'unconfirmed']);

export function isSettled(status: readonly StatusLine[]): boolean {
  return status.every(({ state }) => !OPEN.has(state));
}

/** Holds what the config wanted, what the ledger says and what followers saw against each other. */
export function judge(
  { entries }: SoakPlan,
  status: readonly StatusLine[],
  log: readonly SeenPost[],
): Verdict {
  const lines = new Map(status.map((line) => [line.publication, line]));
  const seen = new Map(log.map((post) => [`${post.account} ${post.id}`, post]));
  const wanted = entries.flatMap(({ id, token, accounts }) =>
    accounts.map((account) => ({ publication: `${id}/${account}`, account, token })),
  );

  const twice: string[] = [];
  const wantedOf = countBy(wanted, ({ account, token }) => `${account} ${token}`);
  const seenOf = countBy(log, ({ account, text }) => `${account} ${tokenIn(text)}`);
  for (const [words, count] of seenOf) {
    if (count > (wantedOf.get(words) ?? 0)) twice.push(`${words}: ${count} posts`);
  }

  const lost: string[] = [];
  const unexplained: string[] = [];
  const receipts = new Set<string>();
  for (const { publication, account, token } of wanted) {
    const line = lines.get(publication);
    if (line === undefined) {
      lost.push(`${publication}: the ledger does not know it`);
    } else if (line.state === 'published') {
      const receipt = `${account} ${line.remoteId}`;
      const post = seen.get(receipt);
      if (post === undefined || tokenIn(post.text) !== token || receipts.has(receipt)) {
        unexplained.push(`${publication}: published as ${line.remoteId}, which is not its post`);
      }
      receipts.add(receipt);
    } else if (!line.error?.message || !line.error.advice) {
      lost.push(`${publication}: ${line.state}, without a sentence and an action`);
    }
  }
  for (const [receipt, { text }] of seen) {
    if (!receipts.has(receipt))
      unexplained.push(`${receipt}: live, and no publication has it: ${text.slice(0, 40)}`);
  }
  const states = Object.fromEntries(countBy(status, ({ state }) => state));
  return { publications: wanted.length, live: log.length, twice, lost, unexplained, states };
}

function tokenIn(text: string): string {
  return /\bS\d{5}\b/.exec(text)?.[0] ?? text;
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
