import { setTimeout as wait } from 'node:timers/promises';
import { createClosing } from '../../support/closing.ts';
import { aPost } from '../../support/ledger.ts';
import type { Measurement, Reading, Scale } from '../measurement.ts';
import { type InUse, readMemory } from '../memory-in-use.ts';
import { openPlannedLedger } from '../planned-ledger.ts';
import { openScene } from '../scene.ts';
import {
  ACCOUNTS,
  accountName,
  NETWORKS,
  writeArticle,
  writeConfig,
  writeEntries,
} from '../write-config.ts';

const SIZES: Record<Scale, { readonly count: number; readonly settleMs: number }> = {
  tiny: { count: 6, settleMs: 0 },
  quick: { count: 900, settleMs: 5_000 },
  full: { count: 1_500, settleMs: 15_000 },
};
const SAMPLE_EVERY_MS = 200;
const DAY_MS = 24 * 3_600_000;

export const memory: Measurement = {
  name: 'memory',
  about:
    'The memory of all that `carillon start` runs, and of Redis: resident set size, some seconds after everything is ready with three entries planned, and the most while publications go out. Pages that processes share are counted for each; `together, shared pages once` divides them (PSS).',
  async measure({ scale, say }) {
    const { count, settleMs } = SIZES[scale];
    await using closing = createClosing();
    const { redis, carillon } = await openScene(closing);
    const planned = openPlannedLedger(redis);
    closing.use(planned);
    carillon.writeConfig(writeConfig(writeEntries(3, Date.now() + DAY_MS)));
    say('start');
    const { pid } = await carillon.startAll();
    await wait(settleMs);
    const read = () => [...readMemory(pid), ...readMemory(redis.pid)];
    const idle = read();

    say(`${count} publications`);
    const due = Date.now() + 1_000;
    await planned.add(
      Array.from({ length: count }, (_, i) => {
        const network = NETWORKS[i % NETWORKS.length] ?? 'twitter';
        const publication = `work-${i}/${accountName(network, i % ACCOUNTS)}`;
        return { publication, due, post: aPost({ network, text: writeArticle(i).title }) };
      }),
    );
    const samples = [read()];
    while ((await planned.countPublished()) < count) {
      await wait(SAMPLE_EVERY_MS);
      samples.push(read());
    }
    return [...readingsOfIdle(idle), ...readingsAtWork(samples)];
  },
};

function readingsOfIdle(idle: readonly InUse[]): readonly Reading[] {
  const all = [...byName(idle)].map(([name, rss]): Reading => {
    const goals = name.startsWith('worker') ? [{ of: 'figure', most: 95 } as const] : [];
    return { figure: `idle: ${name}`, ...inMB(rss), goals };
  });
  return [
    ...all,
    {
      figure: 'idle: together',
      ...inMB(sum(idle.map(({ rss }) => rss))),
      goals: [{ of: 'figure', most: 400 }],
    },
    {
      figure: 'idle: together, shared pages once',
      ...inMB(sum(idle.map(({ pss = Number.NaN }) => pss))),
    },
  ];
}

function readingsAtWork(samples: readonly (readonly InUse[])[]): readonly Reading[] {
  const sampled = samples.map(byName);
  const names = [...new Set(sampled.flatMap((sample) => [...sample.keys()]))];
  const together = sampled.map((sample) => sum([...sample.values()]));
  return [
    ...names.map((name) => {
      const most = Math.max(...sampled.map((sample) => sample.get(name) ?? 0));
      return { figure: `at work: ${name}`, ...inMB(most) };
    }),
    { figure: 'at work: together', ...inMB(Math.max(...together)) },
  ];
}

/** Redis runs under a program that ends it with its parent: both count. */
function byName(processes: readonly InUse[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const one of processes) {
    const name = nameOf(one);
    found.set(name, (found.get(name) ?? 0) + one.rss);
  }
  return found;
}

/** What it runs, in words: `worker twitter`. */
function nameOf({ args }: InUse): string {
  if (/redis|valkey/.test(args)) return 'Redis';
  const [, command] = /cli\/main\.js (.*)$/.exec(args) ?? [];
  return command ?? /([^/ ]+)\.js/.exec(args)?.[1] ?? args.slice(0, 30);
}

function inMB(value: number): { readonly unit: 'MB'; readonly value: number } {
  return { unit: 'MB', value: value / 1e6 };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0);
}
