import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Account } from '../../src/core/account.ts';
import type { Credentials } from '../../src/core/credentials.ts';
import { openFacebookSession } from '../../src/networks/facebook/session.ts';
import type { NetworkIo, Session } from '../../src/networks/network.ts';
import { openTwitterSession } from '../../src/networks/twitter/session.ts';
import { openYoutubeSession } from '../../src/networks/youtube/session.ts';
import { holdCredentials } from '../support/credentials.ts';
import { type Client, openSandbox } from '../support/sandbox-client.ts';
import { errorOf, makeIo } from './contract.ts';

const unstopped = new AbortController().signal;
const DAY = 86_400_000;

let client: Client;
before(async () => {
  client = await openSandbox();
});
beforeEach(async () => {
  await client.ask('/amendments', { method: 'DELETE' });
  await client.ask('/faults', { method: 'DELETE' });
});
after(() => client[Symbol.asyncDispose]());

const amend = (amendment: object) => client.ask('/amendments', { body: amendment });

/** Examines an account of the real kind that the sandbox plays. */
async function examine(
  open: (account: Account, io: NetworkIo) => Promise<Session>,
  account: Pick<Account, 'network' | 'settings' | 'secrets'>,
  known: Partial<Credentials> = {},
) {
  const session = await open(
    { name: 'newsroom', apiUrl: client.url, sandbox: false, ...account },
    makeIo({ credentials: holdCredentials(account.secrets, known) }),
  );
  return session.examine(unstopped);
}

const codesOf = ({ remarks }: { readonly remarks: readonly { readonly code: string }[] }) =>
  remarks.map(({ code }) => code);

describe('an account on X', () => {
  const keys = {
    ...{ API_KEY: 'the-key', API_SECRET: 'the-secret' },
    ...{ ACCESS_TOKEN: 'sandbox:newsroom', ACCESS_SECRET: 'another' },
  };
  const look = (handle?: string, secrets: Record<string, string> = keys, known = {}) =>
    examine(
      openTwitterSession,
      { network: 'twitter', settings: handle === undefined ? {} : { handle }, secrets },
      known,
    );

  it('tells whose it is and what its keys may do, in one request', async () => {
    const facts = await look('@NewsRoom');

    assert.deepEqual([facts.whose, facts.wanted], ['@newsroom', undefined]);
    assert.deepEqual(facts.permissions?.granted, ['read', 'write']);
    assert.ok(Math.abs(facts.clockAheadMs ?? Number.NaN) < 5_000);
    assert.deepEqual(codesOf(facts), ['automated-label', 'credits']);
  });

  it('is another one than the config means', async () => {
    assert.equal((await look('@press')).wanted, '@press');
  });

  it('has keys that may only read, and protects its posts', async () => {
    const headers = { 'x-access-level': 'read' };
    const body = { data: { protected: true } };
    await amend({ network: 'twitter', path: '/users/me', headers, body });

    const facts = await look();

    assert.deepEqual(facts.permissions?.granted, ['read']);
    assert.ok(facts.permissions?.needed.includes('write'));
    assert.ok(codesOf(facts).includes('protected'));
  });

  it('has scopes of OAuth 2.0 as they were granted, and renews its token itself', async () => {
    const secrets = { ACCESS_TOKEN: 'sandbox:newsroom', REFRESH_TOKEN: 'sandbox:newsroom' };
    const scopes = ['tweet.read', 'users.read', 'offline.access'];
    const inTwoHours = Date.now() + 7_200_000;

    const facts = await look(undefined, secrets, { scopes, expiresAt: inTwoHours });

    assert.deepEqual(facts.permissions?.granted, scopes);
    assert.ok(facts.permissions?.needed.includes('tweet.write'));
    assert.deepEqual(facts.ends, []);
  });

  it('has a token that nobody renews, or a permission that ends', async () => {
    const secrets = { ACCESS_TOKEN: 'sandbox:newsroom' };

    const token = await look(undefined, secrets, { expiresAt: 1_000 });
    const grant = await look(undefined, keys, { grantEndsAt: 2_000 });

    assert.deepEqual(token.ends, [{ code: 'token', at: 1_000, what: 'its token' }]);
    assert.deepEqual(grant.ends, [{ code: 'grant', at: 2_000, what: 'what was granted to it' }]);
  });

  it('has no credits left', async () => {
    await client.fault({ network: 'twitter', kind: 'blocked', on: 'read', count: 1 });

    const error = await errorOf(look());

    assert.equal(error.code, 'twitter:credits');
  });

  it('shows how far its clock is ahead', async () => {
    await amend({ network: 'twitter', clockAheadMs: 600_000 });

    const { clockAheadMs = 0 } = await look();

    assert.ok(Math.abs(clockAheadMs - 600_000) < 5_000, `${clockAheadMs}`);
  });
});

describe('a Facebook Page', () => {
  const pageId = '1000200030004';
  const secrets = { PAGE_TOKEN: 'sandbox:city', APP_ID: '1', APP_SECRET: 'the-secret' };
  const look = (over: Record<string, string> = secrets) =>
    examine(openFacebookSession, { network: 'facebook', settings: { pageId }, secrets: over });

  it('tells whose it is, and what its token may do and for how long', async () => {
    const facts = await look();

    assert.deepEqual([facts.whose, facts.wanted], ['@city', undefined]);
    assert.ok(facts.permissions?.granted.includes('pages_manage_posts'));
    assert.deepEqual(
      facts.ends.map(({ code }) => code),
      ['data-access'],
    );
    assert.deepEqual(codesOf(facts), ['app-mode']);
  });

  it('is told of by its own token where the app is not known', async () => {
    const facts = await look({ PAGE_TOKEN: 'sandbox:city' });

    assert.ok(facts.permissions?.granted.includes('pages_manage_posts'));
  });

  it('is not published', async () => {
    await amend({ network: 'facebook', path: `/${pageId}`, body: { is_published: false } });

    assert.ok(codesOf(await look()).includes('page-unpublished'));
  });

  it('has the token of a person, or of another Page', async () => {
    const body = { id: '77', name: 'Anna Lind' };
    await amend({ network: 'facebook', path: '/me', body });
    await amend({ network: 'facebook', path: '/debug_token', body: { data: { type: 'USER' } } });

    const facts = await look();

    assert.equal(facts.whose, 'Anna Lind');
    assert.equal(facts.wanted, `@city, the Page ${pageId}`);
    assert.ok(codesOf(facts).includes('token-kind'));
  });

  it('has a permission for other Pages only', async () => {
    const granular_scopes = [
      { scope: 'pages_manage_posts', target_ids: ['9'] },
      { scope: 'pages_read_engagement' },
    ];
    const data = { granular_scopes };
    await amend({ network: 'facebook', path: '/debug_token', body: { data } });

    const { permissions } = await look();

    assert.ok(permissions);
    assert.ok(!permissions.granted.includes('pages_manage_posts'));
    assert.ok(permissions.granted.includes('pages_read_engagement'));
  });

  it('has a token that ends, or is dead already', async () => {
    const at = Math.floor(Date.now() / 1000 + 6 * 86_400);
    const error = { message: 'Error: the-secret was wrong.' };
    const data = { expires_at: at, data_access_expires_at: 0, is_valid: false, error };
    await amend({ network: 'facebook', path: '/debug_token', body: { data } });

    const facts = await look();

    assert.deepEqual(facts.ends, [{ code: 'token', at: at * 1000, what: 'its token' }]);
    const dead = facts.remarks.find(({ code }) => code === 'token-dead');
    assert.match(dead?.message ?? '', /no longer valid/);
    assert.doesNotMatch(dead?.message ?? '', /the-secret/);
  });

  it('can be worked with though Facebook says nothing of the token', async () => {
    const body = { error: { message: 'No.', code: 100 } };
    await amend({ network: 'facebook', path: '/debug_token', status: 400, body });

    const facts = await look();

    assert.equal(facts.permissions, undefined);
    assert.ok(codesOf(facts).includes('token-unknown'));
  });
});

describe('a YouTube channel', () => {
  const channelId = 'UCabcdefghijklmnopqrstuv';
  const scope = 'https://www.googleapis.com/auth/youtube.force-ssl';
  const secrets = {
    ...{ CLIENT_ID: 'the-client', CLIENT_SECRET: 'the-secret', REFRESH_TOKEN: 'sandbox:tube' },
  };
  const look = (known: Partial<Credentials> = {}, mode = 'api') =>
    examine(
      openYoutubeSession,
      { network: 'youtube', settings: { channelId, mode }, secrets },
      known,
    );
  const channel = (over: object) =>
    amend({ network: 'youtube', path: '/channels', body: { items: [over] } });

  it('tells whose it is and that the project is in the pilot', async () => {
    await channel({ id: channelId, snippet: { customUrl: '@tube' } });

    const facts = await look();

    assert.deepEqual([facts.whose, facts.wanted], ['@tube', undefined]);
    assert.deepEqual(facts.permissions, { granted: [scope], needed: [] });
    assert.deepEqual(codesOf(facts), []);
  });

  it('is another one, or none at all', async () => {
    await channel({ id: 'UCother', snippet: { title: 'Other' } });
    const other = await look();
    await amend({ network: 'youtube', path: '/channels', body: { items: [] } });
    const none = await look();

    assert.deepEqual([other.whose, other.wanted], ['Other', `the channel ${channelId}`]);
    assert.equal(none.wanted, `the channel ${channelId}`);
    assert.deepEqual(codesOf(none), ['no-channel']);
  });

  it('is private, or made for kids', async () => {
    const status = { privacyStatus: 'private', madeForKids: true };
    await channel({ id: channelId, snippet: {}, status });

    assert.deepEqual(codesOf(await look()), ['channel-private', 'channel-for-kids']);
  });

  it('is of a project outside the pilot, however YouTube says it', async () => {
    await channel({ id: channelId });
    for (const status of [404, 403]) {
      const error = { code: status, errors: [{ reason: 'forbidden' }] };
      await amend({ network: 'youtube', path: '/v3/posts', status, body: { error } });
      assert.deepEqual(codesOf(await look()), ['not-enabled']);
    }
  });

  it('is not taken for one outside the pilot when the quota is spent', async () => {
    const error = { code: 403, errors: [{ reason: 'quotaExceeded' }] };
    await channel({ id: channelId });
    await amend({ network: 'youtube', path: '/v3/posts', status: 403, body: { error } });

    assert.equal((await errorOf(look())).name, 'RateLimitedError');
  });

  it('has a token that may only read', async () => {
    const readOnly = 'https://www.googleapis.com/auth/youtube.readonly';
    await channel({ id: channelId });
    await amend({ network: 'youtube', path: '/token', body: { scope: readOnly } });

    assert.deepEqual((await look()).permissions, { granted: [readOnly], needed: [scope] });
  });

  it('loses its refresh token within days where its client is only being tested', async () => {
    await channel({ id: channelId });
    const grantEndsAt = Date.now() + 6 * DAY;

    assert.deepEqual((await look({ grantEndsAt })).ends, [
      { code: 'grant', at: grantEndsAt, what: 'what was granted to it' },
    ]);
  });

  it('is asked nothing where a person posts', async () => {
    await client.fault({ network: 'youtube', kind: 'unauthorized', on: 'read', count: 1 });

    assert.deepEqual(await look({}, 'assisted'), { whose: channelId, ends: [], remarks: [] });
  });
});
