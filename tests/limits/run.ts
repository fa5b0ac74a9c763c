import { parseArgs } from 'node:util';
import { quantile } from '../support/quantile.ts';
import { type Crowd, type CrowdResult, runCrowd } from './crowd.ts';

// What a limit on one account means for the others: 500 publications due at once on two accounts of X, one of them
// limited, against the same without the limit, and against the free account alone.

const { values } = parseArgs({ options: { count: { type: 'string', default: '500' } } });
const half = Math.floor(Number(values.count) / 2);
const say = (line: string) => process.stdout.write(`${line}\n`);

const limit = { most: Math.ceil(half / 2.5), windowMs: 8_000 };
say(
  `${half} publications on each account; ${limit.most} per ${limit.windowMs} ms on the limited one.`,
);
const alone = await play('free account alone', { free: half, other: 0 });
const unlimited = await play('beside one that is not limited', { free: half, other: half });
const limited = await play('beside one that is limited', { free: half, other: half, limit });
for (const share of [0.5, 0.95]) {
  const of = ({ lateness }: CrowdResult) => quantile(lateness, share);
  say(
    `p${share * 100} lateness beside the limited one / beside the other: ${(of(limited) / of(unlimited)).toFixed(2)}; / alone: ${(of(limited) / of(alone)).toFixed(2)}`,
  );
}
const { heldBack, records, refusals } = limited;
const isOrdered = heldBack.every((name, i) => i === 0 || (heldBack[i - 1] ?? '') < name);
const spent = records.filter(({ attempts }) => attempts !== 1).length;
say(
  `held back: ${heldBack.length}, in order: ${isOrdered}; refused by the network: ${refusals}; attempts spent: ${spent}`,
);
process.exit(isOrdered && spent === 0 ? 0 : 1);

async function play(what: string, crowd: Crowd): Promise<CrowdResult> {
  const result = await runCrowd(crowd);
  const [p50, p95, most] = [0.5, 0.95, 1].map((share) =>
    Math.round(quantile(result.lateness, share)),
  );
  say(`${what}: lateness p50 ${p50} ms, p95 ${p95} ms, most ${most} ms`);
  return result;
}
