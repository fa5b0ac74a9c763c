import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeConfigFolder, withLines } from '../support/config-folder.ts';

interface Broken {
  readonly name: string;
  readonly changes: Readonly<Record<number, string>>;
  readonly line: number;
  readonly says: RegExp;
  /** Lines on which the same mistake is rightly told of again. */
  readonly also?: readonly number[];
}

const broken: readonly Broken[] = [
  {
    name: 'an unknown section',
    changes: { 9: 'publisching:' },
    line: 9,
    says: /Did you mean "publishing"/,
  },
  {
    name: 'an unknown key of an entry',
    changes: { 16: '    att: now' },
    line: 16,
    says: /Did you mean "at"/,
    also: [14],
  },
  {
    name: 'an unknown key of an account',
    changes: { 5: '    network: twitter\n    handel: x' },
    line: 6,
    says: /Did you mean "handle"/,
  },
  {
    name: 'a key that stands twice',
    changes: { 16: '    at: now\n    at: now' },
    line: 17,
    says: /second time/,
  },
  {
    name: 'an id that stands twice',
    changes: { 17: '  - id: first' },
    line: 17,
    says: /line 14 has it/,
  },
  {
    name: 'an id with capitals',
    changes: { 17: '  - id: Second' },
    line: 17,
    says: /small letters/,
  },
  {
    name: 'an account name with an underscore',
    changes: { 4: '  news_x:' },
    line: 4,
    says: /small letters/,
    also: [12],
  },
  {
    name: 'an unknown account',
    changes: { 12: '  to: [news-xx]' },
    line: 12,
    says: /Did you mean "news-x"/,
  },
  { name: 'an account twice', changes: { 12: '  to: [news-x, news-x]' }, line: 12, says: /twice/ },
  {
    name: 'an empty list of accounts',
    changes: { 12: '  to: []' },
    line: 12,
    says: /at least one account/,
  },
  {
    name: 'an unknown network',
    changes: { 5: '    network: twiter' },
    line: 5,
    says: /Did you mean "twitter"/,
  },
  {
    name: 'a length of time in words',
    changes: { 10: '  backoff: 30 seconds' },
    line: 10,
    says: /such as 90s/,
  },
  {
    name: 'a length of time without a unit',
    changes: { 10: '  backoff: 30' },
    line: 10,
    says: /such as 90s/,
  },
  {
    name: 'looks that do not ascend',
    changes: { 10: '  confirmAfter: [2m, 15s]' },
    line: 10,
    says: /ascend/,
  },
  {
    name: 'a time zone with a slip',
    changes: { 1: 'timezone: Europe/Pari' },
    line: 1,
    says: /Did you mean "Europe\/Paris"/,
  },
  {
    name: 'an offset for a time zone',
    changes: { 1: 'timezone: "+01:00"' },
    line: 1,
    says: /no time zone/,
  },
  {
    name: 'a time zone that is missing',
    changes: { 1: '' },
    line: 2,
    says: /"timezone" is missing/,
  },
  {
    name: 'a time that the clocks skip',
    changes: { 19: '    at: 2026-03-29 02:30' },
    line: 19,
    says: /01:30\+01:00.*03:30\+02:00/,
  },
  {
    name: 'a time that the clocks show twice',
    changes: { 19: '    at: 2026-10-25 02:30' },
    line: 19,
    says: /02:30\+02:00.*02:30\+01:00/,
  },
  {
    name: 'a day that does not exist',
    changes: { 19: '    at: 2026-02-30 09:00' },
    line: 19,
    says: /no 2026-02-30/,
  },
  {
    name: 'a date without a time',
    changes: { 19: '    at: 2026-11-24' },
    line: 19,
    says: /no time of day/,
  },
  {
    name: 'an address without protection',
    changes: { 5: '    network: twitter\n    apiUrl: http://api.x.com' },
    line: 6,
    says: /https/,
  },
  {
    name: 'a link that is no address',
    changes: { 15: '    article: { title: One, link: news }' },
    line: 15,
    says: /web address/,
  },
  {
    name: 'an article file that is not there',
    changes: { 15: '    article: none.md' },
    line: 15,
    says: /no article "none\.md"/,
  },
  {
    name: 'an article on a host that is not public',
    changes: { 15: '    article: https://127.0.0.1/b' },
    line: 15,
    says: /"127\.0\.0\.1" is no host of the public internet/,
  },
  {
    name: 'an image file that is not there',
    changes: { 15: '    article: { title: One, image: { file: no.png, alt: x } }' },
    line: 15,
    says: /no image "no\.png"/,
  },
  {
    name: 'an image without words',
    changes: { 15: '    article: { title: One, image: { file: no.png } }' },
    line: 15,
    says: /cannot see it/,
  },
  {
    name: 'a number for a Page without quotes',
    changes: { 8: '    pageId: 1000200030004' },
    line: 8,
    says: /quotes/,
  },
  {
    name: 'words for an unknown account',
    changes: { 16: '    at: now\n    text: { twiter: Hello }' },
    line: 17,
    says: /Did you mean "twitter"/,
  },
  {
    name: 'words with {link} for an article without one',
    changes: { 19: '    at: now\n    text: { twitter: "See {link}" }' },
    line: 20,
    says: /no link/,
  },
  {
    name: 'text with a colon without quotes',
    changes: { 18: '    article:\n      title: Two: more' },
    line: 19,
    says: /quotes/,
  },
  {
    name: 'a tab at the start of a line',
    changes: { 16: '\tat: now' },
    line: 16,
    says: /tab/i,
    also: [17, 19],
  },
  {
    name: 'no-break spaces at the start of a line',
    changes: { 16: '\u00a0\u00a0\u00a0\u00a0at: now' },
    line: 16,
    says: /not plain/,
    also: [17, 19],
  },
  {
    name: 'a key with two letters swapped',
    changes: { 15: '    article: { title: One, lnik: "https://news.example.org/1" }' },
    line: 15,
    says: /Did you mean "link"/,
  },
  {
    name: 'an entry without an article',
    changes: { 18: '    publishBy: 2h' },
    line: 17,
    says: /"article" is missing: it must be an address, the name of a file/,
  },
  {
    name: 'an image that is only a name',
    changes: { 15: '    article: { title: One, image: three.jpg }' },
    line: 15,
    says: /file: images\/three\.jpg, alt:/,
  },
];

describe('a broken config', () => {
  for (const { name, changes, line, says } of broken) {
    it(`is told at its line: ${name}`, async () => {
      await using folder = await makeConfigFolder(withLines(changes));

      const problems = await folder.problems();

      const found = problems.find((problem) => problem.line === line && says.test(problem.message));
      assert.ok(found, `expected line ${line} ${says}, got ${JSON.stringify(problems, null, 1)}`);
      assert.equal(found.severity, 'error');
      assert.equal(found.file, 'carillon.yaml');
    });
  }

  it('tells nothing of the lines without a mistake', async () => {
    for (const { name, changes, line, also = [] } of broken) {
      await using folder = await makeConfigFolder(withLines(changes));

      const lines = new Set((await folder.problems()).map((problem) => problem.line));

      assert.deepEqual(
        [...lines].sort((a, b) => a - b),
        [line, ...also].sort((a, b) => a - b),
        name,
      );
    }
  });

  it('tells of mistakes in three sections at once', async () => {
    const text = withLines({
      5: '    network: twiter',
      10: '  backoff: soon',
      19: '    at: 2026-02-30 09:00',
    });
    await using folder = await makeConfigFolder(text);

    const problems = await folder.problems();

    assert.deepEqual(
      problems.map(({ line }) => line),
      [5, 10, 19],
    );
  });

  it('judges the form of times though the time zone is wrong', async () => {
    const text = withLines({ 1: 'timezone: Europe/Pari', 19: '    at: 2026-13-01 09:00' });
    await using folder = await makeConfigFolder(text);

    const problems = await folder.problems();

    assert.deepEqual(
      problems.map(({ line }) => line),
      [1, 19],
    );
  });

  it('lets own words name the title and the link', async () => {
    const text = withLines({ 16: '    at: now\n    text: { twitter: "{title}: { link }" }' });
    await using folder = await makeConfigFolder(text);

    assert.deepEqual(await folder.problems(), []);
  });

  it('tells of a wrong form and a wrong meaning in one entry', async () => {
    const text = withLines({
      17: '  - id: SECOND',
      19: '    at: 2026-02-30 09:00\n    to: [nobody]',
    });
    await using folder = await makeConfigFolder(text);

    const problems = await folder.problems();

    assert.deepEqual(
      problems.map(({ line }) => line),
      [17, 19, 20],
    );
  });

  it('refuses two accounts on X in an entry without words of their own, and says why', async () => {
    const text = withLines({
      5: '    network: twitter\n  other-x:\n    network: twitter',
      12: '  to: [news-x, other-x]',
    });
    await using folder = await makeConfigFolder(text);

    const problems = await folder.problems();

    assert.equal(problems.length, 2, 'each entry needs words');
    for (const { message } of problems) {
      assert.match(message, /both on X, and X forbids .* text: \{ other-x: "…" \}/);
    }
  });

  it('warns of words that nobody will see, and loads', async () => {
    await using folder = await makeConfigFolder(
      withLines({ 16: '    at: now\n    text: { facebook: Hello }' }),
    );

    const { config, warnings } = await folder.load();

    assert.equal(config.entries.length, 2);
    assert.deepEqual(
      warnings.map(({ line, severity }) => [line, severity]),
      [[17, 'warning']],
    );
  });
});
