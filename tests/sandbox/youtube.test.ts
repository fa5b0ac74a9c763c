import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { auth as google } from 'googleapis/build/src/apis/youtube/index.js';
import { type Client, imageOf, openSandbox, type Reply } from '../support/sandbox-client.ts';

const posts = '/youtube/v3/posts';

function post(client: Client, body: unknown, part = 'snippet,attachments'): Promise<Reply> {
  return client.ask(`${posts}?part=${part}`, { body });
}

function upload(client: Client, bytes: Buffer): Promise<Reply> {
  return client.ask('/upload/youtube/v3/posts/image', {
    body: new Uint8Array(bytes),
    headers: { 'content-type': 'image/png' },
  });
}

describe('YouTube', () => {
  it('publishes text with images at once and gives the parts that were asked for', async () => {
    await using client = await openSandbox();
    const { uploadToken } = (await upload(client, imageOf())).json;

    const reply = await post(client, {
      snippet: { textDisplay: 'Live tonight: https://news.example.org/live' },
      attachments: { imageAttachments: [{ uploadToken }] },
    });

    assert.equal(reply.status, 200);
    assert.equal(reply.json.kind, 'youtube#post');
    assert.match(reply.json.id, /^Ugk[\w-]{20,}$/);
    assert.match(reply.json.snippet.channelId, /^UC[\w-]{22}$/);
    assert.equal(reply.json.status, undefined);
    const [entry] = await client.log();
    assert.equal(entry.id, reply.json.id);
    assert.equal(entry.link, 'https://news.example.org/live');
    assert.equal(entry.media[0].bytes, imageOf().length);
  });

  it('refuses what the contract does not have', async () => {
    await using client = await openSandbox();
    const text = { snippet: { textDisplay: 'Hello' } };

    assert.equal(
      (await post(client, text, '')).json.error.errors[0].reason,
      'missingRequiredParameter',
    );
    assert.equal((await post(client, text, 'snippets')).status, 400);
    assert.equal((await post(client, {})).status, 400);
    assert.equal((await post(client, { snippet: { text: 'Hello' } })).status, 400);
    assert.equal((await post(client, { snippet: { textDisplay: '' } })).status, 400);
    const images = { imageAttachments: [{ uploadToken: 'made-up' }] };
    assert.equal((await post(client, { ...text, attachments: images })).status, 400);
    assert.equal((await post(client, { ...text, attachments: {} }, 'snippet')).status, 400);
    assert.equal((await client.ask(`${posts}?part=id`, { account: null })).status, 400);
    const anonymous = await client.ask(`${posts}?part=snippet`, { account: null, body: text });
    assert.deepEqual([anonymous.status, anonymous.json.error.status], [401, 'UNAUTHENTICATED']);
    assert.deepEqual(await client.log(), []);
  });

  it('takes images from 2:5 to 5:2 only', async () => {
    await using client = await openSandbox();

    const statuses = [];
    for (const [width, height] of [
      [5, 2],
      [2, 5],
      [501, 200],
      [199, 500],
    ] as const) {
      statuses.push((await upload(client, imageOf(width, height))).status);
    }

    assert.deepEqual(statuses, [200, 200, 400, 400]);
  });

  it('lists newest first by pages, edits text, and deletes with 200 and {}', async () => {
    await using client = await openSandbox();
    const ids = [];
    for (const text of ['One', 'Two', 'Three']) {
      ids.push((await post(client, { snippet: { textDisplay: text } })).json.id);
    }

    const first = await client.ask(`${posts}?part=snippet&maxResults=2`);
    const second = await client.ask(
      `${posts}?part=snippet&maxResults=2&pageToken=${first.json.nextPageToken}`,
    );
    const edited = await client.ask(`${posts}?part=snippet`, {
      method: 'PUT',
      body: { id: ids[0], snippet: { textDisplay: 'Uno' } },
    });
    const removed = await client.ask(`${posts}?id=${ids[1]}`, { method: 'DELETE' });
    const gone = await client.ask(`${posts}?id=${ids[1]}`, { method: 'DELETE' });

    const texts = (reply: Reply) =>
      reply.json.items.map(
        (item: { snippet: { textDisplay: string } }) => item.snippet.textDisplay,
      );
    assert.deepEqual([...texts(first), ...texts(second)], ['Three', 'Two', 'One']);
    assert.equal(edited.json.snippet.textDisplay, 'Uno');
    assert.deepEqual([removed.status, removed.json], [200, {}]);
    assert.equal(gone.status, 404);
  });

  it('makes a channel for an account, and uses the one that the account names', async () => {
    await using client = await openSandbox();
    const channelId = 'UCabcdefghijklmnopqrstuv';

    const made = await client.ask('/youtube/v3/channels?part=id,snippet&mine=true');
    await post(client, { snippet: { channelId, textDisplay: 'Here' } });
    const named = await client.ask('/youtube/v3/channels?part=id&mine=true');

    assert.match(made.json.items[0].id, /^UC[\w-]{22}$/);
    assert.equal(made.json.items[0].snippet.title, 'newsroom');
    assert.equal(named.json.items[0].id, channelId);
  });

  it('serves the client of Google: refresh, then a post', async () => {
    await using client = await openSandbox();
    const auth = new google.OAuth2({
      clientId: 'app',
      clientSecret: 'secret',
      endpoints: { oauth2TokenUrl: `${client.url}/token` },
    });
    auth.setCredentials({ refresh_token: 'sandbox:newsroom' });

    const { data } = await auth.request<{ id: string }>({
      url: `${client.url}${posts}`,
      method: 'POST',
      params: { part: 'snippet' },
      data: { snippet: { textDisplay: 'By library' } },
    });

    const [entry] = await client.log();
    assert.deepEqual([entry.id, entry.account, entry.text], [data.id, 'newsroom', 'By library']);
  });
});
