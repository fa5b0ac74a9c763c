import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lacksDiscovery, youtubeDescription } from '../support/youtube-description.ts';

const send = (method: string, url: string, body?: object, type = 'application/json') =>
  youtubeDescription.read()({
    method,
    url,
    headers: body ? { 'content-type': type } : {},
    body: body ? JSON.stringify(body) : '',
  });

describe('what is known of posts on YouTube', () => {
  it('would show a wrong body', () => {
    const insert = (body: object) => send('POST', '/youtube/v3/posts?part=snippet', body);

    assert.deepEqual(insert({ snippet: { textDisplay: 'a' } }), []);
    assert.deepEqual(insert({ attachments: { imageAttachments: [{ uploadToken: 'a' }] } }), []);
    assert.notDeepEqual(insert({}), []);
    assert.notDeepEqual(insert({ snippet: { text: 'a' } }), []);
    assert.notDeepEqual(insert({ snippet: { textDisplay: 'a', publishTime: 'b' } }), []);
    const tooMany = Array.from({ length: 11 }, () => ({ uploadToken: 'a' }));
    assert.notDeepEqual(insert({ attachments: { imageAttachments: tooMany } }), []);
    const update = { id: 'Ugk', attachments: {}, snippet: { textDisplay: 'a' } };
    assert.notDeepEqual(send('PUT', '/youtube/v3/posts?part=snippet', update), []);
  });

  it('would show a wrong parameter', () => {
    assert.deepEqual(send('GET', '/youtube/v3/posts?part=id,snippet&maxResults=50'), []);
    assert.notDeepEqual(send('GET', '/youtube/v3/posts?maxResults=50'), []);
    assert.notDeepEqual(send('GET', '/youtube/v3/posts?part=id&maxResults=51'), []);
    assert.notDeepEqual(send('GET', '/youtube/v3/posts?part=id,shoes'), []);
    assert.notDeepEqual(send('DELETE', '/youtube/v3/posts'), []);
    assert.notDeepEqual(send('PATCH', '/youtube/v3/posts?part=id'), []);
  });

  it("would show what is wrong by Google's own file of channels", { skip: lacksDiscovery }, () => {
    assert.deepEqual(send('GET', '/youtube/v3/channels?part=id,snippet&mine=true'), []);
    assert.notDeepEqual(send('GET', '/youtube/v3/channels?mine=true'), []);
    assert.notDeepEqual(send('GET', '/youtube/v3/channels?part=id&mine=yes'), []);
    assert.notDeepEqual(send('GET', '/youtube/v3/channels?part=id&shoes=1'), []);
    assert.notDeepEqual(send('GET', '/youtube/v3/shoes?part=id'), []);
  });
});
