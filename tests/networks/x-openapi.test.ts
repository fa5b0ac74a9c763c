import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openTwitterSession } from '../../src/networks/twitter/session.ts';
import {
  type AnsweringServer,
  type Heard,
  startAnsweringServer,
} from '../support/answering-server.ts';
import { makePng } from '../support/png.ts';
import { xDescription } from '../support/x-description.ts';
import { makeIo, makePost, makeWindow } from './contract.ts';

function answerAs(heard: Heard) {
  if (heard.url.startsWith('/2/users/me')) return { body: { data: { id: '7', username: 'n' } } };
  if (heard.url.startsWith('/2/users/')) return { body: { data: [], meta: { result_count: 0 } } };
  return { body: { data: { id: '123', deleted: true } } };
}

/** What the contract's suite does not do, as only X has it. */
describe("X's own description of its API", { skip: xDescription.absent }, () => {
  const unstopped = new AbortController().signal;
  const useAll = async (server: AnsweringServer) => {
    const { bytes, media } = makePng('What it shows');
    const account = {
      name: 'x',
      network: 'twitter',
      apiUrl: server.url,
      sandbox: true,
      settings: {},
      secrets: {},
    };
    const session = await openTwitterSession(account, makeIo({ media: async () => bytes }));
    const post = makePost('twitter', {
      media: [media, { ...media, type: 'image/gif' }],
      thread: ['Second'],
      labels: { madeWithAi: true, paidPartnership: true, replies: 'mentioned' },
    });
    const draft = await session.prepare(post, 0, undefined, unstopped);
    await session.publish(post, 0, draft, makeWindow());
    await session.publish(post, 1, { part: 1 }, makeWindow({ earlier: ['123'] }));
    await session.recent(new Date(), unstopped);
    await session.remove('123', unstopped);
  };

  it('allows threads and moving images', async () => {
    const problemsOf = xDescription.read();
    const server = await startAnsweringServer(answerAs);
    await useAll(server);
    await server.close();

    const problems = server.heard.flatMap((heard) =>
      problemsOf(heard).map((told) => `${heard.method} ${heard.url}: ${told}`),
    );

    assert.deepEqual(problems, []);
    assert.equal(server.heard.length, 13);
  });

  it('would show a wrong body', () => {
    const problemsOf = xDescription.read();
    const headers = { 'content-type': 'application/json' };
    const wrong = (body: object) =>
      problemsOf({ method: 'POST', url: '/2/tweets', headers, body: JSON.stringify(body) });

    assert.deepEqual(wrong({ text: 'a' }), []);
    assert.notDeepEqual(wrong({ text: 5 }), []);
    assert.notDeepEqual(wrong({ text: 'a', link: 'https://a.example' }), []);
    assert.notDeepEqual(wrong({ text: 'a', media: { media_ids: ['a', 'b', 'c', 'd', 'e'] } }), []);
  });

  it('would show a wrong address, parameter or value', () => {
    const problemsOf = xDescription.read();
    const get = (url: string) => problemsOf({ method: 'GET', url, headers: {}, body: '' });

    assert.deepEqual(get('/2/users/7/tweets?max_results=10&post.fields=created_at,note_post'), []);
    assert.notDeepEqual(get('/2/users/7/posts'), []);
    assert.notDeepEqual(get('/2/users/7/tweets?limit=10'), []);
    assert.notDeepEqual(get('/2/users/7/tweets?max_results=4'), []);
    assert.notDeepEqual(get('/2/users/7/tweets?max_results=ten'), []);
    assert.notDeepEqual(get('/2/users/7/tweets?post.fields=created_at,mood'), []);
    assert.notDeepEqual(get('/2/users/me?user.fields=shoe_size'), []);
    assert.notDeepEqual(get('/2/media/upload?command=STATUS'), []);
  });
});
