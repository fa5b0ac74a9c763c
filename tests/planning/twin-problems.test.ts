import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatProblem } from '../../src/core/problem.ts';
import { findTwinProblems } from '../../src/planning/twin-problems.ts';
import type { WishedIntent } from '../../src/planning/wish.ts';
import { anIntent, aPost } from '../support/ledger.ts';

const text = 'Our spring report is out: three things that we learned about the river.';
const ruleOf = (network: string) => (network === 'twitter' ? 'X forbids that.' : undefined);

function wished(publication: string, post = aPost({ text }), line = 1): WishedIntent {
  const place = { file: 'c.yaml', line, column: 5 };
  const wish = { at: 1, rank: 0, turn: 0, turns: 1, timezone: 'UTC', place };
  const length = { used: 1, limit: 280 };
  return { ...anIntent({ publication, post }), link: undefined, length, warnings: [], wish };
}

it('two entries that say nearly the same on two accounts are told with both places and what to do', () => {
  const other = aPost({ text: `${text} More: https://a.example/?utm_source=x #river` });

  const problems = findTwinProblems(
    [wished('a/one-x', undefined, 3), wished('b/two-x', other, 9)],
    ruleOf,
  );

  assert.deepEqual(problems.map(formatProblem), [
    'c.yaml:9:5 On "two-x" this says the same or nearly the same as "a" on "one-x" (c.yaml:3:5), and X forbids that. Give one of the two words of its own: text: { two-x: "…" }.',
  ]);
  assert.equal(problems[0]?.severity, 'error');
});

it('one entry on two accounts is told once', () => {
  const problems = findTwinProblems(
    [wished('a/one-x'), wished('a/two-x'), { ...wished('a@2026-11-24T09:00/two-x'), entry: 'a' }],
    ruleOf,
  );

  assert.equal(problems.length, 1);
  assert.match(problems[0]?.message ?? '', /^"one-x" and "two-x" would say the same/);
});

it('one account, another network and other words are none of its business', () => {
  const page = aPost({ network: 'facebook', text });
  const own = aPost({ text: 'The river taught us three lessons, and here they are. Read on.' });

  assert.deepEqual(findTwinProblems([wished('a/one-x'), wished('b/one-x')], ruleOf), []);
  assert.deepEqual(findTwinProblems([wished('a/p', page), wished('b/q', page)], ruleOf), []);
  assert.deepEqual(findTwinProblems([wished('a/one-x'), wished('a/two-x', own)], ruleOf), []);
});

it('a part of a thread counts as a text', () => {
  const thread = aPost({ text: 'A thread about our work this year.', thread: [text] });
  assert.equal(findTwinProblems([wished('a/one-x'), wished('b/two-x', thread)], ruleOf).length, 1);
});

it('what is up on another account counts, what is up on the same does not', () => {
  const known = { publication: 'old/one-x', account: 'one-x', network: 'twitter', texts: [text] };

  const [problem] = findTwinProblems([wished('b/two-x')], ruleOf, [known]);

  assert.match(problem?.message ?? '', /as old\/one-x, which is on "one-x" already/);
  assert.deepEqual(findTwinProblems([wished('b/one-x')], ruleOf, [known]), []);
});
