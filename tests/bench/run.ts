import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openProgress } from '../support/progress.ts';
import { ensureTestServer } from '../support/redis.ts';
import { figuresOf } from './figure.ts';
import { describeMachine } from './machine.ts';
import type { Measurement, Reading, Scale } from './measurement.ts';
import { measurements } from './measurements.ts';
import { type Measured, type Report, reportAsMarkdown } from './report.ts';

// Measures the built product, each figure beside its limit in the same round.

const usage = `npm run bench -- [--only NAME,…] [--runs N] [--quick] [--out DIRECTORY] [--json]

${measurements.map(({ name, about }) => `${name.padEnd(12)} ${about}`).join('\n')}

--runs N       how often each is measured; the report has the medians (3)
--quick          less of everything
--out DIRECTORY  writes bench.md and bench.json there
--json           prints JSON instead of Markdown
`;

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) return 2;
  const { chosen, rounds, scale, out, json } = options;
  const machine = describeMachine(await ensureTestServer());
  const begunAt = new Date().toISOString();
  const progress = openProgress(chosen.length * rounds);
  const measured: Measured[] = [];
  const report: Report = { machine, begunAt, rounds, scale, measurements: measured };
  for (const [i, measurement] of chosen.entries()) {
    const show = (round: number, words: string) =>
      progress.show(i * rounds + round, `${measurement.name}  ${words}`);
    measured.push(await measureAll(measurement, rounds, scale, show));
    // Whoever ends a long run keeps what was measured by then.
    if (out !== undefined) writeReport(out, report);
  }
  progress.clear();
  process.stdout.write(json ? asJson(report) : reportAsMarkdown(report));
  return measured.some(({ failure }) => failure !== undefined) ? 1 : 0;
}

function writeReport(directory: string, report: Report): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'bench.md'), reportAsMarkdown(report));
  writeFileSync(join(directory, 'bench.json'), asJson(report));
}

function asJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** One that fails does not keep the others from being measured. */
async function measureAll(
  { name, about, measure }: Measurement,
  rounds: number,
  scale: Scale,
  show: (round: number, words: string) => void,
): Promise<Measured> {
  const startedAt = performance.now();
  const readings: Reading[] = [];
  const measured = () => ({
    ...{ name, about, seconds: (performance.now() - startedAt) / 1_000 },
    figures: figuresOf(readings),
  });
  try {
    for (let number = 0; number < rounds; number++) {
      show(number, '');
      readings.push(...(await measure({ number, scale, say: (words) => show(number, words) })));
    }
    return measured();
  } catch (error) {
    return { ...measured(), failure: error instanceof Error ? error.message : String(error) };
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string' },
        runs: { type: 'string', default: '3' },
        quick: { type: 'boolean', default: false },
        out: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const names = values.only?.split(',');
    const chosen = measurements.filter(({ name }) => names === undefined || names.includes(name));
    const rounds = Number(values.runs);
    const isRight = Number.isInteger(rounds) && rounds > 0 && chosen.length > 0;
    const areKnown = names === undefined || names.length === chosen.length;
    if (values.help || !isRight || !areKnown) throw new Error('help');
    const scale: Scale = values.quick ? 'quick' : 'full';
    return { chosen, rounds, scale, out: values.out, json: values.json };
  } catch {
    process.stderr.write(usage);
    return undefined;
  }
}

process.exitCode = await main();
