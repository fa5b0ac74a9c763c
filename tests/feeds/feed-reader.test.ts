import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PageError } from '../../src/articles/page-reader.ts';
import { openFeedReader } from '../../src/feeds/feed-reader.ts';

const feed = (title: string) =>
  Buffer.from(
    `<rss version="2.0"><channel><title>x</title><item><title>${title}</title></item></channel></rss>`,
  );

describe('a feed reader', () => {
  it('reads in a worker, and passes on what is no feed as a sentence', async () => {
    const reader = openFeedReader();

    assert.equal((await reader.read({ bytes: feed('One') })).entries[0]?.title, 'One');
    await assert.rejects(
      reader.read({ bytes: Buffer.from('nothing') }),
      (error) => error instanceof PageError && /^The address gives no feed/.test(error.message),
    );
    assert.equal((await reader.read({ bytes: feed('Two') })).entries[0]?.title, 'Two');
  });

  it('ends with a feed or a sentence, whatever the document', { timeout: 60_000 }, async () => {
    const reader = openFeedReader();
    const hostile = [
      feed('<'.repeat(300_000)),
      feed('< '.repeat(300_000)),
      feed('&lt;a '.repeat(100_000)),
      Buffer.from('<rss><channel>'.repeat(50_000)),
      Buffer.from(`<rss version="2.0"><channel><title>x</title>${'<item>'.repeat(50_000)}`),
      Buffer.from('['.repeat(100_000)),
      Buffer.alloc(1_000_000),
    ];
    for (const bytes of hostile) {
      const outcome = await reader.read({ bytes }).catch((error: unknown) => error);
      assert.ok(
        outcome instanceof PageError || Array.isArray((outcome as { entries: unknown }).entries),
      );
    }
  });
});
