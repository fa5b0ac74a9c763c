import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeConfigFolder, withLines } from '../support/config-folder.ts';

async function messagesOf(config: string): Promise<readonly string[]> {
  await using folder = await makeConfigFolder(config);
  return (await folder.problems()).map(({ line, message }) => `${line}: ${message}`);
}

const root = (words: string) => withLines({ 1: `timezone: Europe/Paris\n${words}` });
const account = (words: string) => withLines({ 5: `    network: twitter\n    ${words}` });

async function accountOf(config: string) {
  await using folder = await makeConfigFolder(config);
  return (await folder.load()).config.accounts;
}

test('an account has the prices of its network with their day, and a free network has none', async () => {
  const accounts = await accountOf(withLines({}));

  assert.equal(accounts.get('news-x')?.prices?.asOf, '2026-04-20');
  assert.equal(accounts.get('news-x')?.prices?.prices.postWithLink, 200_000);
  assert.equal(accounts.get('news-page')?.prices, undefined);
});

test('the config may know other prices, those of the account first', async () => {
  const accounts = await accountOf(
    withLines({
      1: 'timezone: Europe/Paris\nprices: { twitter: { asOf: 2027-01-01, post: 0.01, postWithLink: 0.3 } }',
      5: '    network: twitter\n    prices: { post: 0.02 }',
    }),
  );

  const { asOf, prices } = accounts.get('news-x')?.prices ?? {};
  assert.equal(asOf, '2027-01-01');
  assert.deepEqual([prices?.post, prices?.postWithLink, prices?.altText], [20_000, 300_000, 5_000]);
});

test('a budget is an amount a month, for an account and for all', async () => {
  await using folder = await makeConfigFolder(
    withLines({
      1: 'timezone: Europe/Paris\nbudget: 50 USD a month',
      5: '    network: twitter\n    budget: 20.50 USD a month',
    }),
  );

  const { config } = await folder.load();

  assert.deepEqual(config.budget, { amount: 50_000_000, currency: 'USD' });
  assert.deepEqual(config.accounts.get('news-x')?.budget, { amount: 20_500_000, currency: 'USD' });
});

test('a budget in any other form is a mistake that says which form is meant', async () => {
  for (const written of [
    '20',
    '20 USD',
    '"20,50 USD a month"',
    '-1 USD a month',
    '20 dollars a month',
    '0.0000001 USD a month',
    '[20]',
    '{ month: 20 }',
  ]) {
    for (const config of [root(`budget: ${written}`), account(`budget: ${written}`)]) {
      const [message = ''] = await messagesOf(config);
      assert.match(
        message,
        /"budget".* must be an amount and a currency a month, such as "20 USD a month"/,
        written,
      );
    }
  }
});

test('a price that is none, and an action that has none, are mistakes', async () => {
  const [price = ''] = await messagesOf(account('prices: { post: 0.0000001 }'));
  const [text = ''] = await messagesOf(root('prices: { twitter: { post: cheap } }'));
  const [action = ''] = await messagesOf(account('prices: { postWithLinks: 0.3 }'));
  const [network = ''] = await messagesOf(root('prices: { facebook: { post: 0.3 } }'));

  assert.match(price, /^6: "post".*must be a price such as 0.015/);
  assert.match(text, /"post" is "cheap", but must be a price/);
  assert.match(action, /There is no key "postWithLinks" here. Did you mean "postWithLink"/);
  assert.match(network, /There is no key "facebook" here/);
});

test('a network that costs nothing has no budget', async () => {
  const [message = ''] = await messagesOf(
    withLines({ 7: '    network: facebook\n    budget: 20 USD a month' }),
  );

  assert.match(message, /There is no key "budget" here/);
});

test('a budget in another currency than the prices is a mistake that says what to do', async () => {
  const own = await messagesOf(account('budget: 20 EUR a month'));
  const all = await messagesOf(root('budget: 20 EUR a month'));
  const right = await messagesOf(account('budget: 20 EUR a month\n    prices: { currency: EUR }'));

  assert.match(own[0] ?? '', /^6: "budget" is in EUR, but the prices of news-x are in USD. Write/);
  assert.match(all[0] ?? '', /^2: "budget" is in EUR/);
  assert.deepEqual(right, []);
});
