import { count } from '../core/words.ts';
import type { LiveVerdict, Verification, VerifiedPublication } from '../publishing/verify.ts';
import type { Ink } from './ink.ts';

const WORDS: Readonly<Record<Exclude<LiveVerdict, 'liveOnce'>, string>> = {
  twice: 'is there more than once',
  missing: 'is not on its account any more, or never was',
  unknown: 'is not known: its account could not be read, or its outcome is still in doubt',
};

/** What the accounts show: everything that is not live once, and the sum. */
export function linesOfVerification(verification: Verification, ink: Ink): readonly string[] {
  const { intended, liveOnce, missing, twice, unknown, publications } = verification;
  if (intended === 0) return ['Nothing went out in this time: there is nothing to compare.'];
  const isBad = missing + twice > 0;
  const sum = `${count(intended, 'publication')} intended: ${liveOnce} live once, ${missing} missing, ${twice} twice, ${unknown} unknown.`;
  const wrong = publications.flatMap((one) => linesOfVerdict(one, ink));
  return [...wrong, ...(wrong.length > 0 ? [''] : []), isBad ? ink.red(sum) : sum];
}

function linesOfVerdict({ publication, verdict, urls }: VerifiedPublication, ink: Ink): string[] {
  if (verdict === 'liveOnce') return [];
  const paint = verdict === 'unknown' ? ink.yellow : ink.red;
  return [`${paint(publication)} ${WORDS[verdict]}.`, ...urls.map((url) => `    ${url}`)];
}
