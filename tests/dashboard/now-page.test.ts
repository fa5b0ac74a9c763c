import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Publication } from '../../src/core/publication.ts';
import type { DashboardData } from '../../src/dashboard/data.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { startTestDashboard } from '../support/dashboard.ts';
import { aPublication, DUE } from '../support/publications.ts';

const url = 'https://x.com/newsroom/status/1';
const published = aPublication({
  state: 'published',
  publishedAt: DUE,
  receipt: { remoteId: '1', url },
});

async function render(
  data: Partial<DashboardData> = {},
  publications: readonly Publication[] = [published],
): Promise<string> {
  const dashboard = await startTestDashboard({ publications, data });
  const answer = await dashboard.get('/', { 'accept-language': 'en' });
  assert.equal(answer.status, 200);
  return answer.text();
}

test('leads to what is live, and says whose time it shows', async () => {
  const page = await render({ timezone: () => 'Asia/Tehran' });

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

  const page = await render({}, [aPublication({ state: 'failed', error })]);

  assert.doesNotMatch(page, /<script>|<img/);
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

  const page = await render({ brokenConfig: async () => brokenConfig });

  assert.match(page, /mine\.yaml cannot be used/);
  assert.match(page, /mine\.yaml:7:3 There is no key &lt;b&gt;\./);
  assert.match(page, /and 20 more/);
});

test('speaks the language that the visitor reads, in its direction', async () => {
  const dashboard = await startTestDashboard();

  const page = await (
    await dashboard.get('/', { 'accept-language': 'fa-IR,fa;q=0.9,en;q=0.5' })
  ).text();

  assert.match(page, /<html lang="fa" dir="rtl">/);
  assert.match(page, /همه چیز روبه‌راه است/);
});

test('shows what the daily check has found and somebody has to mend, and nothing else of it', async () => {
  const found = (severity: 'note' | 'warning', message: string): Finding => ({
    ...{ check: 'account', code: 'any', severity, message, remedy: 'Connect <it>.' },
  });

  const page = await render({
    findings: async () => [found('warning', 'page: its token ends.'), found('note', 'A hint.')],
  });

  assert.match(page, /page: its token ends\.\s+Connect &lt;it&gt;\./);
  assert.doesNotMatch(page, /A hint/);
});
