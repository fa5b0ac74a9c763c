import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeConfigFolder, withLines } from '../support/config-folder.ts';

/** The good config with feeds below it. */
const withFeeds = (...lines: readonly string[]) =>
  `${withLines({})}feeds:\n${lines.map((line) => `  ${line}\n`).join('')}`;
const problemsOf = async (...lines: readonly string[]) => {
  await using folder = await makeConfigFolder(withFeeds(...lines));
  return (await folder.problems()).map(({ line, column, message, severity }) =>
    severity === 'error' ? `${line}:${column} ${message}` : `warning: ${message}`,
  );
};

describe('feeds in the config', () => {
  it('have safe defaults', async () => {
    await using folder = await makeConfigFolder(
      withFeeds('- { id: news, url: "https://a.example/feed" }'),
    );

    const [feed] = (await folder.load()).config.feeds;

    const { template, ...rest } = feed ?? assert.fail();
    assert.deepEqual(rest, {
      id: 'news',
      url: 'https://a.example/feed',
      everyMs: 900_000,
      afterMs: 600_000,
      slots: [],
      perDay: undefined,
      only: [],
      except: [],
      backfill: 0,
      full: false,
    });
    assert.deepEqual([template.to, template.publishByMs], [['news-x'], 7_200_000]);
  });

  it('say how soon, into which slots, how many a day and what of them', async () => {
    await using folder = await makeConfigFolder(
      withFeeds(
        '- id: news',
        '  url: https://a.example/feed',
        '  every: 1h',
        '  to: [news-x, news-page]',
        '  slots: "Mon-Tue 09:00"',
        '  perDay: 3',
        '  only: [press]',
        '  except: [internal]',
        '  backfill: 2',
        '  full: true',
        '  publishBy: 1h',
        '  text: { twitter: "New: {link}" }',
      ),
    );

    const [feed] = (await folder.load()).config.feeds;

    assert.deepEqual(
      [feed?.afterMs, feed?.slots, feed?.perDay, feed?.only, feed?.except, feed?.full],
      [
        0,
        [
          { weekday: 1, minutes: 540 },
          { weekday: 2, minutes: 540 },
        ],
        3,
        ['press'],
        ['internal'],
        true,
      ],
    );
    assert.deepEqual(
      [feed?.template.to, feed?.template.publishByMs, feed?.template.text.get('twitter')?.template],
      [['news-x', 'news-page'], 3_600_000, 'New: {link}'],
    );
  });

  it('are told all their mistakes at once, each with its place', async () => {
    const problems = await problemsOf(
      '- id: news',
      '  url: ftp://a.example/feed',
      '  evry: 5m',
      '  every: 5s',
      '  to: [news-z]',
      '  slots: "Mon 25:00"',
      '  perDay: 0',
      '  only: [press]',
      '  except: [Press]',
    );

    const words = [
      /^22:10 .*"url" .*must be an address that starts with https/,
      /^23:5 .*"evry".*"every"/,
      /^24:12 .*must be between 1m and 7d/,
      /^25:10 There is no account "news-z".*"news-x"/,
      /^26:12 .*25:00/,
      /^27:13 /,
      /^29:14 "Press" stands under "only" and under "except"/,
    ];
    for (const word of words) {
      assert.ok(
        problems.some((problem) => word.test(problem)),
        `${word} is not in ${problems.join('\n')}`,
      );
    }
  });

  it('of one address go to two accounts on X only with words of their own', async () => {
    const config = withFeeds(
      '- { id: news, url: "https://a.example/feed", to: [news-x] }',
      '- { id: more, url: "https://a.example/feed", to: [two-x] }',
    ).replace('accounts:\n', 'accounts:\n  two-x: { network: twitter }\n');
    await using folder = await makeConfigFolder(config);
    await using other = await makeConfigFolder(
      config.replace('to: [two-x]', 'to: [two-x], text: { two-x: "Read: {title} {link}" }'),
    );

    const problems = await folder.problems();

    assert.equal(problems.length, 1);
    assert.match(
      problems[0]?.message ?? '',
      /"news" \(.*:\d+:\d+\) and "more" give the same articles/,
    );
    assert.deepEqual(await other.problems(), []);
  });

  it('must have names of their own', async () => {
    const problems = await problemsOf(
      '- { id: news, url: "https://a.example/1" }',
      '- { id: news, url: "https://a.example/2" }',
      '- { id: first, url: "https://a.example/3" }',
    );

    assert.deepEqual(problems, [
      '14:9 The id "first" belongs to the feed "first". Give this entry another.',
      '22:11 The id "news" is taken: line 21 has it. Give this feed another.',
    ]);
  });

  it('must not have an entry that bears the name of one of their own', async () => {
    await using folder = await makeConfigFolder(
      withFeeds('- { id: news, url: "https://a.example/1" }').replace(
        'id: second',
        'id: news-0123456789',
      ),
    );

    assert.match((await folder.problems())[0]?.message ?? '', /belongs to the feed "news"/);
  });

  it('must be a list, and may be empty', async () => {
    await using listless = await makeConfigFolder(`${withLines({})}feeds: { id: news }\n`);
    await using empty = await makeConfigFolder(`${withLines({})}feeds:\n`);

    assert.match((await listless.problems())[0]?.message ?? '', /"feeds" must be a list/);
    assert.deepEqual((await empty.load()).config.feeds, []);
  });

  it('are warned of when they come over an open way', async () => {
    assert.match(
      (await problemsOf('- { id: news, url: "http://a.example/1" }'))[0] ?? '',
      /^warning: .*http:\/\//,
    );
  });
});
