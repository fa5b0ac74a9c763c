import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Client, formWith, imageOf, openSandbox } from '../support/sandbox-client.ts';

const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'> javascript:alert(3) &amp;`;

async function page(client: Client): Promise<string> {
  return (await client.ask('/', { account: null })).text;
}

describe('the page of the feeds', () => {
  it('escapes everything that came from outside', async () => {
    await using client = await openSandbox();
    const account = `a"><script>x</script>`;
    const headers = { authorization: `Bearer sandbox:${account}` };
    const ask = (path: string, body: unknown) => client.ask(path, { account: null, headers, body });
    const photo = { caption: hostile, alt_text_custom: hostile };
    await ask('/2/tweets', { text: `${hostile} https://example.org/"><script>` });
    await ask('/v24.0/42/feed', {
      message: hostile,
      link: `https://example.org/?"><b>`,
      name: hostile,
    });
    await ask('/v24.0/42/photos', formWith(photo, { name: 'source', bytes: imageOf() }));
    await ask('/youtube/v3/posts?part=snippet', {
      snippet: { textDisplay: `${hostile}${'long '.repeat(400)}` },
    });

    const html = await page(client);

    assert.equal((await client.log()).length, 4);
    const tags = [...html.matchAll(/<(script|img|b)\b[^>]*>/g)].map(([tag]) => tag);
    const allowed =
      /^<(?:script src="\/page\.js" defer|img src="\/media\/[0-9a-f]{64}" alt="[^"<>]*" loading="lazy"|b dir="auto"|b aria-hidden="true")>$/;
    assert.deepEqual(
      tags.filter((tag) => !allowed.test(tag)),
      [],
    );
    assert.doesNotMatch(html, /href="(?!https?:\/\/|\/page\.css)/);
    assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
  });

  it('allows no inline script or style, and nothing from elsewhere', async () => {
    await using client = await openSandbox();

    const { headers, text } = await client.ask('/');

    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    assert.doesNotMatch(text, / style=|<style| on\w+=/);
    for (const path of ['/page.css', '/page.js'])
      assert.equal((await client.ask(path)).status, 200);
  });

  it('shows what followers see: links, alt text, threads, and no unpublished or deleted post', async () => {
    await using client = await openSandbox();
    const root = (await client.ask('/2/tweets', { body: { text: 'First part' } })).json.data.id;
    const reply = { in_reply_to_tweet_id: root };
    await client.ask('/2/tweets', { body: { text: 'Second part', reply } });
    const gone = (await client.ask('/2/tweets', { body: { text: 'Taken back' } })).json.data.id;
    await client.ask(`/2/tweets/${gone}`, { method: 'DELETE' });
    const link = 'https://news.example.org/a';
    await client.ask('/v24.0/42/feed', { body: { message: 'سلام', link, name: 'The title' } });
    await client.ask('/v24.0/42/feed', { body: { message: 'Not yet', published: false } });
    const photo = { caption: 'Look', alt_text_custom: 'A valley at dawn' };
    const form = formWith(photo, { name: 'source', bytes: imageOf() });
    await client.ask('/v24.0/42/photos', { body: form });

    const html = await page(client);

    assert.match(html, /First part[\s\S]*Second part/);
    assert.equal(html.match(/<li /g)?.length, 3);
    assert.doesNotMatch(html, /Taken back|Not yet/);
    assert.match(html, /<p dir="auto">سلام<\/p>/);
    assert.match(html, /href="https:\/\/news\.example\.org\/a"[\s\S]*The title/);
    assert.match(html, /alt="A valley at dawn"/);
  });

  it('says so where a feed is empty', async () => {
    await using client = await openSandbox();

    const html = await page(client);

    assert.match(html, /No posts on X yet/);
    assert.match(html, /No community posts yet/);
  });
});
