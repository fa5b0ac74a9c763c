import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, openSandbox } from '../support/sandbox-client.ts';

const set = (client: Client, limit: object) => client.ask('/limits', { body: limit });
const tweet = (client: Client, text: string, account: string) =>
  client.ask('/2/tweets', { body: { text }, account });

test('X refuses an account that is over its limit, says when it ends, and refuses no other', async () => {
  let time = Date.parse('2026-11-24T09:00:00Z');
  await using client = await openSandbox({ now: () => time });
  await set(client, { network: 'twitter', account: 'a', most: 2, windowMs: 60_000 });

  const [first, second, third] = [
    await tweet(client, 'One', 'a'),
    await tweet(client, 'Two', 'a'),
    await tweet(client, 'Three', 'a'),
  ];

  assert.deepEqual([first.status, second.status, third.status], [201, 201, 429]);
  assert.equal(first.headers.get('x-rate-limit-limit'), '2');
  assert.equal(second.headers.get('x-rate-limit-remaining'), '0');
  assert.equal(third.headers.get('x-rate-limit-reset'), String(time / 1000 + 60));
  assert.equal((await tweet(client, 'Four', 'b')).status, 201);
  time += 60_000;
  assert.equal((await tweet(client, 'Three', 'a')).status, 201);
  assert.equal((await client.log()).length, 4);
});

test('accounts of one app share its limit of the day', async () => {
  await using client = await openSandbox();
  await set(client, { network: 'twitter', most: 1, of: 'app' });

  const answers = [await tweet(client, 'One', 'a'), await tweet(client, 'Two', 'b')];

  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 429],
  );
  assert.equal(answers[0]?.headers.get('x-app-limit-24hour-remaining'), '0');
});

test('Facebook says in per cent how much is used, and in how many minutes it takes calls again', async () => {
  await using client = await openSandbox();
  await set(client, { network: 'facebook', most: 2, windowMs: 600_000 });
  const post = (message: string) =>
    client.ask('/v24.0/1000200030004/feed', { body: { message }, account: 'page' });

  const [first, , third] = [await post('One'), await post('Two'), await post('Three')];

  const usageOf = (text: string | null | undefined) =>
    JSON.parse(text ?? '{}')['1000200030004'][0] as Record<string, unknown>;
  assert.equal(usageOf(first?.headers.get('x-business-use-case-usage')).call_count, 50);
  assert.equal(third?.json.error.code, 32);
  const usage = usageOf(third?.headers.get('x-business-use-case-usage'));
  assert.deepEqual([usage.call_count, usage.estimated_time_to_regain_access], [100, 10]);
});

test('YouTube says that the quota is used up, and nothing before', async () => {
  await using client = await openSandbox();
  await set(client, { network: 'youtube', account: 'tube', most: 1 });
  const post = (textDisplay: string) =>
    client.ask('/youtube/v3/posts?part=snippet', {
      body: { snippet: { textDisplay } },
      account: 'tube',
    });

  const [first, second] = [await post('One'), await post('Two')];

  assert.equal(first?.status, 200);
  assert.equal(second?.json.error.errors[0].reason, 'quotaExceeded');
});

test('limits can be listed and cleared; what is none is refused with a sentence', async () => {
  await using client = await openSandbox();
  await set(client, { network: 'twitter', most: 5 });
  await tweet(client, 'One', 'a');

  const [listed] = (await client.ask('/limits')).json;
  assert.deepEqual([listed.most, listed.used, listed.windowMs], [5, 1, 900_000]);
  assert.deepEqual((await client.ask('/limits', { method: 'DELETE' })).json, { cleared: 1 });
  for (const wrong of [
    {},
    'limit',
    { network: 'x', most: 1 },
    { network: 'twitter' },
    { network: 'twitter', most: -1 },
    { network: 'twitter', most: 1, windowMs: 0 },
    { network: 'twitter', most: 1, on: 'never' },
    { network: 'twitter', most: 1, of: 'none' },
    { network: 'twitter', most: 1, account: 7 },
    { network: 'twitter', most: 1, count: 2 },
  ]) {
    const reply = await set(client, wrong as object);
    assert.equal(reply.status, 400, JSON.stringify(wrong));
  }
});
