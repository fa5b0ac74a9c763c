import { appendFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';
import { openProgress } from '../support/progress.ts';
import { runSoak, type SoakResult } from './soak.ts';

// The soak: the built product under seeded faults and kills, counted against what followers saw.

const usage = `npm run soak -- [--publications N] [--minutes M] [--seed S] [--hosts N] [--fail-overs N] [--replicas N] [--json FILE] [--log FILE]\n`;

async function main(): Promise<number> {
  const values = readOptions();
  const [publications, minutes, seed] = [values.publications, values.minutes, values.seed].map(
    Number,
  ) as [number, number, number];
  const [hosts, failOvers, replicas] = [values.hosts, values['fail-overs'], values.replicas].map(
    Number,
  ) as [number, number, number];
  const counts = [seed, hosts - 1, failOvers, replicas];
  const isCount = (value: number) => Number.isInteger(value) && value >= 0;
  if (!(publications >= 1 && minutes > 0 && counts.every(isCount))) {
    process.stderr.write(usage);
    return 2;
  }

  const lengthMs = minutes * 60_000;
  process.stdout.write(`Soak of ${publications} publications, ${minutes} min, seed ${seed}.\n`);
  const progress = openProgress(publications);
  const log = values.log;
  if (log) writeFileSync(log, '');
  const result = await runSoak({
    size: {
      publications,
      lengthMs,
      strikeEveryMs: Math.min(6_000, lengthMs / 8),
      redisEveryMs: Math.min(60_000, lengthMs / 3),
      longestStopMs: 15_000,
      requestTimeoutMs: 2_000,
      hosts,
      failOvers,
    },
    seed,
    replicas,
    carillon: [
      process.execPath,
      fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url)),
    ],
    leadMs: 15_000 + 2 * publications,
    patienceMs: 120_000 + 30 * publications,
    onProgress: ({ live, strikes, words, elapsedMs }) =>
      progress.show(
        live,
        `live  ${words}  ${(Math.max(0, elapsedMs) / 1000).toFixed(0)} s${strikes > 0 ? `  ${strikes} strikes` : ''}`,
      ),
    ...(log && { onLine: (line: string) => appendFileSync(log, line) }),
  });
  progress.clear();
  if (values.json) writeFileSync(values.json, `${JSON.stringify(result, undefined, 2)}\n`);
  const beside =
    hosts > 1 || failOvers > 0
      ? ` --hosts ${hosts} --fail-overs ${failOvers} --replicas ${replicas}`
      : '';
  const again = `--publications ${publications} --minutes ${minutes} --seed ${seed}${beside}`;
  return tell(result, again);
}

function tell(result: SoakResult, again: string): number {
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  const { twice, lost, unexplained, strikes } = result;
  for (const line of [...twice, ...lost, ...unexplained].slice(0, 50)) out(styleText('red', line));
  const figure = (name: string, value: unknown) => out(`  ${name.padEnd(16)} ${value}`);
  figure('publications', `${result.publications}, ${result.live} posts live`);
  figure('went wrong', `${result.faults} faults, ${strikes.kill} kills, ${strikes.stop} stops`);
  figure('Redis', `${strikes.redis} kills, ${strikes['fail-over']} fail-overs`);
  const states = Object.entries(result.states).map(([state, count]) => `${count} ${state}`);
  figure('states', states.join(', '));
  figure('time to settle', `${(result.settleMs / 1000).toFixed(1)} s`);
  figure('twice', twice.length);
  figure('lost', lost.length);
  figure('unexplained', unexplained.length);
  const isGood = result.settled && twice.length + lost.length + unexplained.length === 0;
  if (!result.settled) out(styleText('red', 'It did not settle in time.'));
  out(`The same plan again: npm run soak -- ${again}`);
  return isGood ? 0 : 1;
}

function readOptions() {
  const options = {
    publications: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    hosts: { type: 'string', default: '1' },
    'fail-overs': { type: 'string', default: '0' },
    replicas: { type: 'string', default: '1' },
    json: { type: 'string' },
    log: { type: 'string' },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch {
    process.stderr.write(usage);
    process.exit(2);
  }
}

process.exitCode = await main();
