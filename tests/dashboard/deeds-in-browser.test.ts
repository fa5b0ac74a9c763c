import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { findBarriers, fitsWidth, skipsBrowser, startBrowser } from '../support/browser.ts';
import { startTestDesk } from '../support/desk.ts';
import { anIntent, aPost, aThread, NAME, rejected, useLedgers } from '../support/ledger.ts';

const openLedger = useLedgers();
const HOUR = 3_600_000;
const WIDTHS = [320, 1280, 3840];
const LOCALES = ['en-GB', 'fa-IR'];

/** As it looks on every width, to whoever reads it and to programs that check. */
async function insistOnAccess(page: Page): Promise<void> {
  assert.deepEqual(await findBarriers(page), []);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    assert.ok(await fitsWidth(page), `${width} px`);
  }
}

describe('in a browser', { skip: skipsBrowser }, () => {
  const browser = startBrowser();

  const openAs = async (
    desk: Awaited<ReturnType<typeof startTestDesk>>,
    path: string,
    options: Parameters<typeof browser.open>[1] = {},
  ) => {
    const { cookie } = await desk.enter('olga');
    const [name = '', value = ''] = cookie.split('=');
    const opened = await browser.open(`${desk.url}/enter`, options);
    await opened.page.context().addCookies([{ name, value, url: desk.url }]);
    await opened.page.goto(`${desk.url}${path}`);
    return opened;
  };

  async function prepare() {
    const bench = openLedger();
    const now = await bench.ledger.now();
    await bench.ledger.add(anIntent());
    const { fence } = await bench.startSending();
    await bench.ledger.finish(NAME, fence, rejected());
    const approval = { status: 'required' } as const;
    const persian = aPost({ text: 'گزارش بهاری ما\n\nhttps://example.org/fa', language: 'fa' });
    for (const [publication, post] of [
      ['persian/newsroom-page', { ...persian, network: 'facebook' }],
      ['thread/newsroom-x', aThread('One', 'Two <b>bold</b>')],
    ] as const) {
      await bench.ledger.add(anIntent({ publication, post, approval, due: now + HOUR }));
    }
    return { bench, desk: await startTestDesk(bench) };
  }

  for (const path of [
    `/publications/${NAME}`,
    '/publications/persian/newsroom-page',
    '/publications/thread/newsroom-x',
    '/publications/none/newsroom-x',
    '/accounts',
  ]) {
    for (const locale of LOCALES) {
      test(`${path} in ${locale} has no barriers, light and dark, on every width`, async () => {
        const { desk } = await prepare();
        for (const colorScheme of ['light', 'dark'] as const) {
          const { page, complaints } = await openAs(desk, path, { locale, colorScheme });
          await insistOnAccess(page);
          // A page that is not there is told of by the browser itself.
          assert.deepEqual(path.includes('none') ? [] : complaints, []);
          await page.context().close();
        }
      });
    }
  }

  for (const javaScriptEnabled of [true, false]) {
    test(`a deed is asked for, done and told, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
      const { bench, desk } = await prepare();
      const path = '/publications/thread/newsroom-x';
      const { page, complaints } = await openAs(desk, path, { javaScriptEnabled });

      await page.click('form[action="/deeds/approve"] button');
      const isAsked = await page.textContent('.asked');
      if (javaScriptEnabled) await insistOnAccess(page);
      await page.click('.asked button');
      const told = await page.textContent('[role=status]');

      assert.match(isAsked ?? '', /Exactly this text/);
      assert.match(told ?? '', /thread\/newsroom-x is approved by olga/);
      assert.equal((await bench.ledger.get('thread/newsroom-x'))?.state, 'scheduled');
      assert.deepEqual(complaints, []);
    });
  }

  test('everything is stopped with one click and one confirmation, and goes on the same way', async () => {
    const { bench, desk } = await prepare();
    const { page, complaints } = await openAs(desk, '/history', { locale: 'en-GB' });

    await page.click('text=Stop everything');
    await page.click('.asked button');
    const isStopped = (await bench.ledger.holds()).has('*');
    await page.click('text=Let everything go on');
    await page.click('.asked button');

    assert.equal(isStopped, true);
    assert.equal((await bench.ledger.holds()).size, 0);
    assert.deepEqual(complaints, []);
  });

  test('a page that is looked at shows what somebody else does, and keeps what is being written', async () => {
    const { bench, desk } = await prepare();
    const { page } = await openAs(desk, '/publications/persian/newsroom-page');

    await page.fill('form[action="/deeds/hold"] input[name=reason]', 'half a sen');
    const edda = await desk.enter('edda');
    await edda.carryOut('cancel', { publication: 'persian/newsroom-page' });
    await page.waitForTimeout(300);

    assert.equal(
      await page.inputValue('form[action="/deeds/hold"] input[name=reason]'),
      'half a sen',
    );
    assert.equal(await bench.state('persian/newsroom-page'), 'cancelled');
  });
});
