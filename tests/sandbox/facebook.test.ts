import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import facebook from 'facebook-nodejs-business-sdk';
import {
  type Client,
  formWith,
  imageOf,
  openSandbox,
  type Reply,
} from '../support/sandbox-client.ts';

const page = '/v24.0/1000200030004';

function post(client: Client, body: unknown, account = 'newsroom'): Promise<Reply> {
  return client.ask(`${page}/feed`, { body, account });
}

function uploadPhoto(client: Client, fields: Record<string, string>): Promise<Reply> {
  const body = formWith(fields, { name: 'source', bytes: imageOf() });
  return client.ask(`${page}/photos`, { body });
}

describe('Facebook: publishing', () => {
  it('answers a direct post with <page>_<post>, under any version of the API', async () => {
    await using client = await openSandbox();

    const reply = await client.ask('/v31.0/1000200030004/feed', {
      body: new URLSearchParams({ message: 'Hello', link: 'https://news.example.org/a' }),
    });

    assert.equal(reply.status, 200);
    assert.match(reply.json.id, /^1000200030004_\d+$/);
    const [entry] = await client.log();
    assert.equal(entry.network, 'facebook');
    assert.equal(entry.account, 'newsroom');
    assert.equal(entry.text, 'Hello');
    assert.equal(entry.link, 'https://news.example.org/a');
  });

  it('keeps an unpublished post from followers until it is published, which may be said twice', async () => {
    let now = Date.parse('2026-11-22T12:00:00Z');
    await using client = await openSandbox({ now: () => now });
    const { id } = (await post(client, { message: 'Two phases', published: false })).json;
    const hidden = await client.log();
    const before = await client.ask(`/v24.0/${id}?fields=is_published`);

    now += 60_000;
    const first = await client.ask(`/v24.0/${id}`, { body: { is_published: true } });
    now += 60_000;
    const second = await client.ask(`/v24.0/${id}`, { body: { is_published: true } });

    assert.deepEqual(hidden, []);
    assert.equal(before.json.is_published, false);
    assert.deepEqual([first.json, second.json], [{ success: true }, { success: true }]);
    const log = await client.log();
    assert.equal(log.length, 1);
    assert.equal(log[0].acceptedAt, '2026-11-22T12:01:00.000Z');
    const after = await client.ask(`/v24.0/${id}?fields=is_published,created_time,permalink_url`);
    assert.equal(after.json.is_published, true);
    assert.equal(after.json.created_time, '2026-11-22T12:01:00+0000');
    assert.match(after.json.permalink_url, /^https:\/\/www\.facebook\.com\//);
  });

  it('lists unpublished posts on ads_posts with include_inline_create, and nowhere else', async () => {
    await using client = await openSandbox();
    const { id } = (await post(client, { message: 'Orphan', published: false })).json;

    const ads = await client.ask(`${page}/ads_posts?include_inline_create=true&fields=id,message`);
    const plain = await client.ask(`${page}/ads_posts`);
    const published = await client.ask(`${page}/published_posts`);

    assert.deepEqual(ads.json.data, [{ id, message: 'Orphan' }]);
    assert.deepEqual([plain.json.data, published.json.data], [[], []]);
  });

  it('shows a scheduled post at its time, and refuses times under 10 minutes or over 30 days', async () => {
    let now = Date.parse('2026-11-22T12:00:00Z');
    await using client = await openSandbox({ now: () => now });
    const schedule = (seconds: number) =>
      post(client, {
        message: `In ${seconds}`,
        published: false,
        scheduled_publish_time: now / 1000 + seconds,
      });

    assert.equal((await schedule(599)).json.error.code, 100);
    assert.equal((await schedule(31 * 86_400)).json.error.code, 100);
    assert.equal((await schedule(600)).status, 200);
    assert.equal((await client.ask(`${page}/scheduled_posts`)).json.data.length, 1);
    assert.deepEqual(await client.log(), []);
    now += 700_000;
    assert.equal((await client.log())[0].acceptedAt, '2026-11-22T12:10:00.000Z');
    assert.equal((await client.ask(`${page}/scheduled_posts`)).json.data.length, 0);
  });

  it('refuses the words of the previous post with 506, and takes them after another', async () => {
    await using client = await openSandbox();
    await post(client, { message: 'Same' });

    const again = await post(client, { message: 'Same ' });
    await post(client, { message: 'Other' });
    const later = await post(client, { message: 'Same' });

    assert.equal(again.status, 400);
    assert.equal(again.json.error.code, 506);
    assert.match(again.json.error.fbtrace_id, /^A/);
    assert.equal(later.status, 200);
  });

  it('edits a message and deletes a post', async () => {
    await using client = await openSandbox();
    const { id } = (await post(client, { message: 'Tpyo' })).json;

    await client.ask(`/v24.0/${id}`, { body: { message: 'Typo' } });
    const read = await client.ask(`/v24.0/${id}?fields=message`);
    const removed = await client.ask(`/v24.0/${id}`, { method: 'DELETE' });
    const gone = await client.ask(`/v24.0/${id}`);

    assert.equal(read.json.message, 'Typo');
    assert.deepEqual(removed.json, { success: true });
    assert.equal(gone.json.error.code, 100);
    assert.equal(gone.json.error.error_subcode, 33);
    assert.ok((await client.log())[0].deletedAt);
  });

  it('refuses empty posts, unknown parameters, wrong links and wrong values', async () => {
    await using client = await openSandbox();
    const bodies = [
      {},
      { message: '' },
      { message: 5 },
      { message: 'a', alt_text: 'b' },
      { message: 'a', link: 'javascript:alert(1)' },
      { message: 'a', published: 'perhaps' },
      { message: 'a', attached_media: [{ media_fbid: '12' }] },
      { message: 'a'.repeat(63_207) },
    ];

    for (const body of bodies) {
      const reply = await post(client, body);
      assert.equal(reply.status, 400, JSON.stringify(body).slice(0, 80));
      assert.ok([100, 1500].includes(reply.json.error.code));
    }
    assert.deepEqual(await client.log(), []);
  });
});

describe('Facebook: photos', () => {
  it('publishes a photo with its caption and alt text as a post', async () => {
    await using client = await openSandbox();

    const reply = await uploadPhoto(client, {
      caption: 'Look (https://news.example.org/b).',
      alt_text_custom: 'A valley',
    });

    assert.match(reply.json.post_id, /^1000200030004_\d+$/);
    const [entry] = await client.log();
    assert.equal(entry.id, reply.json.post_id);
    assert.equal(entry.text, 'Look (https://news.example.org/b).');
    assert.equal(entry.link, 'https://news.example.org/b');
    assert.equal(entry.media[0].alt, 'A valley');
    assert.equal(entry.media[0].bytes, imageOf().length);
    const photo = await client.ask(`/v24.0/${reply.json.id}?fields=alt_text_custom,name`);
    assert.equal(photo.json.alt_text_custom, 'A valley');
    assert.equal(photo.json.name, entry.text);
  });

  it('attaches unpublished photos in order, from an array, JSON text or form keys', async () => {
    await using client = await openSandbox();
    const ids: string[] = [];
    for (const alt of ['one', 'two']) {
      const reply = await uploadPhoto(client, { published: 'false', alt_text_custom: alt });
      assert.equal(reply.json.post_id, undefined);
      ids.push(reply.json.id);
    }
    const items = ids.map((id) => ({ media_fbid: id }));
    const keys = new URLSearchParams({ message: 'c' });
    items.forEach((item, index) => {
      keys.set(`attached_media[${index}]`, JSON.stringify(item));
    });

    await post(client, { message: 'a', attached_media: items });
    const asText = { message: 'b', attached_media: JSON.stringify(items) };
    await post(client, new URLSearchParams(asText));
    await post(client, keys);

    const log = await client.log();
    assert.equal(log.length, 3);
    for (const entry of log) {
      assert.deepEqual(
        entry.media.map((item: { alt: string }) => item.alt),
        ['one', 'two'],
      );
    }
    const read = await client.ask(
      `${page}/published_posts?fields=attachments{type,subattachments}`,
    );
    assert.equal(read.json.data[0].attachments.data[0].type, 'album');
    assert.equal(read.json.data[0].attachments.data[0].subattachments.data.length, 2);
  });

  it('refuses what is no image, and a photo after a day', async () => {
    let now = Date.now();
    await using client = await openSandbox({ now: () => now });
    const { id } = (await uploadPhoto(client, { published: 'false' })).json;
    const fake = formWith({}, { name: 'source', bytes: Buffer.from('no image') });

    const refused = await client.ask(`${page}/photos`, { body: fake });
    now += 86_400_000;
    const late = await post(client, { message: 'a', attached_media: [{ media_fbid: id }] });

    assert.equal(refused.json.error.code, 324);
    assert.equal(late.json.error.code, 100);
  });
});

describe('Facebook: reading', () => {
  it('gives links by way of l.facebook.com, and as they are in unshimmed_url', async () => {
    await using client = await openSandbox();
    const link = 'https://news.example.org/a?b=1&c=2';
    await post(client, { message: 'Read', link });

    const fields = 'message,created_time,attachments{type,title,url,unshimmed_url,target}';
    const { json } = await client.ask(`${page}/published_posts?fields=${fields}&limit=10`);

    const [attachment] = json.data[0].attachments.data;
    const shim = new URL(attachment.url);
    assert.equal(shim.host, 'l.facebook.com');
    assert.equal(shim.searchParams.get('u'), link);
    assert.equal(attachment.unshimmed_url, link);
    assert.equal(attachment.type, 'share');
  });

  it('pages through posts, newest first, and filters by time', async () => {
    let now = Date.parse('2026-11-22T12:00:00Z');
    await using client = await openSandbox({ now: () => now });
    for (let count = 0; count < 5; count++) {
      now += 60_000;
      await post(client, { message: `Number ${count}` });
    }

    const first = await client.ask(`${page}/published_posts?limit=2&fields=message`);
    const next = new URL(first.json.paging.next);
    const second = await client.ask(next.pathname + next.search);
    const since = await client.ask(
      `${page}/published_posts?fields=message&since=${Date.parse('2026-11-22T12:04:00Z') / 1000}`,
    );

    const messages = (reply: Reply) =>
      reply.json.data.map((item: { message: string }) => item.message);
    assert.deepEqual(messages(first), ['Number 4', 'Number 3']);
    assert.deepEqual(messages(second), ['Number 2', 'Number 1']);
    assert.deepEqual(messages(since), ['Number 4', 'Number 3']);
  });

  it('refuses unknown and deprecated fields, and limits over 100', async () => {
    await using client = await openSandbox();

    const unknown = await client.ask(`${page}/published_posts?fields=id,txt`);
    const deprecated = await client.ask(`${page}/published_posts?fields=link`);
    const limit = await client.ask(`${page}/published_posts?limit=101`);
    const broken = await client.ask(`${page}/published_posts?fields=attachments{url`);

    assert.equal(unknown.json.error.code, 100);
    assert.equal(deprecated.json.error.code, 12);
    assert.equal(limit.json.error.code, 100);
    assert.equal(broken.json.error.code, 100);
  });

  it('names the Page of a token, and refuses the Page of another account', async () => {
    await using client = await openSandbox();
    await post(client, { message: 'Mine' });
    await client.ask('/v24.0/555000/feed', { body: { message: 'Theirs' }, account: 'desk' });

    const me = await client.ask('/v24.0/me?fields=id,name');
    const wrong = await client.ask(`${page}/feed`, { body: { message: 'x' }, account: 'desk' });
    const alias = await client.ask('/v24.0/newsroom/feed', { body: { message: 'x' } });
    const moved = await client.ask('/v24.0/777000/feed', { body: { message: 'Moved' } });

    assert.deepEqual(me.json, { id: '1000200030004', name: 'newsroom' });
    assert.equal(wrong.json.error.code, 100);
    assert.match(wrong.json.error.error_user_msg, /belongs to newsroom/);
    assert.deepEqual([alias.status, alias.json.error.code], [404, 803]);
    assert.equal(moved.status, 200);
  });

  it('takes the token from header, query and body, and tells what it is worth', async () => {
    await using client = await openSandbox();
    const token = 'sandbox:desk';

    const byQuery = await client.ask(`/v24.0/me?access_token=${token}`, { account: null });
    const byBody = await client.ask('/v24.0/4242/feed', {
      account: null,
      body: { message: 'Hi', access_token: token },
    });
    const without = await client.ask('/v24.0/me', { account: null });
    const proof = await client.ask('/v24.0/me?appsecret_proof=abc');
    const debug = await client.ask(
      `/v24.0/debug_token?input_token=${token}&access_token=app|secret`,
      { account: null },
    );
    const exchanged = await client.ask(
      `/v24.0/oauth/access_token?grant_type=fb_exchange_token&client_id=a&client_secret=b&fb_exchange_token=${token}`,
      { account: null },
    );
    const accounts = await client.ask('/v24.0/me/accounts', { account: 'desk' });

    assert.equal(byQuery.json.name, 'desk');
    assert.match(byBody.json.id, /^4242_/);
    assert.equal(without.json.error.code, 104);
    assert.equal(proof.json.error.code, 100);
    assert.equal(debug.json.data.is_valid, true);
    assert.equal(debug.json.data.expires_at, 0);
    assert.equal(debug.json.data.profile_id, '4242');
    assert.equal(exchanged.json.access_token, token);
    assert.equal(accounts.json.data[0].id, '4242');
  });

  it('serves the SDK: its builders make calls that the sandbox takes', async () => {
    await using client = await openSandbox();
    Object.defineProperty(facebook.FacebookAdsApi, 'GRAPH', {
      get: () => client.url,
      configurable: true,
    });
    const api = new facebook.FacebookAdsApi('sandbox:newsroom', 'en_US', false);
    const sdkPage = new facebook.Page('1000200030004', {}, undefined, api);

    const created = await sdkPage.createFeed([], { message: 'By SDK', published: false });
    await new facebook.PagePost(created.id, {}, undefined, api).update([], { is_published: true });

    const [entry] = await client.log();
    assert.equal(entry.id, created.id);
    assert.equal(entry.text, 'By SDK');
  });
});
