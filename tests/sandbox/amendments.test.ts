import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSandbox } from '../support/sandbox-client.ts';

const me = '/2/users/me?user.fields=protected';

test('an amendment changes what a network says, for one account and until it is taken away', async () => {
  await using client = await openSandbox();
  const amendment = {
    ...{ network: 'twitter', account: 'newsroom', path: '/users/me' },
    ...{ headers: { 'x-access-level': 'read' }, body: { data: { protected: true } } },
  };

  const set = await client.ask('/amendments', { body: amendment });
  const amended = await client.ask(me);
  const other = await client.ask(me, { account: 'press' });
  const cleared = await client.ask('/amendments', { method: 'DELETE' });
  const after = await client.ask(me);

  assert.deepEqual([set.status, set.json], [201, [amendment]]);
  assert.equal(amended.json.data.protected, true);
  assert.equal(amended.json.data.username, 'newsroom');
  assert.equal(amended.headers.get('x-access-level'), 'read');
  assert.equal(other.json.data.protected, false);
  assert.deepEqual(cleared.json, { cleared: 1 });
  assert.equal(after.json.data.protected, false);
});

test('with a status, an amendment is the whole answer', async () => {
  await using client = await openSandbox();
  const body = { error: 'gone' };
  await client.ask('/amendments', { body: { network: 'twitter', status: 410, body } });

  const { status, json } = await client.ask(me);

  assert.deepEqual([status, json], [410, body]);
});

test("a network's clock can be set wrong", async () => {
  const now = Date.UTC(2026, 10, 24, 8);
  await using client = await openSandbox({ now: () => now });
  await client.ask('/amendments', { body: { network: 'twitter', clockAheadMs: -3_600_000 } });

  const { headers } = await client.ask(me);

  assert.equal(headers.get('date'), new Date(now - 3_600_000).toUTCString());
});

for (const [what, body, words] of [
  ['no object', [], /is an object/],
  ['an unknown key', { network: 'twitter', pth: '/' }, /"pth" is not a key/],
  ['no network', { network: 'mastodon' }, /one of twitter/],
  ['a status that is none', { network: 'twitter', status: 42 }, /from 200 to 599/],
  ['a header over two lines', { network: 'twitter', headers: { a: 'b\nc' } }, /"headers"/],
  ['a body that is none', { network: 'twitter', body: 'text' }, /"body" is an object/],
] as const) {
  test(`${what} is refused in a sentence`, async () => {
    await using client = await openSandbox();

    const { status, json } = await client.ask('/amendments', { body });

    assert.equal(status, 400);
    assert.match(json.error, words);
  });
}
