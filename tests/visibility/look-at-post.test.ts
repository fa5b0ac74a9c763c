import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FetchError } from '../../src/fetching/fetch-error.ts';
import type { SafeFetch } from '../../src/fetching/fetch-safely.ts';
import { networkIds, networks } from '../../src/networks/registry.ts';
import { lookAtPost } from '../../src/visibility/look-at-post.ts';

const text = 'Our spring report: three things\nwe learned about the river. https://a.example/1';
const receipt = { remoteId: '1', url: 'https://x.com/newsroom/status/1' };

const answer =
  (body: string, url = receipt.url): SafeFetch =>
  async () =>
    ({ url, bytes: Buffer.from(body), contentType: 'text/html', movedTo: undefined }) as never;
const fail =
  (status?: number): SafeFetch =>
  async () => {
    throw new FetchError('failed', `It answers ${status}. Look.`, undefined, status);
  };

const look = async (fetch: SafeFetch, network: keyof typeof networks = 'facebook') => {
  const { publicLook, displayName } = networks[network];
  const { address, ...rules } = publicLook;
  return lookAtPost({ address: address(receipt), text, networkName: displayName, rules }, fetch);
};

test('a post is visible if its first words are on the page, in its text or in its tags', async () => {
  const inText = '<p>Our <b>spring</b> report: three things<br>we learned &hellip;</p>';
  const inTags =
    '<meta property="og:description" content="Our spring report: three things we learned">';

  assert.equal((await look(answer(inText))).seen, 'visible');
  assert.equal((await look(answer(inTags))).seen, 'visible');
});

test('a missing page is a sign, with what to do about it', async () => {
  const sight = await look(fail(404));

  assert.equal(sight.seen, 'hidden');
  assert.match(sight.message, /^Strangers do not see the post: Facebook answers 404/);
  assert.match(sight.advice, /only you can see this: your app is in development mode/);
  assert.equal(
    (await look(answer("<p>This content isn't available right now</p>"))).seen,
    'hidden',
  );
  assert.equal((await look(fail(403), 'twitter')).seen, 'hidden');
});

test('what asks to log in, fails or shows something else proves nothing', async () => {
  for (const fetch of [
    answer('<form>Log in</form>', 'https://www.facebook.com/login/?next=x'),
    answer('<script>nothing here</script>'),
    answer(''),
    fail(403),
    fail(503),
    fail(),
    async () => assert.fail('broken'),
  ]) {
    const { seen, message, advice } = await look(fetch as SafeFetch);
    assert.equal(seen, 'unproven');
    assert.match(message, /proves nothing\.$/);
    assert.equal(advice, '');
  }
});

test('of X the page that is looked at is the one for embedding, as its own answers for every post', () => {
  const address = new URL(networks.twitter.publicLook.address(receipt));
  assert.equal(address.searchParams.get('url'), receipt.url);
  for (const id of networkIds) assert.match(networks[id].publicLook.address(receipt), /^https:/);
});
