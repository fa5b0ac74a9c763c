import { quantile } from '../../support/quantile.ts';
import type { Measurement } from '../measurement.ts';
import { runWave } from '../wave.ts';

const COUNT = { tiny: 6, quick: 600, full: 900 };
const SLOW = { network: 'twitter', lateByMs: 20_000 } as const;

export const isolation: Measurement = {
  name: 'isolation',
  about: `What it means for two networks that a third one answers each request only after ${SLOW.lateByMs / 1_000} s: the lateness of their publications, held against the same with a third one that answers at once.`,
  async measure({ scale, say }) {
    const count = COUNT[scale];
    const wave = { count, spreadMs: 1_000 };
    say(`${count} publications, and all networks answer`);
    const usual = await runWave({ ...wave, aside: { ...SLOW, lateByMs: 0 } });
    say(`${count} publications, and one network is slow`);
    const beside = await runWave({ ...wave, aside: SLOW });
    return [
      { name: 'p50', share: 0.5 },
      { name: 'p99', share: 0.99 },
    ].map(({ name, share }) => ({
      figure: `${count} due within one second, those for two networks: ${name} beside a slow third`,
      ...{ unit: 'ms', value: quantile(beside.lateness, share) },
      limit: { of: 'beside a quick third', value: quantile(usual.lateness, share) },
    }));
  },
};
