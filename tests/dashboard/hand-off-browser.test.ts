import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeLink } from '../../src/dashboard/access/make-link.ts';
import { findBarriers, fitsWidth, skipsBrowser, startBrowser } from '../support/browser.ts';
import { startTestDashboard } from '../support/dashboard.ts';
import { handOver, POST_URL, startHandOffDashboard, TUBE, tubePost } from '../support/hand-off.ts';
import { anIntent, aPost, NAME, useLedgers } from '../support/ledger.ts';
import { halves } from '../support/pictures.ts';
import { useQueues } from '../support/queue.ts';

const TELEPHONE = { width: 320, height: 640 };
const TEXT =
  'Our spring report is out 🎉\n\nگزارش بهار منتشر شد\n\nhttps://news.example.org/spring';
const DAY_MS = 86_400_000;

describe('posting by hand, in a browser', { skip: skipsBrowser }, () => {
  const browser = startBrowser();
  const openLedger = useLedgers();
  const openQueues = useQueues();

  async function openHandOff() {
    const bench = openLedger();
    const bytes = await halves().png().toBuffer();
    const image = {
      ...({ hash: 'a'.repeat(64), type: 'image/png', size: bytes.length } as const),
      ...{ alt: 'Readers in the garden', file: 'a-rather-long-name-of-a-file-for-a-telephone.png' },
    };
    await bench.ledger.putMedia(image, bytes);
    await handOver(bench, { post: tubePost({ text: TEXT, media: [image] }) });
    return { bench, dashboard: await startHandOffDashboard(bench) };
  }

  for (const locale of ['en-GB', 'fa-IR']) {
    test(`goes from the text to "it is live" on a telephone, in ${locale}`, async () => {
      const { bench, dashboard } = await openHandOff();
      const { page, complaints } = await browser.open(`${dashboard.url}/hand-off/${TUBE}`, {
        ...{ locale, viewport: TELEPHONE, permissions: ['clipboard-read', 'clipboard-write'] },
      });
      assert.ok(await fitsWidth(page));
      assert.deepEqual(await findBarriers(page), []);

      await page.locator('[data-copy]').click();
      await page.locator('[data-told]:not(:empty)').waitFor();
      const copied = await page.evaluate('navigator.clipboard.readText()');
      const seen = await page.evaluate('document.images[0].naturalWidth');
      const download = page.waitForEvent('download');
      await page.locator('a[download]').click();
      const kept = (await download).suggestedFilename();
      const composer = await page.locator('a.button').getAttribute('href');
      await page.locator('input[name=url]').fill('https://www.youtube.com/@newsroom');
      await page.locator('form.stack button').click();
      await page.locator('#problem').waitFor();
      assert.ok(await fitsWidth(page));
      assert.deepEqual(await findBarriers(page), []);
      assert.equal(await bench.state(TUBE), 'handoff');
      await page.locator('input[name=url]').fill(POST_URL);
      await page.locator('form.stack button').click();
      await page.locator('[role=status]').waitFor();

      assert.equal(copied, TEXT);
      assert.equal(seen, 60);
      assert.equal(kept, 'a-rather-long-name-of-a-file-for-a-telephone.png');
      assert.match(composer ?? '', /^https:\/\/www\.youtube\.com\/channel\/UC/);
      assert.equal(await bench.state(TUBE), 'published');
      assert.deepEqual(await findBarriers(page), []);
      const wrong = complaints.filter((line) => !line.includes('422'));
      assert.deepEqual(wrong, []);
    });
  }

  test('works without a script', async () => {
    const { bench, dashboard } = await openHandOff();
    const { page } = await browser.open(`${dashboard.url}/hand-off/${TUBE}`, {
      javaScriptEnabled: false,
      viewport: TELEPHONE,
    });

    assert.equal(await page.locator('[data-copy]').isVisible(), false);
    await page.locator('input[name=url]').fill(POST_URL);
    await page.locator('form.stack button').click();

    assert.equal(await page.locator('[role=status]').isVisible(), true);
    assert.equal(await bench.state(TUBE), 'published');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`approves by a link on a telephone, ${colorScheme}`, async () => {
      const { bench, dashboard } = await openHandOff();
      const required = { status: 'required' } as const;
      const post = aPost({ text: TEXT });
      await bench.ledger.add(anIntent({ due: Date.now() + DAY_MS, approval: required, post }));
      const wish = { deed: 'approve', publication: NAME, for: 'anna', forMs: DAY_MS } as const;
      const parts = { ledger: bench.ledger, store: dashboard.store, accountOf: () => undefined };
      const made = await makeLink(wish, parts);
      const path = 'path' in made ? made.path : assert.fail(made.refused);

      const { page, complaints } = await browser.open(`${dashboard.url}${path}`, {
        ...{ colorScheme, viewport: TELEPHONE },
      });
      assert.ok(await fitsWidth(page));
      assert.deepEqual(await findBarriers(page), []);
      await page.locator('form button').click();
      await page.locator('[role=status]').waitFor();

      assert.equal((await bench.ledger.get(NAME))?.approval?.given?.by, 'anna (by a link)');
      assert.deepEqual(await findBarriers(page), []);
      assert.deepEqual(complaints, []);
    });
  }

  test('shows the queues without breaking the policy of their pages', async () => {
    await using bench = openQueues();
    const dashboard = await startTestDashboard({ data: { queues: bench.queues.all.values() } });

    const { page, complaints } = await browser.open(`${dashboard.url}/queues`);
    await page.getByText('twitter', { exact: false }).first().waitFor();

    assert.deepEqual(complaints, []);
  });
});
