import assert from 'node:assert/strict';
import { after, before, describe, it, test } from 'node:test';
import { parse, stringify } from 'yaml';
import { loadConfig } from '../../config/load.ts';
import { ConfigError, formatProblem, type Problem } from '../../src/core/problem.ts';
import { type SmallWeb, startSmallWeb } from '../support/small-web.ts';
import { makeNewsroom, type Newsroom } from './newsroom.ts';
import { blocksOf, listPages } from './pages.ts';

/** First lines of configs of other programs. */
const OTHERS = [/^scrape_configs:/];

const blocks = listPages().flatMap((page) =>
  blocksOf(page, 'yaml')
    .filter((text) => !OTHERS.some((form) => form.test(text)))
    .map((text) => ({ page, text })),
);

type Lines = Readonly<Record<string, unknown>>;

const BASE: Lines = {
  timezone: 'Europe/Paris',
  sandbox: true,
  accounts: {
    'newsroom-x': { network: 'twitter' },
    'newsroom-page': { network: 'facebook', pageId: '1000200030004' },
    'newsroom-tube': { network: 'youtube', channelId: 'UCabcdefghijklmnopqrstuv' },
  },
  defaults: { to: ['newsroom-x'] },
  publications: [{ id: 'first', article: { title: 'First' }, at: 'now' }],
};

/** What a page shows of a config, put into one that is whole. Its pages on the web are asked without encryption. */
function whole(text: string): Lines {
  const shown = parse(
    text.replaceAll('https://news.example.org', 'http://news.example.org'),
  ) as Lines;
  const inside = (key: string) => ({ ...(BASE[key] as Lines), ...(shown[key] as Lines) });
  return { ...BASE, ...shown, accounts: inside('accounts'), defaults: inside('defaults') };
}

describe('every config that the pages show', () => {
  let web: SmallWeb;
  let newsroom: Newsroom;
  before(async () => {
    web = await startSmallWeb({ 'news.example.org': ['93.184.216.34'] }, () => ({
      body: `<html><head><title>Report</title></head><body>${'<p>A sentence of some length, with commas.</p>'.repeat(9)}</body></html>`,
    }));
    newsroom = makeNewsroom('http://news.example.org');
  });
  after(async () => {
    await newsroom[Symbol.asyncDispose]();
    await web[Symbol.asyncDispose]();
  });

  async function mistakesIn(lines: Lines): Promise<readonly string[]> {
    newsroom.write('config/carillon.yaml', stringify(lines));
    const env = { CARILLON_SMTP_URL: 'smtps://user:password@mail.example.org' };
    const told = await loadConfig({ env, cwd: newsroom.folder, wire: web.wire }).then(
      (): readonly Problem[] => [],
      (error: unknown) => {
        if (error instanceof ConfigError) return error.problems;
        throw error;
      },
    );
    return told.filter(({ severity }) => severity === 'error').map(formatProblem);
  }

  for (const { page, text } of blocks) {
    it(`${page}: ${text.trim().split('\n').slice(0, 2).join(' ').slice(0, 80)} …`, async () => {
      assert.deepEqual(await mistakesIn(whole(text)), []);
    });
  }

  it('and a mistake in one would be found', async () => {
    const mistakes = await mistakesIn(
      whole('publications:\n  - { id: a, article: nowhere.md, at: soon }'),
    );

    assert.equal(mistakes.length, 2, mistakes.join('\n'));
  });
});

test('the pages show configs', () => {
  assert.ok(blocks.length > 20, `only ${blocks.length}`);
});
