import { quantile } from '../../support/quantile.ts';
import type { Goal, Measurement, Reading } from '../measurement.ts';
import { runRawWave, runWave, type Wave } from '../wave.ts';

const COUNT = { tiny: 6, quick: 1_000, full: 1_000 };
const SECOND_MS = 1_000;

/** The name of a figure, and which share of the publications is below it. */
const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99, most: 1 };
const GOALS: readonly Goal[] = [
  { of: 'figure', most: 1_000 },
  { of: 'ratio', most: 1.5 },
];

export const lateness: Measurement = {
  name: 'lateness',
  about:
    'How long after its time each post is with its network: due within one second, and due in the same moment, on three networks with a worker process each and 20 in hand.',
  async measure({ scale, say }) {
    const count = COUNT[scale];
    const readings: Reading[] = [];
    for (const wave of [{ count, spreadMs: SECOND_MS }, { count }] as const) {
      const words = 'spreadMs' in wave ? 'within one second' : 'in the same moment';
      say(`${count} posts ${words} by BullMQ alone`);
      const raw = await runRawWave(wave);
      say(`${count} publications ${words}`);
      readings.push(...readingsOf(wave, words, (await runWave(wave)).lateness, raw.lateness));
    }
    return readings;
  },
};

function readingsOf(
  wave: Wave,
  words: string,
  own: readonly number[],
  raw: readonly number[],
): readonly Reading[] {
  return Object.entries(SHARES).map(([name, share]) => ({
    figure: `${wave.count} due ${words}: ${name}`,
    ...{ unit: 'ms', value: quantile(own, share) },
    limit: { of: 'BullMQ and fetch', value: quantile(raw, share) },
    ...(name === 'p99' && wave.spreadMs !== undefined && { goals: GOALS }),
  }));
}
