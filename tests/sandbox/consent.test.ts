import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { type Client, openSandbox, type Reply } from '../support/sandbox-client.ts';

const verifier = 'a-verifier-that-only-the-app-knows';
const challenge = createHash('sha256').update(verifier).digest('base64url');
const redirectUri = 'http://127.0.0.1:8422/callback';

interface Login {
  readonly network: string;
  readonly page: string;
  readonly scope: string;
  exchange(client: Client, fields: Readonly<Record<string, string>>): Promise<Reply>;
}

const form = (path: string) => (client: Client, fields: Readonly<Record<string, string>>) =>
  client.ask(path, { account: null, body: new URLSearchParams(fields) });

const logins: readonly Login[] = [
  {
    network: 'twitter',
    page: '/i/oauth2/authorize',
    scope: 'tweet.write offline.access',
    exchange: form('/2/oauth2/token'),
  },
  {
    network: 'facebook',
    page: '/v24.0/dialog/oauth',
    scope: 'pages_show_list,pages_manage_posts',
    exchange: form('/v24.0/oauth/access_token'),
  },
  {
    network: 'youtube',
    page: '/o/oauth2/v2/auth',
    scope: 'https://www.googleapis.com/auth/youtube.force-ssl',
    exchange: form('/token'),
  },
];

function addressOf(
  { page, scope }: Login,
  over: Readonly<Record<string, string | undefined>> = {},
): string {
  const fields = {
    response_type: 'code',
    client_id: 'app',
    redirect_uri: redirectUri,
    scope,
    state: 'st&te',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    access_type: 'offline',
    account: 'desk',
    ...over,
  };
  const given = Object.entries(fields).filter((field): field is [string, string] => !!field[1]);
  return `${page}?${new URLSearchParams(given)}`;
}

/** Where the page sends the browser back to. */
async function decide(client: Client, login: Login, decision: string): Promise<URL> {
  const address = `${client.url}${addressOf(login, { decision })}`;
  const response = await fetch(address, { redirect: 'manual' });
  assert.equal(response.status, 302);
  return new URL(response.headers.get('location') ?? '');
}

async function codeOf(client: Client, login: Login): Promise<string> {
  return (await decide(client, login, 'allow')).searchParams.get('code') ?? '';
}

function redemption(code: string, over: Readonly<Record<string, string>> = {}) {
  return {
    grant_type: 'authorization_code',
    code,
    client_id: 'app',
    client_secret: 'hush',
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...over,
  };
}

for (const login of logins) {
  describe(`the consent page of ${login.network}`, () => {
    it('asks a person, and shows what it is told as text', async () => {
      await using client = await openSandbox();

      const page = await client.ask(addressOf(login, { client_id: '<script>x</script>' }));

      assert.equal(page.status, 200);
      assert.match(page.text, /value="allow">Allow<.+value="refuse">Refuse</);
      assert.match(page.text, /name="account" value="desk"/);
      assert.doesNotMatch(page.text, /<script/);
      const policy = page.headers.get('content-security-policy') ?? '';
      assert.match(policy, /form-action 'self' http:\/\/127\.0\.0\.1:8422$/);
    });

    it('sends the browser back with a code, or with a refusal, and always with the state', async () => {
      await using client = await openSandbox();

      const allowed = await decide(client, login, 'allow');
      const refused = await decide(client, login, 'refuse');

      assert.equal(allowed.origin + allowed.pathname, redirectUri);
      assert.match(allowed.searchParams.get('code') ?? '', /^sandbox-code-/);
      assert.equal(refused.searchParams.get('error'), 'access_denied');
      assert.equal(refused.searchParams.get('code'), null);
      for (const landed of [allowed, refused])
        assert.equal(landed.searchParams.get('state'), 'st&te');
    });

    it('gives tokens of the account for a code, once', async () => {
      await using client = await openSandbox();
      const code = await codeOf(client, login);

      const first = await login.exchange(client, redemption(code));
      const second = await login.exchange(client, redemption(code));

      assert.equal(first.status, 200);
      assert.match(first.json.access_token, /desk/);
      assert.ok(second.status >= 400);
    });

    it('gives nothing to who shows another verifier, client or address, and spends the code', async () => {
      await using client = await openSandbox();
      for (const over of [
        { code_verifier: 'guessed' },
        { client_id: 'other' },
        { redirect_uri: 'http://127.0.0.1:8422/callback/' },
      ]) {
        const code = await codeOf(client, login);
        const wrong = await login.exchange(client, redemption(code, over));
        const right = await login.exchange(client, redemption(code));

        assert.deepEqual([wrong.status >= 400, right.status >= 400], [true, true]);
      }
    });

    it('refuses what it cannot ask, without sending the browser anywhere', async () => {
      await using client = await openSandbox();
      for (const over of [
        { client_id: undefined },
        { redirect_uri: undefined },
        { redirect_uri: 'javascript:alert(1)' },
        { response_type: 'token' },
        { code_challenge_method: 'plain' },
      ]) {
        const page = await client.ask(addressOf(login, { ...over, decision: 'allow' }));
        assert.equal(page.status, 400);
      }
    });

    it('plays the faults of the way to a token', async () => {
      await using client = await openSandbox();
      const { network } = login;
      for (const kind of ['denied', 'wrong-state', 'code-spent', 'invalid-client'])
        await client.fault({ network, kind, count: 1 });

      const denied = await decide(client, login, 'allow');
      const forged = await decide(client, login, 'allow');
      const spent = await login.exchange(client, redemption(await codeOf(client, login)));
      const unknown = await login.exchange(client, redemption(await codeOf(client, login)));
      const good = await login.exchange(client, redemption(await codeOf(client, login)));

      assert.equal(denied.searchParams.get('error'), 'access_denied');
      assert.notEqual(forged.searchParams.get('state'), 'st&te');
      assert.deepEqual(
        [spent, unknown, good].map(({ status }) => status >= 400),
        [true, true, false],
      );
    });
  });
}

describe('tokens of the sandbox', () => {
  const [twitter, facebook, youtube] = logins as [Login, Login, Login];

  it('are not to be had for a code of X after half a minute', async () => {
    let now = Date.now();
    await using client = await openSandbox({ now: () => now });
    const code = await codeOf(client, twitter);

    now += 31_000;
    const late = await twitter.exchange(client, redemption(code));

    assert.equal(late.status, 400);
    assert.match(late.json.error_description, /expired/);
  });

  it('are worth nothing once X or Google has them back', async () => {
    await using client = await openSandbox();
    const ofX = await twitter.exchange(client, redemption(await codeOf(client, twitter)));
    const ofGoogle = await youtube.exchange(client, redemption(await codeOf(client, youtube)));
    const revoke = (path: string, token: string) => form(path)(client, { token });

    await revoke('/2/oauth2/revoke', ofX.json.access_token);
    await revoke('/revoke', ofGoogle.json.refresh_token);

    const me = await client.ask('/2/users/me', {
      account: null,
      headers: { authorization: `Bearer ${ofX.json.access_token}` },
    });
    const refreshed = await youtube.exchange(client, {
      ...{ grant_type: 'refresh_token', client_id: 'app', client_secret: 'hush' },
      refresh_token: ofGoogle.json.refresh_token,
    });
    assert.equal(me.status, 401);
    assert.equal(refreshed.json.error, 'invalid_grant');
  });

  it('of a person on Facebook tell what the person has allowed', async () => {
    await using client = await openSandbox();
    const page = `${client.url}${addressOf(facebook, { decision: 'allow', granted: 'pages_show_list' })}`;
    const landed = new URL(
      (await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '',
    );
    const code = landed.searchParams.get('code') ?? '';
    const { json } = await facebook.exchange(client, redemption(code));
    const token = json.access_token;

    const { data } = (await client.ask(`/v24.0/debug_token?input_token=${token}`)).json;

    assert.equal(data.type, 'USER');
    assert.deepEqual(data.scopes, ['pages_show_list']);
    assert.ok(data.expires_at > 0);
  });
});
