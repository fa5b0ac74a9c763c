import type { Measurement } from '../measurement.ts';
import { runRawWave, runWave } from '../wave.ts';

const COUNT = { tiny: 6, quick: 1_500, full: 3_000 };

export const throughput: Measurement = {
  name: 'throughput',
  about:
    'Publications that are all due in the same moment, by a worker process for each of three networks with 20 in hand each: how many a second the networks take, until the last one is out.',
  async measure({ scale, say }) {
    const count = COUNT[scale];
    say(`${count} posts by BullMQ alone`);
    const raw = await runRawWave({ count });
    say(`${count} publications`);
    const own = await runWave({ count });
    const perSecond = ({ ms, lateness }: typeof own) => (1_000 * lateness.length) / ms;
    return [
      {
        figure: `publications published, of ${count}`,
        ...{ unit: 'a second', value: perSecond(own) },
        limit: { of: 'BullMQ and fetch', value: perSecond(raw) },
        goals: [{ of: 'ratio', least: 0.5 }],
      },
    ];
  },
};
