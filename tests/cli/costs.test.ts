import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { useCommands } from '../support/command-bench.ts';

const bench = useCommands();

const FAR = '2099-12-01 09:00';

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly at?: string;
}

function writeConfig(entries: readonly Entry[], budget = '', root = ''): void {
  const rows = entries.map(
    ({ id, title, at = FAR }) =>
      `  - { id: ${id}, at: ${at}, to: [newsroom-x, newsroom-page], article: { title: "${title}" } }\n`,
  );
  bench().writeConfig(`timezone: Europe/Paris
sandbox: true
${root}
accounts:
  newsroom-x: { network: twitter${budget === '' ? '' : `, budget: ${budget}`} }
  newsroom-page: { network: facebook, pageId: "1000200030004" }
publications:
${rows.join('')}`);
}

const PLAIN = { id: 'plain', title: 'Our report is out' };
const DEAR = { id: 'dear', title: 'Socket.io is out' };

function aTerminal(answer: string): NodeJS.ReadableStream {
  const input = new PassThrough();
  input.end(`${answer}\n`);
  return Object.assign(input, { isTTY: true });
}

test('check and preview name the words that make a post dear, and what it costs', async () => {
  writeConfig([PLAIN, DEAR]);

  const checked = await bench().run(['check']);
  const previewed = await bench().run(['preview', 'dear', '--json']);

  assert.equal(checked.status, 0);
  assert.match(
    checked.out,
    /“Socket.io” counts as a link on X, and makes this post cost 0.20 USD instead of 0.015. If no link is meant, write “Socket·io”\./,
  );
  assert.equal(checked.out.match(/counts as a link/g)?.length, 1);
  const [x, page] = JSON.parse(previewed.out) as { cost: unknown; warnings: string[] }[];
  assert.deepEqual(x?.cost, { amount: '0.20', currency: 'USD' });
  assert.equal(x?.warnings.length, 1);
  assert.deepEqual([page?.cost, page?.warnings], [undefined, []]);
});

test('plan says what each month costs on which account, and changes nothing', async () => {
  writeConfig([PLAIN, DEAR, { ...DEAR, id: 'later', at: '2100-01-01 09:00' }], '1 USD a month');

  const shown = await bench().run(['plan']);
  const { out } = await bench().run(['plan', '--json']);

  assert.match(shown.out, /What it would cost outside the sandbox, by prices as of 2026-04-20:/);
  assert.match(shown.out, /newsroom-x, December 2099 +0.215 USD planned, of a budget of 1.00/);
  const { costs } = JSON.parse(out) as { costs: Record<string, unknown>[] };
  assert.deepEqual(
    costs.map(({ account, month, planned, spent }) => [account, month, planned, spent]),
    [
      ['newsroom-x', '2099-12', '0.215', '0.00'],
      ['newsroom-x', '2100-01', '0.20', '0.00'],
    ],
  );
});

test('apply refuses what goes beyond a budget where nobody can agree, and does it with --yes', async () => {
  writeConfig([DEAR, PLAIN], '0.20 USD a month');

  const refused = await bench().run(['apply']);
  const planned = await bench().ledger.list();
  const done = await bench().run(['apply', '--yes']);
  const again = await bench().run(['apply']);

  assert.equal(refused.status, 1);
  assert.match(
    refused.err,
    /This plan costs 0.215 USD in December 2099 on newsroom-x, and its budget is 0.20. There is no terminal/,
  );
  assert.equal(planned.length, 0);
  assert.equal(done.status, 0);
  assert.equal(again.status, 0, 'a plan without changes is not asked about');
});

test('apply asks on a terminal, and does as it is told', async () => {
  writeConfig([DEAR, PLAIN], '0.20 USD a month');

  const no = await bench().run(['apply'], { input: aTerminal('n') });
  const before = await bench().ledger.list();
  const yes = await bench().run(['apply'], { input: aTerminal('y') });

  assert.equal(no.status, 1);
  assert.match(no.out, /its budget is 0.20. Apply all the same\? y or n \[n\]/);
  assert.equal(before.length, 0);
  assert.equal(yes.status, 0);
  assert.equal((await bench().ledger.list()).length, 4);
});

test('what a budget has no room for is held, says so, and goes on once it is raised', async () => {
  writeConfig([{ ...DEAR, at: 'now' }], '0.10 USD a month');
  await bench().run(['apply', '--yes']);

  const held = await bench().workUntil('dear/newsroom-x', 'held');
  const shown = await bench().run(['show', 'dear/newsroom-x']);
  const approvable = await bench().run(['status', '--state', 'held']);
  writeConfig([{ ...DEAR, at: 'now' }], '0.50 USD a month');
  await bench().sweep();
  await bench().workUntil('dear/newsroom-x', 'published');

  assert.equal(held.error?.code, 'over-budget');
  assert.match(shown.out, /It would cost 0.20 USD outside the sandbox/);
  assert.match(
    shown.out.replaceAll(/\s+/g, ' '),
    /it costs 0.20 USD, and newsroom-x has 0.10 USD left of its budget of 0.10 USD/,
  );
  assert.match(approvable.out.replaceAll(/\s+/g, ' '), /Raise "budget" in the config/);
  const status = await bench().run(['status']);
  assert.match(status.out, /newsroom-x, \w+ \d+ +0.20 USD spent, of a budget of 0.50/);
  const after = await bench().run(['show', 'dear/newsroom-x', '--json']);
  const { spent } = JSON.parse(after.out) as { spent: unknown };
  assert.deepEqual(spent, { amount: '0.20', currency: 'USD' });
});

test('somebody lets one go beyond the budget', async () => {
  writeConfig([{ ...DEAR, at: 'now' }], '0.10 USD a month');
  await bench().run(['apply', '--yes']);
  await bench().workUntil('dear/newsroom-x', 'held');

  const approved = await bench().run(['approve', 'dear/newsroom-x', '--yes', '--by', 'ada']);
  await bench().workUntil('dear/newsroom-x', 'published');

  assert.equal(approved.status, 0);
  assert.match(approved.out, /dear\/newsroom-x is let go beyond the budget by ada/);
});

test('a budget for all holds the accounts together', async () => {
  writeConfig([PLAIN, DEAR], '', 'budget: 0.20 USD a month');

  const refused = await bench().run(['apply']);

  assert.match(refused.err, /in December 2099 on all accounts, and their budget is 0.20/);
});
