import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openTwitterSession } from '../../src/networks/twitter/session.ts';
import { type Heard, startAnsweringServer } from '../support/answering-server.ts';
import { openSandbox } from '../support/sandbox-client.ts';
import { errorOf, makeIo, makePost, makeWindow } from './contract.ts';

const unstopped = new AbortController().signal;
const created_at = '2026-11-22T10:00:00.000Z';
const long = { text: 'The whole text', entities: {} };

function makeAccount(apiUrl: string) {
  return { name: 'x', network: 'twitter', apiUrl, sandbox: true, settings: {}, secrets: {} };
}

/** X with posts that have these fields where they are asked for, and that refuses or overlooks all other names. */
async function startX(taken: readonly string[], others: 'refused' | 'overlooked') {
  const server = await startAnsweringServer((heard) => {
    if (heard.url.startsWith('/2/users/me')) return { body: { data: { id: '7', username: 'n' } } };
    const asked = namesIn(heard);
    const unknown = asked.find((name) => !taken.includes(name));
    if (unknown !== undefined && others === 'refused') {
      const message = `The query parameter or value [${unknown}] is not valid`;
      return { status: 400, body: { errors: [{ message }], title: 'Invalid Request' } };
    }
    const all = { created_at, entities: {}, note_tweet: long, note_post: long };
    const isTaken = asked.some((name) => name.endsWith('.fields') && taken.includes(name));
    const shown = Object.entries(all).filter(
      ([name]) => isTaken && (!name.startsWith('note_') || taken.includes(name)),
    );
    const post = { id: '1', text: 'The whole…', ...Object.fromEntries(shown) };
    return { body: { data: [post], meta: { result_count: 1 } } };
  });
  const session = await openTwitterSession(makeAccount(server.url), makeIo());
  const reads = () => server.heard.filter(({ url }) => url.startsWith('/2/users/7/'));
  return { server, session, reads };
}

/** The names that a request asks under, of those that X renames. */
function namesIn({ url }: Heard): readonly string[] {
  const query = new URL(url, 'http://x').searchParams;
  return ['tweet.fields', 'post.fields'].flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [name, ...value.split(',').filter((one) => /^note_/.test(one))];
  });
}

describe('the fields of posts on X', () => {
  for (const taken of [
    ['tweet.fields', 'note_tweet'],
    ['post.fields', 'note_post'],
    ['tweet.fields', 'note_post'],
    ['post.fields', 'note_tweet'],
  ]) {
    for (const others of ['refused', 'overlooked'] as const) {
      // A field of a parameter that X knows is never overlooked there.
      const isHalf = taken[0]?.slice(0, 4) !== taken[1]?.slice(5, 9);
      if (isHalf && others === 'overlooked') continue;

      it(`are read as ${taken.join(' and ')} where the others are ${others}, and asked so from then on`, async () => {
        const { server, session, reads } = await startX(taken, others);

        const first = await session.recent(new Date(0), unstopped);
        const asked = reads().length;
        await session.recent(new Date(0), unstopped);

        await server.close();
        assert.deepEqual(
          first.map(({ text, createdAt }) => [text, createdAt.toISOString()]),
          [[long.text, created_at]],
        );
        assert.equal(reads().length, asked + 1);
        assert.deepEqual(namesIn(reads().at(-1) ?? assert.fail()), taken);
      });
    }
  }

  for (const others of ['refused', 'overlooked'] as const) {
    it(`that X gives under no name, all being ${others}, prove nothing absent`, async () => {
      const { server, session, reads } = await startX([], others);
      const since = new Date();

      const error = await errorOf(
        session.find(makePost('twitter'), 0, { since, draft: undefined, signal: unstopped }),
      );

      await server.close();
      assert.equal(error.name, 'RejectedError');
      assert.equal(error.code, 'twitter:fields');
      assert.match(error.message, /X has changed its API\. Look at the account yourself/);
      assert.equal(reads().length, 4);
    });
  }

  it('are found under their new names when X changes in the midst of a session', async () => {
    await using client = await openSandbox();
    const session = await openTwitterSession(makeAccount(client.url), makeIo());
    const post = makePost('twitter', { text: 'https://news.example.org/a' });
    const draft = await session.prepare(post, 0, undefined, unstopped);
    await session.publish(post, 0, draft, makeWindow());
    const texts: (string | undefined)[] = [];
    for (const kind of ['unrenamed-fields', 'renamed-fields', 'unrenamed-fields']) {
      await client.ask('/faults', { method: 'DELETE' });
      await client.fault({ network: 'twitter', kind, probability: 1 });
      const [shown] = await session.recent(new Date(Date.now() - 5000), unstopped);
      texts.push(shown?.text);
    }

    assert.deepEqual(texts, [post.text, post.text, post.text]);
  });

  for (const name of ['edit_history_tweet_ids', 'edit_history_post_ids']) {
    it(`show by ${name} that an edited post is the one that was published`, async () => {
      const server = await startAnsweringServer((heard) =>
        heard.url.startsWith('/2/users/me')
          ? { body: { data: { id: '7', username: 'newsroom' } } }
          : { body: { data: [{ id: '12', text: 'Edited', created_at, [name]: ['5', '12'] }] } },
      );
      const session = await openTwitterSession(makeAccount(server.url), makeIo());

      const read = await session.recent(new Date(0), unstopped);

      await server.close();
      assert.deepEqual(
        read.map(({ remoteId, url }) => [remoteId, url]),
        [['5', 'https://x.com/newsroom/status/5']],
      );
    });
  }
});
