import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DashboardData } from '../../src/dashboard/data.ts';
import { createOverview } from '../../src/dashboard/overview/overview.ts';
import { rowOf } from '../../src/dashboard/overview/row.ts';
import { findBarriers, fitsWidth, skipsBrowser, startBrowser } from '../support/browser.ts';
import { startTestDashboard } from '../support/dashboard.ts';
import { aPost } from '../support/ledger.ts';
import { aPublication, DUE } from '../support/publications.ts';
import { aBrokenPlan, aFullPlan, troubled } from '../support/scenes.ts';

const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
  { width: 3840, height: 2160 },
];

const PATHS = [
  '/',
  '/plan',
  '/approvals',
  '/calendar',
  '/calendar?view=week',
  '/calendar?view=list',
  '/history',
  '/history?search=later',
];

describe('in a browser', { skip: skipsBrowser }, () => {
  const browser = startBrowser();

  const isFit = async (url: string, locale: string, colorScheme: 'light' | 'dark') => {
    const { page, complaints } = await browser.open(url, { locale, colorScheme });
    const direction = await page.locator('html').getAttribute('dir');
    assert.equal(direction, locale === 'fa-IR' ? 'rtl' : 'ltr');
    assert.deepEqual(await findBarriers(page), []);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      assert.ok(await fitsWidth(page), `${size.width} px`);
    }
    assert.deepEqual(complaints, []);
    await page.context().close();
  };

  for (const path of PATHS) {
    test(`${path} has no barriers and no errors in any language and colour, on every width`, async () => {
      const dashboard = await startTestDashboard(troubled);
      await isFit(`${dashboard.url}${path}`, 'en-GB', 'light');
      await isFit(`${dashboard.url}${path}`, 'en-GB', 'dark');
      await isFit(`${dashboard.url}${path}`, 'fa-IR', 'dark');
    });
  }

  test('an empty installation, a plan and a broken one have no barriers either', async () => {
    const empty = await startTestDashboard();
    const full = await startTestDashboard({ data: { plan: async () => aFullPlan } });
    const broken = await startTestDashboard({ data: { plan: async () => aBrokenPlan } });

    await isFit(`${empty.url}/`, 'fa-IR', 'light');
    await isFit(`${empty.url}/approvals`, 'en-GB', 'light');
    await isFit(`${full.url}/plan`, 'en-GB', 'light');
    await isFit(`${full.url}/plan`, 'fa-IR', 'dark');
    await isFit(`${broken.url}/plan`, 'en-GB', 'dark');
  });

  test('the keyboard reaches everything in its order, and what is in focus is seen', async () => {
    const dashboard = await startTestDashboard(troubled);
    const { page } = await browser.open(`${dashboard.url}/`);

    await page.keyboard.press('Tab');
    assert.equal(await page.locator(':focus').getAttribute('href'), '#content');
    assert.ok(await page.locator(':focus').isVisible());
    const seen: string[] = [];
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(
        'getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth',
      );
      assert.equal(outline, 'solid3px');
      seen.push((await page.locator(':focus').getAttribute('href')) ?? '');
    }

    assert.deepEqual(seen, [...['/', '/calendar', '/plan', '/approvals', '/history', '/accounts']]);
    await page.context().close();
  });

  test('the link over the menu leads to the content', async () => {
    const dashboard = await startTestDashboard(troubled);
    const { page } = await browser.open(`${dashboard.url}/history`);

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');

    assert.ok(await page.locator('main :focus').isVisible());
    await page.context().close();
  });

  const failing = (n: number) =>
    rowOf(
      aPublication({
        publication: `e${n}/newsroom-x`,
        state: 'failed',
        error: { code: 'twitter:403', message: 'X refuses the account.', advice: 'Connect it.' },
      }),
      aPost(),
    );
  const coming = (name: string) =>
    rowOf(aPublication({ publication: `${name}/newsroom-x`, due: DUE + 60_000 }), aPost());

  /** A dashboard that follows what the test changes. */
  const startLive = async (data: Partial<DashboardData> = {}) => {
    const overview = createOverview();
    overview.fill([failing(1), failing(2), coming('first')]);
    const dashboard = await startTestDashboard({ data: { overview, ...data } });
    return { overview, url: dashboard.url };
  };

  test('what is new appears by itself; what is in focus, and what is unfolded, stays so', async () => {
    const { overview, url } = await startLive();
    const { page, complaints } = await browser.open(`${url}/`);
    await page.locator('details summary').click();
    const link = page.locator('.coming a', { hasText: 'first/newsroom-x' });
    await link.focus();

    overview.update([['second/newsroom-x', coming('second')]]);
    await page.locator('.coming a', { hasText: 'second/newsroom-x' }).waitFor();

    assert.equal(await page.locator(':focus').textContent(), 'first/newsroom-x');
    assert.equal(await page.locator('details').getAttribute('open'), '');
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('nothing is renewed under whoever writes, until they are done', async () => {
    const { overview, url } = await startLive();
    const { page } = await browser.open(`${url}/history`);
    const field = page.locator('input[type=search]');
    await field.focus();
    const told = page.waitForResponse(async (response) => response.url().endsWith('/live'));
    await page.reload();
    await told;
    await field.pressSequentially('fir');

    overview.update([['second/newsroom-x', coming('second')]]);
    await page.waitForTimeout(2_500);
    const meanwhile = await page.locator('tbody tr').count();

    assert.equal(await field.inputValue(), 'fir');
    assert.equal(meanwhile, 3);
    await page.context().close();
  });

  test('without a script everything is there, the search too', async () => {
    const dashboard = await startTestDashboard(troubled);
    const { page } = await browser.open(`${dashboard.url}/`, { javaScriptEnabled: false });

    assert.match((await page.locator('.summary').textContent()) ?? '', /in 2 h 10 min/);
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByLabel('Search names and texts').fill('later');
    await page.getByRole('button', { name: 'Show' }).click();

    assert.equal(await page.locator('tbody tr').count(), 1);
    await page.context().close();
  });

  test("the week's plan is printed day by day, with its texts and without what only a screen needs", async () => {
    const dashboard = await startTestDashboard(troubled);
    const { page } = await browser.open(`${dashboard.url}/calendar?view=week&day=2026-11-24`);
    await page.emulateMedia({ media: 'print' });

    assert.equal(await page.locator('.top nav').isVisible(), false);
    assert.equal(await page.locator('.pages').isVisible(), false);
    assert.equal(await page.locator('.due .beginning').first().isVisible(), true);
    const columns = await page.evaluate(
      'getComputedStyle(document.querySelector(".week")).gridTemplateColumns.split(" ").length',
    );
    assert.equal(columns, 1);
    assert.equal((await page.pdf({ format: 'A4' })).subarray(0, 5).toString(), '%PDF-');
    await page.context().close();
  });

  test('a text in a script from right to left keeps its direction, and its name keeps the other', async () => {
    const dashboard = await startTestDashboard(troubled);
    const { page } = await browser.open(`${dashboard.url}/history?search=گزارش`);

    const directionOf = (selector: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).direction`);
    assert.equal(await directionOf('tbody .beginning'), 'rtl');
    assert.equal(await directionOf('tbody a bdi'), 'ltr');
    await page.context().close();
  });
});
