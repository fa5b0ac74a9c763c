import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findBarriers, fitsWidth, skipsBrowser, startBrowser } from '../support/browser.ts';
import { startTestDashboard } from '../support/dashboard.ts';
import { aPublication, DUE } from '../support/publications.ts';

const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
  { width: 3840, height: 2160 },
];

const error = {
  code: 'twitter:403',
  message: 'X refused the post: <script>alert(1)</script>',
  advice: 'Change the post in the config and apply; it is then sent again.',
};

const publications = [
  aPublication({ state: 'failed', error }),
  aPublication({ publication: 'later/newsroom-x', due: DUE + 86_400_000 }),
  aPublication({ publication: 'now/newsroom-page', network: 'facebook' }),
  aPublication({
    publication: 'out/newsroom-tube',
    network: 'youtube',
    state: 'published',
    publishedAt: DUE,
    receipt: {
      remoteId: '1',
      url: 'https://www.youtube.com/post/UgkxwxxVDJ_GdTRQ3zYKFo1U7Va3wQh4HpXB',
    },
  }),
];

const PATHS = [
  '/',
  '/calendar',
  '/calendar?view=week',
  '/calendar?view=list',
  '/history',
  '/history?search=later',
];

describe('in a browser', { skip: skipsBrowser }, () => {
  const browser = startBrowser();

  for (const path of PATHS) {
    for (const locale of ['en-GB', 'fa-IR']) {
      test(`${path} in ${locale} has no barriers and no errors, light and dark, on every width`, async () => {
        const dashboard = await startTestDashboard({ publications });
        for (const colorScheme of ['light', 'dark'] as const) {
          const { page, complaints } = await browser.open(`${dashboard.url}${path}`, {
            locale,
            colorScheme,
          });
          assert.equal(
            await page.locator('html').getAttribute('dir'),
            locale === 'fa-IR' ? 'rtl' : 'ltr',
          );
          assert.deepEqual(await findBarriers(page), []);
          for (const size of SIZES) {
            await page.setViewportSize(size);
            assert.ok(await fitsWidth(page), `${size.width} px`);
          }
          assert.deepEqual(complaints, []);
          await page.context().close();
        }
      });
    }
  }
});
