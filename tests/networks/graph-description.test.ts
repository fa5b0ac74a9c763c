import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { graphDescription } from '../support/graph-description.ts';

describe("Meta's own description of the Graph API", { skip: graphDescription.absent }, () => {
  const post = (url: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    return graphDescription.read()({ method: 'POST', url, headers, body: JSON.stringify(body) });
  };
  const get = (url: string) =>
    graphDescription.read()({ method: 'GET', url, headers: {}, body: '' });

  it('would show a wrong parameter, or a right one with a wrong value', () => {
    const feed = '/v24.0/1000200030004/feed';

    assert.deepEqual(post(feed, { message: 'a', link: 'https://a.example', published: false }), []);
    assert.deepEqual(post(feed, { text: 'a' }), ['parameter text']);
    assert.deepEqual(post(feed, { message: ['a'] }), ['message is no string']);
    assert.deepEqual(post(feed, { published: 'no' }), ['published is no bool']);
    assert.deepEqual(post(feed, { attached_media: ['5'] }), ['attached_media is no list<Object>']);
    assert.deepEqual(post('/v24.0/1000200030004_5', { link: 'a' }), ['parameter link']);
  });

  it('would show a wrong edge or field', () => {
    const posts = '/v24.0/1000200030004/published_posts';

    assert.deepEqual(get(`${posts}?fields=id,message,attachments{type,media{image}}&limit=5`), []);
    assert.deepEqual(get(`${posts}?fields=id,title`), ['field title']);
    assert.deepEqual(get('/v24.0/1000200030004?fields=id,username'), []);
    assert.deepEqual(get('/v24.0/1000200030004/tweets'), ['no GET Page/tweets']);
  });
});
