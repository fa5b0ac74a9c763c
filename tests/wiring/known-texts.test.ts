import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '../../src/core/config.ts';
import type { Publication } from '../../src/core/publication.ts';
import { readKnownTexts } from '../../src/wiring/known-texts.ts';
import { aPost } from '../support/ledger.ts';
import { aPublication, DUE } from '../support/publications.ts';

const day = 24 * 3_600_000;
const configOf = (...networks: string[]) =>
  ({
    accounts: new Map(networks.map((network, i) => [`account-${i}`, { network }])),
  }) as unknown as Config;

async function read(
  config: Config,
  records: readonly Publication[],
  wanted: readonly string[] = [],
) {
  const asked: string[] = [];
  const posts = async (names: readonly string[]) => {
    asked.push(...names);
    return new Map(names.map((name) => [name, aPost({ text: name })]));
  };
  const intents = wanted.map((publication) => ({ publication }));
  const known = await readKnownTexts(config, intents, { records, now: DUE, ledger: { posts } });
  assert.deepEqual(
    asked,
    known.map(({ publication }) => publication),
  );
  return asked;
}

const published = (publication: string, agoMs = day, over: Partial<Publication> = {}) =>
  aPublication({ publication, state: 'published', publishedAt: DUE - agoMs, ...over });

test('what is up and not in the config any more counts for a month', async () => {
  const records = [
    published('a/one-x'),
    published('b/one-x', 40 * day),
    published('c/one-x'),
    published('d/one-x', day, { state: 'retracted' }),
    published('e/one-x', day, { state: 'unconfirmed' }),
    published('f/page', day, { network: 'facebook' }),
    aPublication({ publication: 'g/one-x' }),
  ];

  const asked = await read(configOf('twitter', 'twitter', 'facebook', 'facebook'), records, [
    'c/one-x',
  ]);

  assert.deepEqual(asked, ['a/one-x', 'e/one-x']);
});

test('with one account on such a network nothing is read', async () => {
  assert.deepEqual(await read(configOf('twitter', 'facebook'), [published('a/one-x')]), []);
});
