import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type NowPage, renderNow } from '../../src/dashboard/now-page.ts';
import { aPublication, DUE } from '../support/publications.ts';

const url = 'https://x.com/newsroom/status/1';
const published = aPublication({
  state: 'published',
  publishedAt: DUE,
  receipt: { remoteId: '1', url },
});

async function render(over: Partial<NowPage> = {}): Promise<string> {
  const obstacles = {
    ...{ holds: new Map(), frozen: undefined, brokenConfig: undefined },
    faults: [],
  };
  const page = { publications: [published], ...obstacles, now: DUE };
  return String(
    await renderNow({ ...page, timezone: 'Asia/Tehran', sandboxUrl: undefined, ...over }),
  );
}

test('leads to what is live, and says whose time it shows', async () => {
  const page = await render();

  assert.match(page, new RegExp(`<a href="${url}">`));
  assert.match(page, /Times are in Asia\/Tehran\./);
  assert.doesNotMatch(page, /sandbox/);
});

test('says of the sandbox that nothing is live, and leads to no real network', async () => {
  const page = await render({ sandboxUrl: 'http://127.0.0.1:8421' });

  assert.match(page, /nothing here has reached a real network/);
  assert.doesNotMatch(page, /href="https:/);
});

test('shows what a network said as text, whatever it said', async () => {
  const error = {
    code: 'twitter:403',
    message: '<script>alert(1)</script>',
    advice: '"><img src=x>',
  };

  const page = await render({ publications: [aPublication({ state: 'failed', error })] });

  assert.doesNotMatch(page, /<script|<img/);
  assert.match(page, /&lt;script&gt;/);
});

test('says what is wrong with a config that the scheduler cannot use', async () => {
  const problem = {
    line: 7,
    column: 3,
    message: 'There is no key <b>.',
    severity: 'error',
  } as const;
  const brokenConfig = {
    file: 'mine.yaml',
    since: DUE,
    problems: [{ ...problem, file: 'mine.yaml' }],
    count: 21,
    by: 'host:1:1',
  };

  const page = await render({ brokenConfig });

  assert.match(page, /mine\.yaml cannot be used/);
  assert.match(page, /mine\.yaml:7:3 There is no key &lt;b&gt;\./);
  assert.match(page, /and 20 more/);
});
