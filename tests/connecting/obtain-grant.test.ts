import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import type { Granted } from '../../src/networks/connector.ts';
import {
  allow,
  type Connected,
  landAfter,
  openConnectBench,
  refuse,
} from '../support/connect-bench.ts';

const networks = ['twitter', 'facebook', 'youtube'];

function grantOf({ offer, error }: Connected): Granted {
  assert.equal(error?.message, undefined);
  assert.ok(offer);
  return offer.grant;
}

/** None of what was granted may stand in what people, browsers and lists of processes show. */
function assertNothingLeaks(connected: Connected, more: readonly string[] = []): void {
  const { offer, error, said, pages, opened } = connected;
  const secrets = [...Object.values(offer?.grant.secrets ?? {}), ...more];
  const shown = [said, error?.stack ?? '', ...pages.map(({ html }) => html), ...opened].join('\n');
  for (const secret of secrets) assert.ok(!shown.includes(secret), `${secret} is shown`);
  for (const address of opened) assert.doesNotMatch(address, /state=|code|client/);
}

for (const network of networks) {
  describe(`connecting ${network}`, () => {
    it('ends with tokens of the account that the config means', async () => {
      await using bench = await openConnectBench();

      const connected = await bench.connect(network);

      const { secrets, whose, scopes } = grantOf(connected);
      const token = secrets.PAGE_TOKEN ?? secrets.REFRESH_TOKEN ?? '';
      assert.match(token, /newsroom/);
      assert.match(whose, /newsroom/);
      assert.ok((scopes ?? []).length > 0);
      assert.equal(connected.pages[0]?.status, 200);
      assert.match(connected.pages[0]?.html ?? '', /You may close this window/);
      assertNothingLeaks(connected);
    });

    it('works without a browser on this machine, by the address that a browser elsewhere lands on', async () => {
      await using bench = await openConnectBench();
      const paste = async (said: string) => (await landAfter(said)).href;

      const connected = await bench.connect(network, { hasBrowser: false, typed: [paste] });

      assert.ok(grantOf(connected).secrets);
      assertNothingLeaks(connected);
    });

    it('takes the code alone, too', async () => {
      await using bench = await openConnectBench();
      const paste = async (said: string) =>
        `  ${(await landAfter(said)).searchParams.get('code')}\n`;

      const connected = await bench.connect(network, { hasBrowser: false, typed: [paste] });

      assert.ok(grantOf(connected).secrets);
    });

    it('says what to do where the person refuses', async () => {
      await using bench = await openConnectBench();

      const connected = await bench.connect(network, { browser: { decide: refuse } });

      assert.match(connected.error?.message ?? '', /refused.+Connect again and allow it/);
      assert.match(connected.pages[0]?.html ?? '', /No access was given/);
    });

    it('goes on waiting after an answer with another state', async () => {
      await using bench = await openConnectBench();
      await bench.client.fault({ network, kind: 'wrong-state', count: 1 });

      const connected = await bench.connect(network, { timeLimitMs: 600 });

      assert.equal(connected.pages[0]?.status, 400);
      assert.match(connected.said, /"state" is another.+goes on waiting/);
      assert.match(connected.error?.message ?? '', /not? .*in time/i);
    });

    it('refuses a pasted address with another state, and asks again', async () => {
      await using bench = await openConnectBench();
      const forged = () => 'http://127.0.0.1:8422/callback?code=stolen&state=made-up';
      const paste = async (said: string) => (await landAfter(said)).href;

      const connected = await bench.connect(network, { hasBrowser: false, typed: [forged, paste] });

      assert.ok(grantOf(connected).secrets);
      assert.match(connected.said, /"state" is another/);
    });

    it('says in a sentence that a code was used before', async () => {
      await using bench = await openConnectBench();
      let code = '';
      const first = await bench.connect(network, {
        browser: {
          comeBack: (landed) => {
            code = landed.searchParams.get('code') ?? '';
          },
        },
      });

      const second = await bench.connect(network, {
        browser: { comeBack: (landed) => landed.searchParams.set('code', code) },
      });

      assert.ok(grantOf(first));
      assert.match(second.error?.message ?? '', /does not take the code: it is good once/);
      assertNothingLeaks(second, [code]);
    });

    it('cannot be given the code of another request: PKCE ties it to this one', async () => {
      await using bench = await openConnectBench();
      let foreign = '';
      await bench.connect(network, {
        timeLimitMs: 600,
        browser: {
          comeBack: (landed) => {
            foreign = landed.searchParams.get('code') ?? '';
            landed.searchParams.set('state', 'lost');
          },
        },
      });

      const connected = await bench.connect(network, {
        hasBrowser: false,
        typed: [() => foreign],
      });

      assert.match(foreign, /^sandbox-code-/);
      assert.match(connected.error?.message ?? '', /does not take the code/);
    });

    it('says what to do where the network does not know the app', async () => {
      await using bench = await openConnectBench();
      await bench.client.fault({ network, kind: 'invalid-client', count: 1 });

      const { error } = await bench.connect(network);

      assert.match(error?.message ?? '', /does not know .+ by these keys. Copy/);
    });

    it('says in a sentence that a token answer is no JSON, or does not come', async () => {
      await using bench = await openConnectBench();
      const onExchange = async (kind: string) => {
        const { error } = await bench.connect(network, {
          browser: {
            comeBack: async () => {
              await bench.client.fault({ network, kind, count: 1, on: 'prepare' });
            },
          },
        });
        return error?.message ?? '';
      };

      assert.match(await onExchange('html'), /no JSON \(502\)/);
      assert.match(await onExchange('reset'), /broke before its answer came/);
    });

    it('names the variables of the app that are missing', async () => {
      await using bench = await openConnectBench();

      const { error } = await bench.connect(network, { account: { sandbox: false } });

      assert.match(error?.message ?? '', /Set CARILLON_NEWSROOM_\w+_(?:ID|KEY).+\.env/);
    });

    it('ends in time where nobody decides', async () => {
      await using bench = await openConnectBench();

      const connected = await bench.connect(network, {
        hasBrowser: false,
        timeLimitMs: 100,
        typed: [() => new Promise(() => {})],
      });

      assert.match(connected.error?.message ?? '', /in time\. Nothing was changed/);
    });

    it('lets two connect at once, each on a port of its own', async () => {
      await using bench = await openConnectBench();

      const both = await Promise.all([bench.connect(network), bench.connect(network)]);

      assert.equal(both.map(grantOf).length, 2);
    });

    it('says that the port is taken', async () => {
      await using bench = await openConnectBench();
      const other = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => other.once('listening', resolve));
      const { port } = other.address() as AddressInfo;

      const { error } = await bench.connect(network, { options: { port } });

      other.close();
      assert.match(error?.message ?? '', new RegExp(`Port ${port}.+is taken.+--port`));
    });
  });
}

describe('whose account it is', () => {
  it('refuses the account of somebody else on X', async () => {
    await using bench = await openConnectBench();
    const decide = (page: URL) => {
      allow(page);
      page.searchParams.set('account', 'editor');
    };

    const { error } = await bench.connect('twitter', { browser: { decide } });

    assert.match(error?.message ?? '', /given to @editor, but newsroom is @newsroom/);
  });

  it('refuses another channel on YouTube', async () => {
    await using bench = await openConnectBench();
    const decide = (page: URL) => {
      allow(page);
      page.searchParams.set('account', 'editor');
    };

    const { error } = await bench.connect('youtube', { browser: { decide } });

    assert.match(error?.message ?? '', /given to @editor, but newsroom is @newsroom/);
  });

  it('names the Pages of a login that does not give the one of the config', async () => {
    await using bench = await openConnectBench();
    // The Page of the config is of others, and who logs in has one already.
    await bench.client.ask('/v24.0/1000200030004?fields=id', { account: 'others' });
    await bench.client.ask('/v24.0/4242?fields=id', { account: 'newsroom' });

    const { error, offer } = await bench.connect('facebook');

    assert.equal(offer, undefined);
    assert.match(error?.message ?? '', /does not give the Page 1000200030004.+newsroom \(4242\)/);
  });

  it('takes the Page of the config among several', async () => {
    await using bench = await openConnectBench();
    for (const page of ['4242', '1000200030004', '4343'])
      await bench.client.ask(`/v24.0/${page}?fields=id`, { account: 'newsroom' });

    const { offer } = await bench.connect('facebook');

    assert.equal(offer?.isMeant, true);
  });

  it('finds the Page where the list of Pages is empty', async () => {
    await using bench = await openConnectBench();
    await bench.client.fault({ network: 'facebook', kind: 'no-pages', count: 1 });

    const connected = await bench.connect('facebook');

    assert.deepEqual(Object.keys(grantOf(connected).secrets), ['PAGE_TOKEN']);
  });

  it('says which permission of Facebook is missing', async () => {
    await using bench = await openConnectBench();
    const decide = (page: URL) => {
      allow(page);
      page.searchParams.append('granted', 'pages_show_list');
    };

    const { error } = await bench.connect('facebook', { browser: { decide } });

    assert.match(
      error?.message ?? '',
      /did not grant pages_read_engagement and pages_manage_posts.+leave every permission on/,
    );
  });
});

describe('an account of the real network', () => {
  const as = (account: string) => (page: URL) => {
    allow(page);
    page.searchParams.set('account', account);
  };
  const real = (settings: Readonly<Record<string, unknown>>, secrets = {}) => ({
    sandbox: false,
    settings,
    secrets: { CLIENT_ID: 'app', CLIENT_SECRET: 'hush-hush', ...secrets },
  });

  it('is the one of the handle, however it is written', async () => {
    await using bench = await openConnectBench();

    const connected = await bench.connect('twitter', {
      account: real({ handle: 'NewsRoom' }),
      browser: { decide: as('newsroom') },
    });

    assert.equal(grantOf(connected).whose, '@newsroom');
    assert.match(connected.said, /"Read and write".+exactly http:\/\/127\.0\.0\.1:\d+\/callback/);
    assert.doesNotMatch(connected.said, /login_hint|hush-hush/);
  });

  it('is taken without a handle in the config only once a person says so', async () => {
    await using bench = await openConnectBench();
    const account = real({});
    const landing = async (said: string) => (await landAfter(said)).href;
    const connect = (answer: string) =>
      bench.connect('twitter', { account, hasBrowser: false, typed: [landing, () => answer] });

    const agreed = await connect('y');
    const refused = await connect('');

    assert.match(agreed.said, /This is @somebody\..+Is @somebody meant\? y or n/s);
    assert.equal(grantOf(agreed).whose, '@somebody');
    assert.match(refused.error?.message ?? '', /^Nothing was changed/);
  });

  it('works with a public client of X, which has no secret', async () => {
    await using bench = await openConnectBench();

    const connected = await bench.connect('twitter', {
      account: { sandbox: false, settings: {}, secrets: { CLIENT_ID: 'public-app' } },
      browser: { decide: as('newsroom') },
      options: { isUnasked: true },
    });

    assert.equal(grantOf(connected).whose, '@newsroom');
  });

  it('is no other channel than that of the config', async () => {
    await using bench = await openConnectBench();
    const account = real({ mode: 'api', channelId: 'UCabcdefghijklmnopqrstuv' });

    const { error } = await bench.connect('youtube', { account });

    assert.match(
      error?.message ?? '',
      /is the channel UCabcdefghijklmnopqrstuv\. Nothing was changed/,
    );
  });

  it('comes back to an address of its own where the portal wants one', async () => {
    await using bench = await openConnectBench();
    const redirect = 'https://www.example.org/landed';
    const paste = async (said: string) => {
      const landed = await landAfter(said);
      assert.equal(landed.origin + landed.pathname, redirect);
      return `${landed.href}#_=_`;
    };

    const { offer } = await bench.connect('facebook', { options: { redirect }, typed: [paste] });

    assert.equal(offer?.isMeant, true);
  });
});

describe('what is kept', () => {
  it('is the token of the Page, and never that of the person', async () => {
    await using bench = await openConnectBench();

    const { secrets, grantEndsAt } = grantOf(await bench.connect('facebook'));

    assert.deepEqual(Object.keys(secrets), ['PAGE_TOKEN']);
    assert.doesNotMatch(secrets.PAGE_TOKEN ?? '', /sandbox-user/);
    assert.ok((grantEndsAt ?? 0) > Date.now() + 80 * 86_400_000);
  });

  it('are two tokens of X and when the first ends, without those of OAuth 1.0a', async () => {
    await using bench = await openConnectBench();

    const grant = grantOf(await bench.connect('twitter'));

    assert.deepEqual(Object.keys(grant.secrets).sort(), ['ACCESS_TOKEN', 'REFRESH_TOKEN']);
    assert.ok(Math.abs((grant.expiresAt ?? 0) - Date.now() - 7_200_000) < 60_000);
    assert.deepEqual(grant.forgets, ['ACCESS_SECRET']);
  });

  it('says that a client in status Testing gives access for seven days', async () => {
    await using bench = await openConnectBench();
    const secrets = { CLIENT_ID: 'carillon-testing', CLIENT_SECRET: 'hush' };

    const connected = await bench.connect('youtube', { account: { secrets } });

    const { grantEndsAt = 0 } = grantOf(connected);
    assert.ok(Math.abs(grantEndsAt - Date.now() - 7 * 86_400_000) < 60_000);
    assert.match(connected.offer?.cautions.join() ?? '', /"Testing".+7 days/);
  });
});

describe('OAuth 1.0a of X', () => {
  it('takes the PIN that X shows', async () => {
    await using bench = await openConnectBench();
    const pin = async (said: string) => {
      const page = new URL(/^http:\S+$/m.exec(said)?.[0] ?? '');
      allow(page);
      return /<code>(\d+)</.exec(await (await fetch(page)).text())?.[1] ?? '';
    };

    const connected = await bench.connect('twitter', { options: { way: 'pin' }, typed: [pin] });

    const { secrets, forgets, whose } = grantOf(connected);
    assert.deepEqual(Object.keys(secrets), ['ACCESS_TOKEN', 'ACCESS_SECRET']);
    assert.deepEqual(forgets, ['REFRESH_TOKEN']);
    assert.equal(whose, '@newsroom');
    assertNothingLeaks(connected);
  });

  it('says what to do with a wrong PIN', async () => {
    await using bench = await openConnectBench();

    const { error } = await bench.connect('twitter', {
      options: { way: 'pin' },
      typed: [() => '1234567'],
    });

    assert.match(error?.message ?? '', /does not take the PIN/);
  });

  it('takes tokens from the portal once they are proven to be of the account', async () => {
    await using bench = await openConnectBench();
    const options = { way: 'keys' };

    const right = await bench.connect('twitter', {
      options,
      typed: [() => 'sandbox:newsroom', () => 'hush-hush'],
    });
    const wrong = await bench.connect('twitter', {
      options,
      typed: [() => 'sandbox:editor', () => 'hush-hush'],
    });

    assert.equal(grantOf(right).secrets.ACCESS_SECRET, 'hush-hush');
    assertNothingLeaks(right);
    assert.match(wrong.error?.message ?? '', /given to @editor/);
    assertNothingLeaks(wrong, ['hush-hush']);
  });

  it('names the ways there are', async () => {
    await using bench = await openConnectBench();

    const { error } = await bench.connect('twitter', { options: { way: 'magic' } });

    assert.match(error?.message ?? '', /no way "magic".+oauth2.+pin.+keys/);
  });
});
