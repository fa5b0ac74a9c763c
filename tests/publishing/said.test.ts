import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OutcomeUnknownError, RejectedError, TransientError } from '../../src/core/errors.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { createLog } from '../../src/logging/log.ts';
import { anIntent, NAME, useLedgers } from '../support/ledger.ts';
import { aSession, openDesk } from '../support/publishing.ts';

const openBench = useLedgers();
const TOKEN = 'the-token-of-the-newsroom';

interface Line {
  readonly publication?: string;
  readonly attempt?: number;
  readonly msg: string;
}

interface Case {
  readonly session?: Parameters<typeof aSession>[0];
  /** What goes wrong with the ledger. */
  readonly breakLedger?: (ledger: Ledger) => Partial<Ledger>;
  /** How many lines there are at least. */
  readonly least: number;
}

/** Wakes it three times, and gives what was said meanwhile as a log has it. */
async function listen({ session, breakLedger }: Case): Promise<readonly Line[]> {
  const lines: Line[] = [];
  const log = createLog({
    ...{ part: 'worker twitter', secrets: [TOKEN], pretty: false },
    stream: { write: (line: string) => lines.push(JSON.parse(line) as Line) },
  });
  const bench = openBench();
  await bench.ledger.add(anIntent());
  const ledger = { ...bench.ledger, ...breakLedger?.(bench.ledger) };
  await using desk = openDesk(bench, aSession(session), { log, ledger });
  for (let wakes = 0; wakes < 3; wakes++) {
    const next = await desk.wake();
    if (next.kind === 'done') break;
    await new Promise((resolve) => setTimeout(resolve, Math.min(next.inMs, 50)));
  }
  return lines;
}

const fail = (error: Error) => async () => {
  throw error;
};
const code = { code: 'twitter:x' };
const inDoubt = fail(new OutcomeUnknownError('?', code));

/** Answers its first call by an error. */
function failOnce<A extends unknown[], T>(work: (...args: A) => Promise<T>) {
  let calls = 0;
  return async (...args: A): Promise<T> => {
    if (calls++ === 0) throw new Error('Connection is closed.');
    return work(...args);
  };
}

const cases: Readonly<Record<string, Case>> = {
  'is published': { least: 1 },
  'is refused': { session: { publish: fail(new RejectedError(`No: ${TOKEN}`, code)) }, least: 1 },
  'is tried in vain': {
    session: { prepare: fail(new TransientError(`Away: ${TOKEN}`, code)) },
    least: 3,
  },
  'is in doubt and not found': { session: { publish: inDoubt }, least: 3 },
  'is in doubt on an account that cannot be read': {
    session: { publish: inDoubt, find: fail(new RejectedError(`No reads: ${TOKEN}`, code)) },
    least: 2,
  },
  'begins while the ledger is away': {
    breakLedger: ({ begin }) => ({ begin: failOnce(begin) }),
    least: 2,
  },
  'ends while the ledger is away': {
    breakLedger: ({ finish }) => ({ finish: failOnce(finish) }),
    least: 2,
  },
};

for (const [what, one] of Object.entries(cases)) {
  test(`every line about a publication that ${what} names it and its attempt`, async () => {
    const lines = await listen(one);

    assert.ok(lines.length >= one.least, JSON.stringify(lines));
    for (const line of lines) {
      assert.equal(line.publication, NAME, line.msg);
      assert.ok(Number.isInteger(line.attempt) && (line.attempt ?? 0) > 0, line.msg);
    }
    assert.ok(!JSON.stringify(lines).includes(TOKEN));
  });
}
