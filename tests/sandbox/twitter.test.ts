import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { describe, it } from 'node:test';
import { type ITwitterApiClientPlugin, TwitterApi } from 'twitter-api-v2';
import {
  type Client,
  formWith,
  imageOf,
  openSandbox,
  type Reply,
} from '../support/sandbox-client.ts';

function post(client: Client, body: unknown, account = 'newsroom'): Promise<Reply> {
  return client.ask('/2/tweets', { body, account });
}

async function uploadImage(client: Client, account = 'newsroom'): Promise<string> {
  const form = formWith({ media_category: 'tweet_image' }, { name: 'media', bytes: imageOf() });
  const reply = await client.ask('/2/media/upload', { body: form, account });
  return reply.json.data.id;
}

async function timeline(client: Client, query: string, account = 'newsroom'): Promise<Reply> {
  const me = await client.ask('/2/users/me', { account });
  return client.ask(`/2/users/${me.json.data.id}/tweets?${query}`, { account });
}

describe('X: creating a post', () => {
  it('answers 201 with a 19-digit id, and shows the post in the log', async () => {
    await using client = await openSandbox();

    const reply = await post(client, { text: 'Out today: https://news.example.org/report' });

    assert.equal(reply.status, 201);
    assert.match(reply.json.data.id, /^\d{19}$/);
    assert.ok(Number(reply.headers.get('x-rate-limit-remaining')) > 0);
    const [entry] = await client.log();
    const { acceptedAt, ...rest } = entry;
    assert.ok(Math.abs(Date.parse(acceptedAt) - Date.now()) < 5000);
    assert.deepEqual(rest, {
      network: 'twitter',
      account: 'newsroom',
      id: reply.json.data.id,
      text: 'Out today: https://news.example.org/report',
      link: 'https://news.example.org/report',
      media: [],
    });
  });

  it('refuses an unknown key with 400 and stores nothing', async () => {
    await using client = await openSandbox();

    const reply = await post(client, { text: 'Hello', link: 'https://news.example.org' });

    assert.equal(reply.status, 400);
    assert.match(reply.json.type, /\/problems\/invalid-request$/);
    assert.deepEqual(await client.log(), []);
  });

  it('refuses values that the contract does not have', async () => {
    await using client = await openSandbox();
    const bodies = [
      {},
      { text: '' },
      { text: 7 },
      { text: 'a', reply_settings: 'everyone' },
      { text: 'a', made_with_ai: 'yes' },
      { text: 'a', media: { media_ids: [] } },
      { text: 'a', media: { media_ids: ['1234'] } },
      { text: 'a', media: { ids: ['1'] } },
      { text: 'a', reply: {} },
      [],
      'text',
    ];

    for (const body of bodies) {
      const reply = await post(client, Array.isArray(body) ? JSON.stringify(body) : body);
      assert.equal(reply.status, 400, JSON.stringify(body));
    }
    assert.deepEqual(await client.log(), []);
  });

  it('counts 280 by weight: URLs 23, emoji 2, Persian 1, Japanese 2', async () => {
    await using client = await openSandbox();
    const url = `https://news.example.org/${'a'.repeat(200)}`;
    const family = '👩🏽‍👩🏽‍👧🏽‍👦🏽';
    const fitting = [
      `${'a'.repeat(256)} ${url}`,
      family.repeat(140),
      'س'.repeat(280),
      '日'.repeat(140),
      'e\u0301'.repeat(280),
    ];

    for (const text of fitting) {
      assert.equal((await post(client, { text })).status, 201, text.slice(0, 10));
      const longer = await post(client, { text: `b${text}` });
      assert.equal(longer.status, 403, text.slice(0, 10));
      assert.match(longer.json.detail, /too long/);
    }
  });

  it('refuses the same text within a day, even after it was deleted, but not for another account', async () => {
    let now = Date.now();
    await using client = await openSandbox({ now: () => now });
    const first = await post(client, { text: 'Once only' });
    await client.ask(`/2/tweets/${first.json.data.id}`, { method: 'DELETE' });

    const again = await post(client, { text: ' Once  only ' });
    const other = await post(client, { text: 'Once only' }, 'desk');
    now += 25 * 3_600_000;
    const later = await post(client, { text: 'Once only' });

    assert.equal(again.status, 403);
    assert.equal(
      again.json.detail,
      'You are not allowed to create a Tweet with duplicate content.',
    );
    assert.equal(again.json.type, 'about:blank');
    assert.equal(other.status, 201);
    assert.equal(later.status, 201);
  });

  it('takes replies to posts of the same account only', async () => {
    await using client = await openSandbox();
    const root = (await post(client, { text: 'One' })).json.data.id;
    const reply = (id: string) => ({ text: 'Two', reply: { in_reply_to_tweet_id: id } });

    assert.equal((await post(client, reply(root), 'desk')).status, 403);
    assert.equal((await post(client, reply('1234567890123456789'))).status, 403);
    assert.equal((await post(client, reply(root))).status, 201);

    const [, second] = await client.log();
    assert.equal(second.replyTo, root);
  });

  it('asks for credentials and knows accounts by either kind of authorization', async () => {
    await using client = await openSandbox();
    const oauth = 'OAuth oauth_consumer_key="k", oauth_token="sandbox%3Adesk", oauth_signature="s"';

    const without = await client.ask('/2/users/me', { account: null });
    const byOAuth1 = await client.ask('/2/users/me', {
      account: null,
      headers: { authorization: oauth },
    });
    const other = await client.ask('/2/users/me', {
      account: null,
      headers: { authorization: 'Bearer AAAA' },
    });

    assert.equal(without.status, 401);
    assert.equal(byOAuth1.json.data.name, 'desk');
    assert.match(other.json.data.name, /^token-[0-9a-f]{8}$/);
  });
});

describe('X: media', () => {
  it('hangs described images on a post and gives their alt text back', async () => {
    await using client = await openSandbox();
    const id = await uploadImage(client);
    const metadata = { alt_text: { text: 'A valley at dawn' } };
    await client.ask('/2/media/metadata', { body: { id, metadata } });

    await post(client, { text: 'Look', media: { media_ids: [id] } });

    const [entry] = await client.log();
    assert.equal(entry.media[0].type, 'image/png');
    assert.equal(entry.media[0].alt, 'A valley at dawn');
    assert.equal(entry.media[0].bytes, imageOf().length);
    const image = await fetch(`${client.url}/media/${entry.media[0].sha256}`);
    assert.deepEqual(Buffer.from(await image.arrayBuffer()), imageOf());
    const read = await timeline(
      client,
      'max_results=5&expansions=attachments.media_keys&media.fields=alt_text&tweet.fields=attachments,entities',
    );
    assert.equal(read.json.includes.media[0].alt_text, 'A valley at dawn');
    assert.match(read.json.data[0].text, /^Look https:\/\/t\.co\/\w{10}$/);
    assert.equal(read.json.data[0].entities.urls[0].media_key, `3_${id}`);
  });

  it('refuses what is no image, media of others, five images, and media older than a day', async () => {
    let now = Date.now();
    await using client = await openSandbox({ now: () => now });
    const ids = [];
    for (let count = 0; count < 5; count++) ids.push(await uploadImage(client));
    const fake = formWith(
      { media_category: 'tweet_image' },
      { name: 'media', bytes: Buffer.from('<svg onload="alert(1)"/>') },
    );

    assert.equal((await client.ask('/2/media/upload', { body: fake })).status, 400);
    assert.equal((await post(client, { text: 'a', media: { media_ids: ids } })).status, 400);
    const media = { media_ids: ids.slice(0, 4) };
    assert.equal((await post(client, { text: 'b', media }, 'desk')).status, 400);
    now += 24 * 3_600_000;
    assert.equal((await post(client, { text: 'c', media })).status, 400);
  });

  it('finalizes only what adds up to the announced bytes', async () => {
    await using client = await openSandbox();
    const bytes = imageOf();
    const body = {
      media_type: 'image/png',
      media_category: 'tweet_image',
      total_bytes: bytes.length,
    };
    const { id } = (await client.ask('/2/media/upload/initialize', { body })).json.data;
    const append = (index: number, part: Buffer) =>
      client.ask(`/2/media/upload/${id}/append`, {
        body: formWith({ segment_index: String(index) }, { name: 'media', bytes: part }),
      });
    await append(0, bytes.subarray(0, 20));
    const early = await client.ask(`/2/media/upload/${id}/finalize`, { method: 'POST' });
    await append(1, bytes.subarray(20));
    const whole = await client.ask(`/2/media/upload/${id}/finalize`, { method: 'POST' });
    const status = await client.ask(`/2/media/upload?command=STATUS&media_id=${id}`);

    assert.equal(early.status, 400);
    assert.equal(whole.json.data.size, bytes.length);
    assert.equal(status.json.data.processing_info.state, 'succeeded');
  });
});

describe('X: reading back', () => {
  it('gives the text escaped, with t.co links whose places and addresses are in the entities', async () => {
    await using client = await openSandbox();
    await post(client, { text: '👋 a < b & c, x.ai and https://example.org/?a=1&b=2' });

    const reply = await timeline(client, 'max_results=5&tweet.fields=entities,created_at');

    const [read] = reply.json.data;
    assert.match(read.text, /^👋 a &lt; b &amp; c, https:\/\/t\.co\/\w+ and https:\/\/t\.co\/\w+$/);
    assert.match(read.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    const points = [...read.text];
    for (const { start, end, url } of read.entities.urls) {
      assert.equal(points.slice(start, end).join(''), url);
    }
    const expanded = read.entities.urls.map((url: { expanded_url: string }) => url.expanded_url);
    assert.deepEqual(expanded, ['http://x.ai', 'https://example.org/?a=1&b=2']);
  });

  it('pages through a timeline, newest first, and filters by time, id and replies', async () => {
    let now = Date.parse('2026-11-22T12:00:00Z');
    await using client = await openSandbox({ now: () => now });
    const ids: string[] = [];
    for (let count = 0; count < 12; count++) {
      now += 60_000;
      const reply = ids[0] && count === 11 ? { reply: { in_reply_to_tweet_id: ids[0] } } : {};
      ids.push((await post(client, { text: `Number ${count}`, ...reply })).json.data.id);
    }

    const first = await timeline(client, 'max_results=5');
    const second = await timeline(
      client,
      `max_results=5&pagination_token=${first.json.meta.next_token}`,
    );
    const since = await timeline(client, `max_results=100&since_id=${ids[9]}`);
    const start = await timeline(client, 'max_results=100&start_time=2026-11-22T12:11:00Z');
    const exclude = await timeline(client, 'max_results=100&exclude=replies,retweets');

    const idsOf = (reply: Reply) => reply.json.data.map((item: { id: string }) => item.id);
    assert.deepEqual([...idsOf(first), ...idsOf(second)], ids.toReversed().slice(0, 10));
    assert.deepEqual(idsOf(since), [ids[11], ids[10]]);
    assert.deepEqual(idsOf(start), [ids[11], ids[10]]);
    assert.equal(exclude.json.meta.result_count, 11);
  });

  it('refuses fewer than 5 results, unknown fields, unknown parameters and wrong times', async () => {
    await using client = await openSandbox();
    const queries = [
      'max_results=4',
      'max_results=101',
      'tweet.fields=note',
      'limit=5',
      'start_time=yesterday',
      'since_id=abc',
      'exclude=quotes',
    ];

    for (const query of queries) {
      assert.equal((await timeline(client, query)).status, 400, query);
    }
    assert.equal((await timeline(client, 'tweet.fields=note_tweet')).status, 200);
    assert.equal((await timeline(client, 'post.fields=note_post')).status, 200);
  });

  it('deletes own posts: gone from the timeline, marked in the log', async () => {
    await using client = await openSandbox();
    const { id } = (await post(client, { text: 'Oops' })).json.data;

    const foreign = await client.ask(`/2/tweets/${id}`, { method: 'DELETE', account: 'desk' });
    const own = await client.ask(`/2/tweets/${id}`, { method: 'DELETE' });
    const again = await client.ask(`/2/tweets/${id}`, { method: 'DELETE' });

    assert.equal(foreign.status, 403);
    assert.deepEqual(own.json, { data: { deleted: true } });
    assert.equal(again.status, 404);
    assert.equal((await timeline(client, 'max_results=5')).json.meta.result_count, 0);
    assert.match((await client.log())[0].deletedAt, /Z$/);
  });
});

describe('X: OAuth 2.0 tokens', () => {
  it('gives each refresh token for one use, as form or JSON, and keeps the account', async () => {
    await using client = await openSandbox();
    const refresh = (token: string, isForm: boolean) => {
      const fields = { grant_type: 'refresh_token', refresh_token: token, client_id: 'app' };
      return client.ask('/2/oauth2/token', {
        account: null,
        body: isForm ? new URLSearchParams(fields) : fields,
      });
    };
    const first = await refresh('sandbox:desk', true);
    const second = await refresh(first.json.refresh_token, false);
    const used = await refresh(first.json.refresh_token, false);
    const me = await client.ask('/2/users/me', {
      account: null,
      headers: { authorization: `Bearer ${second.json.access_token}` },
    });

    assert.equal(first.json.expires_in, 7200);
    assert.notEqual(second.json.refresh_token, first.json.refresh_token);
    assert.equal(used.status, 400);
    assert.equal(used.json.error, 'invalid_request');
    assert.equal(me.json.data.name, 'desk');
  });

  it('refuses an access token after two hours', async () => {
    let now = Date.now();
    await using client = await openSandbox({ now: () => now });
    const body = { grant_type: 'refresh_token', refresh_token: 'sandbox:desk', client_id: 'app' };
    const token = (await client.ask('/2/oauth2/token', { account: null, body })).json.access_token;

    now += 7_201_000;
    const reply = await client.ask('/2/users/me', {
      account: null,
      headers: { authorization: `Bearer ${token}` },
    });

    assert.equal(reply.status, 401);
  });
});

describe('X: its SDK', () => {
  function toSandbox(client: Client): ITwitterApiClientPlugin {
    return {
      onBeforeRequestConfig({ params }) {
        const url = new URL(params.url);
        params.url = client.url + url.pathname + url.search;
      },
    };
  }

  function connect(client: Client): TwitterApi {
    return new TwitterApi(
      { appKey: 'k', appSecret: 's', accessToken: 'sandbox:newsroom', accessSecret: 'x' },
      { plugins: [toSandbox(client)], httpAgent: new Agent() },
    );
  }

  it('uploads an image with alt text, posts it, reads it back and deletes it', async () => {
    await using client = await openSandbox();
    const api = connect(client).v2;

    const media = await api.uploadMedia(imageOf(40, 40), { media_type: 'image/png' }, 64);
    await api.createMediaMetadata(media, { alt_text: { text: 'Grey' } });
    const created = await api.post<{ data: { id: string } }>(
      'tweets',
      { text: 'With https://example.org', media: { media_ids: [media] } },
      { fullResponse: true },
    );
    const me = await api.me();
    const { data } = await api.userTimeline(me.data.id, {
      max_results: 5,
      'tweet.fields': ['created_at', 'entities'],
    });
    await api.deleteTweet(created.data.data.id);

    assert.equal(created.rateLimit?.limit, 1_000_000);
    assert.equal(data.data[0]?.id, created.data.data.id);
    assert.equal(data.data[0]?.entities?.urls[0]?.expanded_url, 'https://example.org');
    const [entry] = await client.log();
    assert.equal(entry.account, 'newsroom');
    assert.equal(entry.media[0].alt, 'Grey');
    assert.equal(entry.media[0].bytes, imageOf(40, 40).length);
  });

  it('finds the words of a refusal in the body', async () => {
    await using client = await openSandbox();
    const api = connect(client).v2;
    await api.tweet('Twice');

    const error = await api.tweet('Twice').catch((caught: unknown) => caught);

    const { code, data } = error as { code: number; data: { detail: string } };
    assert.equal(code, 403);
    assert.match(data.detail, /duplicate content/);
  });

  it('refreshes OAuth 2.0 tokens', async () => {
    await using client = await openSandbox();
    const app = new TwitterApi(
      { clientId: 'app', clientSecret: 'secret' },
      { plugins: [toSandbox(client)], httpAgent: new Agent() },
    );

    const { client: user, refreshToken } = await app.refreshOAuth2Token('sandbox:desk');
    const me = await user.v2.me();

    assert.equal(me.data.name, 'desk');
    assert.ok(refreshToken);
    await assert.rejects(app.refreshOAuth2Token('sandbox:desk'));
  });
});
