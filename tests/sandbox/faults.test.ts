import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Client,
  formWith,
  imageOf,
  openSandbox,
  type Reply,
} from '../support/sandbox-client.ts';

type Name = 'twitter' | 'facebook' | 'youtube';

/** How a post is published on each network, and where its id stands in the answer. */
const networks: Readonly<
  Record<Name, { path: string; body(text: string): unknown; id(reply: Reply): unknown }>
> = {
  twitter: {
    path: '/2/tweets',
    body: (text) => ({ text }),
    id: (reply) => reply.json?.data?.id,
  },
  facebook: {
    path: '/v24.0/1000200030004/feed',
    body: (message) => ({ message }),
    id: (reply) => reply.json?.id,
  },
  youtube: {
    path: '/youtube/v3/posts?part=snippet',
    body: (textDisplay) => ({ snippet: { textDisplay } }),
    id: (reply) => reply.json?.id,
  },
};
const names = Object.keys(networks) as Name[];

function publish(client: Client, name: Name, text = 'Hello', timeoutMs = 5000): Promise<Reply> {
  const { path, body } = networks[name];
  return client.ask(path, { body: body(text), timeoutMs });
}

/** The code by which each network says what went wrong. */
function codeOf(reply: Reply): unknown {
  const error = reply.json?.error;
  return error?.errors?.[0]?.reason ?? error?.code ?? reply.json?.type?.split('/').at(-1);
}

const refusals: Readonly<Record<string, Readonly<Record<Name, readonly [number, unknown]>>>> = {
  refuse: { twitter: [403, 'about:blank'], facebook: [400, 100], youtube: [400, 'badRequest'] },
  'rate-limit': {
    twitter: [429, 'about:blank'],
    facebook: [400, 32],
    youtube: [429, 'rateLimitExceeded'],
  },
  quota: { twitter: [429, 'usage-capped'], facebook: [400, 4], youtube: [403, 'quotaExceeded'] },
  'server-error': {
    twitter: [503, 'about:blank'],
    facebook: [500, 2],
    youtube: [503, 'backendError'],
  },
  duplicate: { twitter: [403, 'about:blank'], facebook: [400, 506], youtube: [409, 'duplicate'] },
  unauthorized: {
    twitter: [401, 'about:blank'],
    facebook: [401, 190],
    youtube: [401, 'authError'],
  },
  blocked: {
    twitter: [402, 'credits'],
    facebook: [400, 368],
    youtube: [403, 'authenticatedUserAccountSuspended'],
  },
  forbidden: {
    twitter: [403, 'oauth1-permissions'],
    facebook: [403, 200],
    youtube: [404, 'notFound'],
  },
};

for (const name of names) {
  describe(`faults of ${name}`, () => {
    for (const [kind, expected] of Object.entries(refusals)) {
      it(`${kind}: refuses once in the network's own words and stores nothing`, async () => {
        await using client = await openSandbox();
        await client.fault({ network: name, kind, count: 1 });

        const refused = await publish(client, name);
        const accepted = await publish(client, name);

        const [status, code] = expected[name];
        assert.deepEqual([refused.status, codeOf(refused)], [status, code]);
        assert.ok(networks[name].id(accepted));
        assert.equal((await client.log()).length, 1);
      });
    }

    it('stored-then-error: stores, then fails like a broken server', async () => {
      await using client = await openSandbox();
      await client.fault({ network: name, kind: 'stored-then-error', count: 1 });

      const reply = await publish(client, name);

      assert.ok(reply.status >= 500);
      assert.equal((await client.log()).length, 1);
    });

    for (const kind of ['stored-then-hang', 'hang']) {
      it(`${kind}: never answers`, async () => {
        await using client = await openSandbox();
        await client.fault({ network: name, kind, count: 1 });

        await assert.rejects(publish(client, name, 'Hello', 300), { name: 'TimeoutError' });

        assert.equal((await client.log()).length, kind === 'hang' ? 0 : 1);
      });
    }

    for (const kind of ['stored-then-reset', 'reset']) {
      it(`${kind}: drops the connection`, async () => {
        await using client = await openSandbox();
        await client.fault({ network: name, kind, count: 1 });

        await assert.rejects(publish(client, name), (error: { cause?: { code?: string } }) => {
          assert.ok(['ECONNRESET', 'UND_ERR_SOCKET'].includes(error.cause?.code ?? ''));
          return true;
        });

        assert.equal((await client.log()).length, kind === 'reset' ? 0 : 1);
      });
    }

    it('slow: stores at once and answers late', async () => {
      await using client = await openSandbox();
      await client.fault({ network: name, kind: 'slow', count: 1, delayMs: 250 });
      const began = performance.now();

      const reply = await publish(client, name);

      assert.ok(performance.now() - began >= 240);
      assert.ok(networks[name].id(reply));
    });

    it('html: answers 502 with a page and stores nothing', async () => {
      await using client = await openSandbox();
      await client.fault({ network: name, kind: 'html', count: 1 });

      const reply = await publish(client, name);

      assert.equal(reply.status, 502);
      assert.match(reply.headers.get('content-type') ?? '', /^text\/html/);
      assert.deepEqual(await client.log(), []);
    });

    for (const kind of ['no-id', 'empty']) {
      it(`${kind}: stores and says so without the id`, async () => {
        await using client = await openSandbox();
        await client.fault({ network: name, kind, count: 1 });

        const reply = await publish(client, name);

        assert.ok(reply.status < 300);
        assert.equal(reply.text, kind === 'empty' ? '' : '{}');
        assert.equal((await client.log()).length, 1);
      });
    }

    it('truncated: stores and breaks off in the middle of the answer', async () => {
      await using client = await openSandbox();
      await client.fault({ network: name, kind: 'truncated', count: 1 });

      await assert.rejects(publish(client, name));

      assert.equal((await client.log()).length, 1);
    });
  });
}

describe('which request a fault hits', () => {
  it('leaves other accounts, networks and stages alone', async () => {
    await using client = await openSandbox();
    await client.fault({ network: 'facebook', kind: 'refuse', count: 1, account: 'desk' });

    const page = '/v24.0/1000200030004';
    const other = await publish(client, 'facebook');
    const unpublished = await client.ask('/v24.0/42/feed', {
      account: 'desk',
      body: { message: 'a', published: false },
    });
    const read = await client.ask(`${page}/published_posts`);
    const shown = await client.ask(`/v24.0/${unpublished.json.id}`, {
      account: 'desk',
      body: { is_published: true },
    });

    assert.deepEqual([other.status, unpublished.status, read.status], [200, 200, 200]);
    assert.equal(shown.json.error.code, 100);
  });

  it('hits uploads and unpublished posts with on: prepare, and lists with on: read', async () => {
    await using client = await openSandbox();
    for (const network of names) {
      await client.fault({ network, kind: 'server-error', count: 1, on: 'prepare' });
      await client.fault({ network, kind: 'server-error', count: 1, on: 'read' });
    }
    const image = formWith({ media_category: 'tweet_image' }, { name: 'media', bytes: imageOf() });
    const unpublished = { message: 'a', published: false };

    const statuses = [
      await client.ask('/2/media/upload', { body: image }),
      await client.ask('/v24.0/42/feed', { body: unpublished }),
      await client.ask('/token', { body: new URLSearchParams({ grant_type: 'refresh_token' }) }),
      await client.ask('/2/users/me'),
      await client.ask('/v24.0/42/published_posts'),
      await client.ask('/youtube/v3/channels?part=id&mine=true'),
    ].map((reply) => reply.status);

    assert.deepEqual(statuses, [503, 500, 503, 503, 500, 503]);
  });

  it('makes refresh tokens invalid with unauthorized on prepare', async () => {
    await using client = await openSandbox();
    const fields = {
      grant_type: 'refresh_token',
      refresh_token: 'sandbox:newsroom',
      client_id: 'a',
    };
    for (const network of ['twitter', 'youtube']) {
      await client.fault({ network, kind: 'unauthorized', count: 1, on: 'prepare' });
    }

    const x = await client.ask('/2/oauth2/token', { account: null, body: fields });
    const google = await client.ask('/token', { account: null, body: new URLSearchParams(fields) });

    assert.deepEqual([x.status, x.json.error], [400, 'invalid_grant']);
    assert.deepEqual([google.status, google.json.error], [400, 'invalid_grant']);
  });

  it('fires by chance in the same order for the same seed', async () => {
    const outcomes = async (seed: number): Promise<string> => {
      await using client = await openSandbox();
      await client.fault({ network: 'youtube', kind: 'refuse', probability: 0.5, seed });
      let fired = '';
      for (let count = 0; count < 24; count++) {
        fired += (await publish(client, 'youtube', `Number ${count}`)).status === 200 ? '.' : 'x';
      }
      return fired;
    };

    const [first, again, other] = [await outcomes(7), await outcomes(7), await outcomes(8)];

    assert.equal(first, again);
    assert.notEqual(first, other);
    assert.match(first, /x/);
    assert.match(first, /\./);
  });

  it('is kept when the network would refuse the request anyway', async () => {
    await using client = await openSandbox();
    await publish(client, 'twitter', 'Same');
    await client.fault({ network: 'twitter', kind: 'stored-then-error', count: 1 });

    const refused = await publish(client, 'twitter', 'Same');
    const spoilt = await publish(client, 'twitter', 'Other');

    assert.equal(refused.status, 403);
    assert.equal(spoilt.status, 503);
    assert.equal((await client.ask('/faults')).json[0].fired, 1);
  });

  it('tries several faults in order, one a request, and clears them all', async () => {
    await using client = await openSandbox();
    await client.fault({ network: 'twitter', kind: 'refuse', count: 1 });
    await client.fault({ network: 'twitter', kind: 'rate-limit', probability: 1 });

    const statuses = [];
    for (const text of ['a', 'b', 'c'])
      statuses.push((await publish(client, 'twitter', text)).status);
    const cleared = await client.ask('/faults', { method: 'DELETE' });
    const after = await publish(client, 'twitter', 'd');

    assert.deepEqual(statuses, [403, 429, 429]);
    assert.deepEqual(cleared.json, { cleared: 2 });
    assert.equal(after.status, 201);
  });

  it('says when to come back after a rate limit', async () => {
    await using client = await openSandbox();
    for (const network of names) {
      await client.fault({ network, kind: 'rate-limit', count: 1, delayMs: 5000 });
    }

    const x = await publish(client, 'twitter');
    const facebook = await publish(client, 'facebook');
    const youtube = await publish(client, 'youtube');

    const resetIn = Number(x.headers.get('x-rate-limit-reset')) - Date.now() / 1000;
    assert.ok(resetIn > 3 && resetIn < 7);
    assert.equal(facebook.headers.get('retry-after'), '5');
    const usage = JSON.parse(facebook.headers.get('x-business-use-case-usage') ?? '{}');
    assert.equal(usage['1000200030004'][0].estimated_time_to_regain_access, 1);
    assert.equal(youtube.headers.get('retry-after'), '5');
  });

  it('lag: leaves young posts out of lists', async () => {
    await using client = await openSandbox();
    const me = (await client.ask('/2/users/me')).json.data.id;
    const lists = [
      `/2/users/${me}/tweets`,
      '/v24.0/1000200030004/published_posts',
      '/youtube/v3/posts?part=id',
    ];
    for (const network of names) {
      await publish(client, network);
      await client.fault({ network, kind: 'lag', count: 1, delayMs: 60_000 });
    }

    const count = (reply: Reply) => (reply.json.data ?? reply.json.items ?? []).length;
    for (const path of lists) {
      assert.equal(count(await client.ask(path)), 0, path);
      assert.equal(count(await client.ask(path)), 1, path);
    }
  });

  for (const [kind, refused, taken, history] of [
    ['renamed-fields', 'tweet.fields', 'post.fields', 'edit_history_post_ids'],
    ['unrenamed-fields', 'post.fields', 'tweet.fields', 'edit_history_tweet_ids'],
  ]) {
    it(`${kind}: refuses ${refused} and takes ${taken}`, async () => {
      await using client = await openSandbox();
      await publish(client, 'twitter');
      await client.fault({ network: 'twitter', kind, probability: 1 });
      const me = (await client.ask('/2/users/me')).json.data.id;

      const bad = await client.ask(`/2/users/${me}/tweets?${refused}=created_at`);
      const good = await client.ask(`/2/users/${me}/tweets?${taken}=created_at`);

      assert.equal(bad.status, 400);
      assert.ok(bad.text.includes(refused ?? ''));
      const [post] = good.json.data;
      assert.ok(post.created_at);
      assert.deepEqual(post[history ?? ''], [post.id]);
    });
  }

  it('proof-required: refuses Facebook calls without appsecret_proof', async () => {
    await using client = await openSandbox();
    await client.fault({ network: 'facebook', kind: 'proof-required', probability: 1 });
    const path = networks.facebook.path;

    const without = await client.ask(path, { body: { message: 'a' } });
    const proof = 'a'.repeat(64);
    const withProof = await client.ask(path, { body: { message: 'a', appsecret_proof: proof } });

    assert.equal(without.json.error.code, 100);
    assert.equal(withProof.status, 200);
  });

  it('is refused with a sentence where it cannot be one', async () => {
    await using client = await openSandbox();
    const wrong = [
      {},
      { network: 'twitter', kind: 'explode', count: 1 },
      { network: 'mastodon', kind: 'refuse', count: 1 },
      { network: 'twitter', kind: 'refuse' },
      { network: 'twitter', kind: 'refuse', count: 0 },
      { network: 'twitter', kind: 'refuse', probability: 2 },
      { network: 'twitter', kind: 'refuse', count: 1, on: 'whatever' },
      { network: 'twitter', kind: 'refuse', count: 1, chance: 1 },
    ];

    for (const fault of wrong) {
      const reply = await client.fault(fault);
      assert.equal(reply.status, 400, JSON.stringify(fault));
      assert.match(reply.json.error, /\.$/);
    }
    assert.deepEqual((await client.ask('/faults')).json, []);
  });
});
