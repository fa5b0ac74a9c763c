import { parseArgs } from 'node:util';
import { runRotation } from './rotation.ts';

// Real workers contend for single-use tokens: npm run token-rotation -- [--publications N] [--expiries N] [--workers N]

const { values } = parseArgs({
  options: {
    publications: { type: 'string', default: '1000' },
    expiries: { type: 'string', default: '20' },
    workers: { type: 'string', default: '2' },
  },
});
const size = {
  publications: Number(values.publications),
  expiries: Number(values.expiries),
  workers: Number(values.workers),
};
const result = await runRotation(size);
for (const [name, value] of Object.entries(result))
  process.stdout.write(`  ${name.padEnd(16)} ${Math.round(value * 10) / 10}\n`);
const isKept =
  result.posts === size.publications &&
  result.published === size.publications &&
  result.twice === 0 &&
  result.renewals === size.expiries &&
  result.refused === 0;
process.stdout.write(isKept ? 'Each post once, one renewal an expiry.\n' : 'BROKEN\n');
process.exitCode = isKept ? 0 : 1;
