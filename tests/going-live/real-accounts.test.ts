import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from '../../src/core/account.ts';
import { realAccountsOf, sayRealAccounts } from '../../src/going-live/real-accounts.ts';

function account(network: string, apiUrl: string, settings: object): Account {
  const name = `newsroom-${network}`;
  return { name, network, apiUrl, sandbox: false, settings: { ...settings }, secrets: {} };
}
const say = (...accounts: Account[]) => sayRealAccounts(realAccountsOf(accounts));

test('accounts are named as people know them', () => {
  const channelId = 'UCabcdefghijklmnopqrstuv';
  const youtube = 'https://www.googleapis.com';

  assert.equal(
    say(
      account('twitter', 'https://api.x.com', { handle: '@newsroom' }),
      account('facebook', 'https://graph.facebook.com', { pageId: '10', name: 'City Library' }),
      account('youtube', youtube, { channelId, mode: 'api' }),
    ),
    `Posts for real to @newsroom on X, the Page "City Library" (10) on Facebook and the channel ${channelId} on YouTube.`,
  );
});

test('an account that the config gives no handle goes by its name there', () => {
  const said = say(account('twitter', 'https://api.x.com', {}));

  assert.equal(said, 'Posts for real to the account "newsroom-twitter" on X.');
});

test('a channel on which a person posts is told apart', () => {
  const settings = { channelId: 'UCabcdefghijklmnopqrstuv', handle: '@news', mode: 'assisted' };

  assert.equal(
    say(account('youtube', 'https://www.googleapis.com', settings)),
    'Prepares posts for @news (UCabcdefghijklmnopqrstuv) on YouTube: a person posts them.',
  );
});

test('an address of its own is said, and makes it another account', () => {
  const own = account('twitter', 'https://api.x.com', { handle: '@newsroom' });
  const [usual, other] = realAccountsOf([own, { ...own, apiUrl: 'http://127.0.0.1:9' }]);

  assert.equal(other?.words, '@newsroom on X at http://127.0.0.1:9');
  assert.notEqual(usual?.mark, other?.mark);
});
