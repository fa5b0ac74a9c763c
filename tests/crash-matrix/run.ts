import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs, styleText } from 'node:util';
import { openProgress } from '../support/progress.ts';
import {
  batchesOf,
  type CellResult,
  isGood,
  OUTCOMES,
  PLAIN_POINTS,
  POINTS,
  WAYS,
} from './cells.ts';
import { runMatrix } from './matrix.ts';
import { describeCell, drawTable } from './table.ts';

// The crash matrix: a worker dies at every point of an attempt, whatever the network does at that moment.

const usage = `npm run crash-matrix -- [--network N] [--point P] [--outcome O] [--jobs N] [--json FILE]
  networks  ${[...new Set(WAYS.map(({ network }) => network))].join(', ')}
  points    ${POINTS.join(', ')}
  outcomes  ${OUTCOMES.join(', ')}
`;

async function main(): Promise<number> {
  const values = readOptions();
  const { network, point, outcome } = values;
  const ways = WAYS.filter((way) => network === undefined || way.network === network);
  const points = POINTS.filter((name) => point === undefined || name === point);
  const outcomes = OUTCOMES.filter((name) => outcome === undefined || name === outcome);
  const lanes = Number(values.jobs ?? availableParallelism() + 2);
  const isCallWrong = !Number.isInteger(lanes) || lanes < 1;
  if (isCallWrong || Math.min(ways.length, points.length, outcomes.length) === 0) return refuse();

  const plainPoints = points.filter((name) => PLAIN_POINTS.includes(name));
  const batches = [
    ...batchesOf(ways, points, outcomes, true),
    ...batchesOf(ways, plainPoints, outcomes, false),
  ];
  const total = batches.reduce((sum, batch) => sum + batch.outcomes.length, 0);
  const progress = openProgress(total);
  const startedAt = performance.now();
  let done = 0;
  progress.show(0, 'cells');
  const results = await runMatrix(batches, lanes, (cells) => {
    done += cells.length;
    progress.show(done, 'cells');
  });
  progress.clear();
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
  return tell(results, (performance.now() - startedAt) / 1000);
}

function tell(results: readonly CellResult[], seconds: number): number {
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  const fenced = results.filter(({ isFenced }) => isFenced);
  const plain = results.filter(({ isFenced }) => !isFenced);
  out(
    'Posts that followers saw: with Carillon, and beside it a plain BullMQ worker that calls the',
  );
  out('same networks with attempts: 3. One is right; none where the network refuses the post.\n');
  for (const way of WAYS) {
    const isOfWay = (cell: CellResult) => cell.way.name === way.name;
    if (!results.some(isOfWay)) continue;
    out(`${drawTable(way, fenced.filter(isOfWay), plain.filter(isOfWay))}\n`);
  }

  const bad = fenced.filter((cell) => !isGood(cell));
  const twice = plain.filter(({ posts, expected }) => posts > expected).length;
  for (const cell of bad) out(styleText('red', describeCell(cell)));
  const verdict = `${fenced.length - bad.length} of ${fenced.length} cells are right with Carillon`;
  out(`${verdict}; ${twice} of ${plain.length} are posted twice without. ${seconds.toFixed(0)} s.`);
  if (bad.length > 0) return 1;
  const couldFail = plain.some(({ outcome }) => outcome.startsWith('accepted-'));
  if (!couldFail || twice > 0) return 0;
  out(styleText('red', 'The plain worker did not duplicate either: this matrix proves nothing.'));
  return 1;
}

function readOptions() {
  const options = {
    network: { type: 'string' },
    point: { type: 'string' },
    outcome: { type: 'string' },
    jobs: { type: 'string' },
    json: { type: 'string' },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch {
    process.exit(refuse());
  }
}

function refuse(): number {
  process.stderr.write(usage);
  return 2;
}

process.exitCode = await main();
