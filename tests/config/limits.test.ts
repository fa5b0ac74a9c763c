import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeConfigFolder, withLines } from '../support/config-folder.ts';

function configWith(line: string): string {
  return withLines({ 5: `    network: twitter\n    ${line}` });
}

async function limitsOf(line: string) {
  await using folder = await makeConfigFolder(configWith(line));
  return (await folder.load()).config.accounts.get('news-x')?.limits;
}

async function messagesOf(line: string): Promise<readonly string[]> {
  await using folder = await makeConfigFolder(configWith(line));
  return (await folder.problems()).map(({ line: at, message }) => `${at}: ${message}`);
}

describe('limits of an account', () => {
  it('are so many posts in a length of time, one or several', async () => {
    assert.deepEqual(await limitsOf('limits: { posts: 50 per 15m }'), [
      { posts: 50, perMs: 900_000 },
    ]);
    assert.deepEqual(await limitsOf('limits: { posts: [10 per 1h, 40 per 1d] }'), [
      { posts: 10, perMs: 3_600_000 },
      { posts: 40, perMs: 86_400_000 },
    ]);
    assert.equal(await limitsOf(''), undefined);
  });

  it('can be as high as those of the network, and no higher', async () => {
    assert.equal((await limitsOf('limits: { posts: 100 per 15m }'))?.length, 1);
    assert.equal((await limitsOf('limits: { posts: 400 per 1h }'))?.length, 1);
    for (const [written] of [['101 per 15m'], ['401 per 1h'], ['101 per 1m']]) {
      const messages = await messagesOf(`limits: { posts: ${written} }`);
      assert.equal(messages.length, 1, messages.join('\n'));
      assert.match(
        messages[0] ?? '',
        /^6: .*is more than X allows, which is 100 per 15m\..* lower/,
      );
    }
  });

  it('that cannot be read say what they take', async () => {
    for (const written of ['50', '0 per 15m', 'many', '50 per hour', '[]', '1.5 per 15m']) {
      const messages = await messagesOf(`limits: { posts: ${written} }`);
      assert.equal(messages.length, 1, `${written}: ${messages.join('\n')}`);
      assert.match(messages[0] ?? '', /^6: .*such as "50 per 15m"/, written);
    }
    assert.match((await messagesOf('limits: { posts: 5 per 1s }')).join(), /from 1m to 7d/);
    assert.match((await messagesOf('limits: { post: 5 per 1h }')).join(), /posts/);
  });
});
