import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSandbox } from '../../src/sandbox/server.ts';

const authorization = 'Bearer sandbox:newsroom-x';

test('a post has a page of its own for strangers, with its labels, until it is deleted', async () => {
  const sandbox = await startSandbox({ port: 0 });
  const send = (method: string, path: string, body?: object) =>
    fetch(sandbox.url + path, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const labels = { made_with_ai: true, reply_settings: 'mentionedUsers' };
  const made = await send('POST', '/2/tweets', { text: '<b>Spring</b> report', ...labels });
  const { data } = (await made.json()) as { data: { id: string } };

  const page = await fetch(`${sandbox.url}/posts/twitter/${data.id}`);
  const log = (await (await fetch(`${sandbox.url}/log`)).json()) as { labels?: object }[];
  await send('DELETE', `/2/tweets/${data.id}`);
  const gone = await fetch(`${sandbox.url}/posts/twitter/${data.id}`);
  const never = await fetch(`${sandbox.url}/posts/twitter/%ff`);
  await sandbox.close();

  assert.equal(page.status, 200);
  const html = await page.text();
  assert.match(html, /&lt;b&gt;Spring&lt;\/b&gt; report/);
  assert.match(html, /Made with AI · Replies: mentionedUsers only/);
  assert.deepEqual(log[0]?.labels, labels);
  assert.deepEqual([gone.status, never.status], [404, 404]);
});
