import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeConfigFolder, withLines } from '../support/config-folder.ts';

/** The good config, with lines for the account news-x, for the file and for the second entry. */
function configWith(lines: {
  account?: string;
  file?: string;
  entry?: string;
  article?: string;
}): string {
  return withLines({
    5: `    network: twitter\n${lines.account ? `    ${lines.account}` : ''}`,
    9: `${lines.file ?? ''}\npublishing:`,
    18: lines.article ?? '    article: { title: Two, link: "https://news.example.org/2" }',
    19: lines.entry ?? '    at: 2026-11-24 09:00',
  });
}

async function messagesOf(lines: Parameters<typeof configWith>[0]): Promise<string> {
  await using folder = await makeConfigFolder(configWith(lines));
  const problems = await folder.problems();
  return problems.map(({ line, message }) => `${line}: ${message}`).join('\n');
}

async function load(lines: Parameters<typeof configWith>[0], files: Record<string, string> = {}) {
  await using folder = await makeConfigFolder(configWith(lines));
  for (const [name, text] of Object.entries(files)) await folder.write(name, text);
  const { config } = await folder.load();
  return { config, entry: config.entries[1] };
}

const everyEntry = '    every: "Tue,Fri 09:00"';

describe('schedules in the config', () => {
  it('takes rules for all accounts, of which an account changes its own', async () => {
    const { config } = await load({
      file: 'schedule: { quietHours: "22:00-07:00", gap: 20m, blackout: [2026-12-25], horizon: 60d, stagger: 10m }',
      account:
        'slots: Mon-Fri 09:00, 13:00\n    gap: 1h\n    quietHours: []\n    blackout: 2026-12-26\n    perDay: 4',
    });

    const { horizonMs, staggerMs, accounts } = config.schedule;
    assert.deepEqual([horizonMs, staggerMs], [60 * 86_400_000, 600_000]);
    const x = accounts.get('news-x');
    assert.deepEqual([x?.slots.length, x?.gapMs, x?.quietHours, x?.perDay], [10, 3_600_000, [], 4]);
    assert.deepEqual(
      x?.blackout.map(({ from, name }) => [new Date(from).toISOString(), name]),
      [
        ['2026-12-24T23:00:00.000Z', '2026-12-25'],
        ['2026-12-25T23:00:00.000Z', '2026-12-26'],
      ],
    );
    const page = accounts.get('news-page');
    assert.deepEqual(
      [page?.gapMs, page?.quietHours.length, page?.order],
      [1_200_000, 1, 'first-come'],
    );
    assert.ok(!('gap' in (config.accounts.get('news-x')?.settings ?? {})));
  });

  it('takes days off from a calendar', async () => {
    const ics = [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'UID:1',
      'DTSTART;VALUE=DATE:20261225',
      'SUMMARY:Christmas',
      'END:VEVENT',
      'END:VCALENDAR',
    ];
    await using folder = await makeConfigFolder(
      configWith({ file: 'schedule: { blackout: days/off.ics }' }),
    );
    await folder.write('days/off.ics', ics.join('\r\n'));

    const { config } = await folder.load();

    assert.equal(config.schedule.accounts.get('news-x')?.blackout[0]?.name, 'Christmas');
  });

  it('takes recurring entries, with texts in turn', async () => {
    const { entry } = await load({
      entry: `${everyEntry}\n    from: 2026-11-24\n    until: 2026-12-31\n    skip: [2026-12-25]\n    count: 5\n    timezone: America/New_York\n    texts: ["One {link}", { twitter: "Two {link}" }]`,
    });

    assert.ok(entry && 'every' in entry.at);
    const { text, timezone, count, from, until } = entry.at.every;
    assert.deepEqual([text, timezone, count], ['Tue,Fri 09:00', 'America/New_York', 5]);
    assert.equal((until ?? 0) - (from ?? 0), 38 * 86_400_000);
    assert.deepEqual(
      entry.turns?.map((turn) => [...turn.text].map(([name, words]) => [name, words.template])),
      [[['news-x', 'One {link}']], [['twitter', 'Two {link}']]],
    );
  });

  it('takes an embargo, slots and a zone of its own', async () => {
    const { entry } = await load({
      account: 'slots: daily 09:00',
      entry: '    at: next-slot\n    notBefore: 2026-11-24 09:00\n    timezone: Asia/Tokyo',
    });

    assert.deepEqual(entry?.at, { now: false, nextSlot: true });
    assert.equal(entry?.notBefore, Date.parse('2026-11-24T00:00Z'));
  });

  const wrong: readonly [string, Parameters<typeof configWith>[0], RegExp][] = [
    ['slots', { account: 'slots: Mun 09:00' }, /^6: "Mun" is neither .* Did you mean "Mon"/],
    ['one of several slots', { account: 'slots: [Mon 09:00, 9am]' }, /^6: .*"9am".*such as 09:00/],
    ['quiet hours', { account: 'quietHours: "22-7"' }, /^6: .*Write hours and minutes/],
    ['a gap', { account: 'gap: 20' }, /^6: "gap".*must be a length of time/],
    [
      'an order',
      { account: 'order: freshest' },
      /^6: "order".*must be "first-come" or "freshest-first"/,
    ],
    [
      'a blackout',
      { file: 'schedule: { blackout: [2026-02-30] }' },
      /^\d+: .*no 2026-02-30 in the calendar/,
    ],
    [
      'a calendar that is not there',
      { file: 'schedule: { blackout: no.ics }' },
      /There is no calendar "no\.ics"/,
    ],
    [
      'a key of the schedule',
      { file: 'schedule: { quitHours: "22:00-07:00" }' },
      /Did you mean "quietHours"/,
    ],
    [
      'a rule',
      { entry: '    every: hourly' },
      /no rule that Carillon can read\. Write "Tue,Fri 09:00"/,
    ],
    [
      'a rule that is too fast',
      { entry: '    every: "* * * * * *"' },
      /more often than every 10 seconds/,
    ],
    ['at and every', { entry: `    at: now\n${everyEntry}` }, /"at" or "every", not both/],
    ['no time', { entry: '' }, /"at" is missing.*write "every" instead/],
    ['no article', { article: '' }, /"article" is missing/],
    [
      'article and articles',
      { entry: `${everyEntry}\n    articles: [{ title: A }]` },
      /"article" or "articles", not both/,
    ],
    [
      'keys of every beside at',
      { entry: '    at: now\n    count: 3' },
      /"count" belongs to "every"/,
    ],
    [
      'count without from',
      { entry: `${everyEntry}\n    count: 3` },
      /"count" needs a day from which it counts/,
    ],
    [
      'from after until',
      { entry: `${everyEntry}\n    from: 2026-12-31\n    until: 2026-12-01` },
      /no time between "from" and "until"/,
    ],
    [
      'texts for one time',
      { entry: '    at: now\n    texts: [A, B]' },
      /"texts" in turn need a time that comes again/,
    ],
    [
      'fewer texts than articles',
      {
        article: '    articles: [{ title: A }, { title: B }, { title: C }]',
        entry: `${everyEntry}\n    texts: [A, B]`,
      },
      /3 articles and 2 texts/,
    ],
    [
      'a slot on an account without slots',
      { entry: '    at: next-slot' },
      /"next-slot" needs slots, and news-x has none/,
    ],
    ['an embargo', { entry: '    at: now\n    notBefore: now' }, /"now" is no embargo/],
    ['a zone', { entry: '    at: now\n    timezone: Paris' }, /Did you mean "Europe\/Paris"/],
    [
      'a text in turn',
      { article: '    article: { title: A }', entry: `${everyEntry}\n    texts: ["One {link}"]` },
      /the article has no link/,
    ],
  ];
  for (const [name, lines, message] of wrong) {
    it(`says what is wrong with ${name}`, async () => {
      assert.match(await messagesOf(lines), message);
    });
  }
});
