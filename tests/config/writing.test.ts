import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose } from '../../src/core/choice.ts';
import { findNetwork } from '../../src/networks/registry.ts';
import { composeIntents } from '../../src/planning/intents.ts';
import { makeConfigFolder, withLines } from '../support/config-folder.ts';

const defaults = (lines: string) => withLines({ 12: `  to: [news-x, news-page]\n${lines}` });

test('an entry goes before the defaults, and an account before its network', async () => {
  const config = withLines({
    12: '  to: [news-x]\n  template: { news-x: "{title} d" }\n  hashtags: 1\n  thread: true',
    16: '    at: now\n    template: { twitter: "{title} n", news-x: "{title} a" }\n    thread: 4',
  });
  await using folder = await makeConfigFolder(config);

  const { entries } = (await folder.load()).config;

  const account = { name: 'news-x', network: 'twitter' };
  const chosen = entries.map(({ writing }) => [
    choose(writing.template, account)?.template,
    choose(writing.hashtags, account),
    choose(writing.thread, account),
  ]);
  assert.deepEqual(chosen, [
    ['{title} a', 1, 4],
    ['{title} d', 1, 10],
  ]);
});

test('a placeholder that is none is told where it stands, with the nearest one', async () => {
  await using folder = await makeConfigFolder(
    defaults('  template:\n    twitter: "{title} – {titel}"'),
  );

  const [problem, ...others] = await folder.problems();

  assert.deepEqual(others, []);
  assert.deepEqual([problem?.line, problem?.column, problem?.severity], [14, 25, 'error']);
  assert.match(problem?.message ?? '', /\{titel\} is no placeholder.*Did you mean "title"/u);
});

test('names of nobody, wrong handles, and an excerpt in own words are errors', async () => {
  const config = withLines({
    3: 'people:\n  sara: { name: Sara, twitter: "@too-long-for-any-x-name" }\naccounts:',
    12: '  to: [news-x]\n  hashtags: { twiter: 1 }\n  utm: { source: "{networks}" }',
    16: '    at: now\n    text: { twitter: "{excerpt} {@sarah}" }',
  });
  await using folder = await makeConfigFolder(config);

  const messages = (await folder.problems()).map(({ message }) => message).join('\n');

  assert.match(messages, /"twitter" is "@too-long-for-any-x-name", but must be a name on X/u);
  assert.match(messages, /no account or network "twiter"/u);
  assert.match(messages, /\{networks\} is no placeholder/u);
  assert.match(messages, /There is no \{excerpt\} here/u);
  assert.match(messages, /nobody "sarah"/u);
});

test('UTM parameters go key by key, into the link that followers open and into the preview', async () => {
  const config = withLines({
    12: '  to: [news-x, news-page]\n  utm: { source: "{network}", campaign: all }',
    15: '    article: { title: One, link: "https://news.example.org/1#a" }',
    16: '    at: now\n    utm: { campaign: "{entry}", source: { facebook: fb } }',
    18: '    article: { title: Two, link: "https://news.example.org/2" }',
    19: '    at: now\n    utm: false',
  });
  await using folder = await makeConfigFolder(config);

  const { intents } = await compose(folder);

  const base = 'https://news.example.org/1?utm_';
  assert.deepEqual(
    intents.map(({ link }) => link?.replace(base, '…')),
    [
      '…source=twitter&utm_campaign=first#a',
      '…source=fb&utm_campaign=first#a',
      'https://news.example.org/2',
      'https://news.example.org/2',
    ],
  );
  assert.ok(intents[0]?.post.text.includes(`${base}source=twitter&utm_campaign=first#a`));
  assert.equal(intents[1]?.post.link, intents[1]?.link);
});

test('somebody under people is mentioned by handle or by name, and X asks about others only', async () => {
  const config = withLines({
    3: 'people: { sara: { name: Sara A, twitter: sara_a } }\naccounts:',
    12: '  to: [news-x, news-page]\n  template: "{title}{? by {@author}}, {@sara}\\n\\n{link}"',
    15: '    article: { title: One @other, author: sara a, link: "https://news.example.org/1" }',
  });
  await using folder = await makeConfigFolder(config);

  const { intents } = await compose(folder);

  assert.match(intents[0]?.post.text ?? '', /^One @other by @sara_a, @sara_a\n\n/u);
  assert.match(intents[1]?.post.text ?? '', /^One @other by sara a, Sara A\n\n/u);
  const [warning = ''] = intents[0]?.warnings ?? [];
  assert.match(warning, /notify @other:/u);
});

test('one warning says for real accounts that X may refuse threads', async () => {
  const text = 'The river rose once more in the night, and the town asked for help. '.repeat(12);
  const config = (sandbox: boolean) =>
    withLines({
      2: `sandbox: ${sandbox}`,
      12: '  to: [news-x]\n  thread: true',
      15: `    article: { title: One, text: "${text}" }`,
      18: `    article: { title: Two, text: "${text}" }`,
    });
  const env = {
    CARILLON_NEWS_X_API_KEY: 'a',
    CARILLON_NEWS_X_API_SECRET: 'b',
    CARILLON_NEWS_X_ACCESS_TOKEN: 'c',
    CARILLON_NEWS_X_ACCESS_SECRET: 'd',
    CARILLON_NEWS_PAGE_PAGE_TOKEN: 'e',
  };
  await using folder = await makeConfigFolder(config(false));

  const real = await compose(folder, env);
  await folder.write('carillon.yaml', config(true));
  const pretended = await compose(folder);

  assert.ok(real.intents.every(({ post }) => post.thread !== undefined));
  assert.equal(real.problems.filter(({ message }) => /Try one thread/u.test(message)).length, 1);
  assert.deepEqual(pretended.problems, []);
});

async function compose(
  folder: Awaited<ReturnType<typeof makeConfigFolder>>,
  env?: Readonly<Record<string, string>>,
) {
  const { config } = await folder.load(env);
  const networkOf = (id: string) => {
    const network = findNetwork(id);
    assert.ok(network);
    return network;
  };
  return composeIntents(config, networkOf, () => assert.fail('These articles have no images.'));
}
