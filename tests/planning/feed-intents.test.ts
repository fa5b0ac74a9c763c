import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Config, Entry } from '../../src/core/config.ts';
import { findNetwork } from '../../src/networks/registry.ts';
import { composeFeedIntents, withoutCancels } from '../../src/planning/feed-intents.ts';
import { aFeed } from '../support/feed.ts';

const account = { name: 'news-x', network: 'twitter', settings: {}, secrets: {}, apiUrl: '' };
const config = {
  accounts: new Map([['news-x', account]]),
  entries: [],
  feeds: [],
  people: [],
} as unknown as Config;
const networkOf = (id: string) => findNetwork(id) ?? assert.fail(id);
const noImages = () => assert.fail('There are no images.');

function entry(id: string, words: string): Entry {
  const { template } = aFeed();
  const article = { title: id, text: '', images: [], tags: [], link: 'https://a.example/1' };
  const text = new Map([['news-x', { template: words, place: template.place }]]);
  return { ...template, id, article, text, at: { now: false, instant: 1 } };
}

it('one article of a feed that cannot be posted keeps no other from going out', async () => {
  const entries = [entry('news-1', 'Fine {link}'), entry('news-2', 'x'.repeat(400))];

  const composed = await composeFeedIntents(config, entries, networkOf, noImages);

  assert.deepEqual(
    composed.intents.map(({ publication }) => publication),
    ['news-1/news-x'],
  );
  assert.deepEqual([...composed.faulty], ['news-2/news-x']);
  assert.deepEqual(
    composed.problems.map(({ severity }) => severity),
    ['warning'],
  );
  assert.match(
    composed.problems[0]?.message ?? '',
    /^Left out news-2\/news-x: This text is 400 long/,
  );
});

it('a plan without the cancels of some keeps everything else', () => {
  const change = (action: 'cancel' | 'add', publication: string) => ({
    action,
    publication,
    due: 0,
  });
  const plan = {
    changes: [change('cancel', 'a'), change('cancel', 'b'), change('add', 'a')],
    unchanged: 2,
  };

  const { changes, unchanged } = withoutCancels(plan, (publication) => publication === 'a');

  assert.deepEqual([changes, unchanged], [plan.changes.slice(1), 2]);
});

it('what repeats another account is left out, unless it is out already', async () => {
  const said = 'Our spring report is out: three things that we learned about the river.';
  const beside = {
    intents: [],
    known: [{ publication: 'old/main-x', account: 'main-x', network: 'twitter', texts: [said] }],
    isOut: (publication: string) => publication === 'news-2/news-x',
  };
  const entries = [entry('news-1', `${said} #river`), entry('news-2', said)];

  const composed = await composeFeedIntents(config, entries, networkOf, noImages, beside);

  assert.deepEqual([...composed.faulty], ['news-1/news-x']);
  assert.match(
    composed.problems[0]?.message ?? '',
    /^Left out news-1\/news-x: On "news-x" this says the same .* as old\/main-x/,
  );
});
