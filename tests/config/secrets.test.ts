import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSecrets } from '../../config/secrets.ts';
import { twitter } from '../../src/networks/twitter/index.ts';

function read(fields: readonly string[]) {
  const variables = Object.fromEntries(
    fields.map((field) => [`CARILLON_NEWS_X_${field}`, 'value']),
  );
  return readSecrets('news-x', twitter.secrets({}), twitter.tokens({}).flat(), variables);
}

describe('the secrets of an account', () => {
  it('are complete with those of the app, as connecting brings the tokens', () => {
    for (const fields of [
      ['API_KEY', 'API_SECRET'],
      ['CLIENT_ID'],
      ['CLIENT_ID', 'CLIENT_SECRET'],
      ['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'],
      ['CLIENT_ID', 'CLIENT_SECRET', 'ACCESS_TOKEN', 'REFRESH_TOKEN'],
      ['API_KEY', 'API_SECRET', 'ACCESS_TOKEN', 'ACCESS_SECRET'],
    ]) {
      const { secrets, problem } = read(fields);
      assert.equal(problem, undefined, fields.join());
      assert.deepEqual(Object.keys(secrets).sort(), [...fields].sort());
    }
  });

  it('are told to be missing where the app itself is', () => {
    assert.match(read([]).problem ?? '', /API_KEY, \S+API_SECRET; or \S+CLIENT_ID in/);
    assert.match(read(['API_KEY']).problem ?? '', /Set CARILLON_NEWS_X_API_SECRET in/);
  });

  it('are told to be of no use where a token lacks its other half', () => {
    assert.match(
      read(['API_KEY', 'API_SECRET', 'ACCESS_TOKEN']).problem ?? '',
      /^CARILLON_NEWS_X_ACCESS_TOKEN alone gives no access.*Set CARILLON_NEWS_X_ACCESS_SECRET too/,
    );
    assert.match(
      read(['CLIENT_ID', 'ACCESS_TOKEN']).problem ?? '',
      /^CARILLON_NEWS_X_ACCESS_TOKEN alone.*REFRESH_TOKEN too.*carillon connect news-x/,
    );
  });
});
