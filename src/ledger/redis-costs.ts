import type { Redis } from 'ioredis';
import type { Ledger, MonthlySum } from './ledger.ts';
import { readStep } from './replies.ts';
import type { scriptRunner } from './script-runner.ts';

/** What the ledger knows of money. */
export function openRedisCosts(
  redis: Redis,
  base: string,
  run: ReturnType<typeof scriptRunner>,
): Pick<Ledger, 'reconsider' | 'exceedBudget' | 'monthlySums'> {
  return {
    reconsider: async (terms, gapMs) => {
      if (terms.size === 0) return [];
      const pairs = [...terms].flatMap(([account, one]) => [account, JSON.stringify(one)]);
      return (await run('reconsider', gapMs, ...pairs)) as string[];
    },
    exceedBudget: async (publication, { fingerprint, due }, by, { waitMs = 0 } = {}) =>
      readStep(await run('exceed', publication, fingerprint, due, by, waitMs)),
    monthlySums: async () => {
      const [spent, reserved] = await Promise.all([
        redis.hgetall(`${base}spent`),
        redis.hgetall(`${base}reserved`),
      ]);
      const keys = [...new Set([...Object.keys(spent), ...Object.keys(reserved)])].sort();
      return keys.map((key): MonthlySum => {
        const [month = '', currency = '', account = ''] = key.split(' ');
        const sums = { spent: Number(spent[key] ?? 0), reserved: Number(reserved[key] ?? 0) };
        return { month, currency, account, ...sums };
      });
    },
  };
}
