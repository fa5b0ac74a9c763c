import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { embedImage } from '../../src/preview/embed-image.ts';
import { groupByDay, renderPreviewPage } from '../../src/preview/preview-page.ts';
import type { PreviewedConfig, PreviewedPost } from '../../src/preview/previewed.ts';
import { aPost } from '../support/ledger.ts';
import { makePng } from '../support/png.ts';

const due = {
  instant: '2026-11-24T08:00:00.000Z',
  day: 'Tue 24 Nov 2026',
  words: 'Tue 24 Nov 2026 09:00 (Europe/Paris, 08:00 UTC)',
};
const library = {
  name: 'library-x',
  network: 'twitter',
  networkName: 'X',
  shownName: 'library-x',
  handle: '@library',
  isAssisted: false,
};
const page = {
  ...library,
  name: 'library-page',
  network: 'facebook',
  networkName: 'Facebook',
  shownName: 'City Library',
  handle: undefined,
};
const tube = {
  ...library,
  name: 'library-tube',
  network: 'youtube',
  networkName: 'YouTube',
  isAssisted: true,
};

function aPreviewed(over: Partial<PreviewedPost> = {}): PreviewedPost {
  return {
    publication: 'spring-report/library-x',
    entry: 'spring-report',
    account: library,
    post: aPost(),
    lengths: [{ used: 25, limit: 280 }],
    due,
    card: undefined,
    problems: [],
    ...over,
  };
}

function aConfig(over: Partial<PreviewedConfig> = {}): PreviewedConfig {
  return {
    file: 'config/carillon.yaml',
    timezone: 'Europe/Paris',
    madeAt: due,
    isSandbox: false,
    posts: [aPreviewed()],
    problemsOfEntries: new Map(),
    problems: [],
    images: new Map(),
    ...over,
  };
}

async function render(over: Partial<PreviewedConfig> = {}) {
  const html = await renderPreviewPage(aConfig(over));
  return { html, document: parseHTML(html).document };
}

const textOf = (element: { textContent: string | null } | null) =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

test('a post stands there with its account, its time in two zones, its text and its length', async () => {
  const { document } = await render();
  const post = document.querySelector('article');

  assert.equal(textOf(post?.querySelector('h4') ?? null), 'spring-report/library-x');
  assert.match(textOf(post), /X · Tue 24 Nov 2026 09:00 \(Europe\/Paris, 08:00 UTC\)/);
  assert.equal(textOf(post?.querySelector('.text') ?? null), 'Our spring report is out');
  assert.match(textOf(post?.querySelector('.length') ?? null), /25 \/ 280/);
});

test('the page asks for nothing: its policy forbids it, and its style is the one that is allowed', async () => {
  const { html, document } = await render();
  const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');

  assert.match(policy, /^default-src 'none'; img-src data:; /);
  assert.ok(policy.includes(`style-src 'sha256-${hash}'`));
  assert.doesNotMatch(html, /<script|<link|<iframe|\sstyle=|@import|url\(/);
});

test('no text, name or address of an article becomes part of the code of the page', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=y>',
      "' onload='x",
      '</style>',
    ),
    fc.constantFrom(
      'https://e.example/"onclick="x',
      'javascript:alert(1)',
      '<!--',
      ']]>',
      '&lt;b&gt;',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 8, maxLength: 8 }), async (words) => {
      const [post = '', name = '', title = '', alt = '', message = '', file = '', link = ''] =
        words;
      const problem = { severity: 'error', message, file, line: 1, column: 1 } as const;
      const { document, html } = await render({
        file,
        posts: [
          aPreviewed({
            publication: name,
            account: { ...library, name, shownName: name, handle: title },
            post: aPost({ text: post, language: alt, media: [{ ...makePng(alt).media, file }] }),
            problems: [problem],
            card: { link, domain: link, shape: 'small', title, description: message, note: title },
          }),
        ],
      });
      assert.equal(document.querySelectorAll('script, iframe, object, form').length, 0);
      assert.equal(document.querySelectorAll('img').length, 0);
      assert.equal(document.querySelectorAll('style').length, 1);
      assert.doesNotMatch(html, /<[^>"]*\son\w+=/);
      for (const a of document.querySelectorAll('main a')) {
        assert.match(a.getAttribute('href') ?? '', /^https?:\/\//);
      }
    }),
    { numRuns: 60 },
  );
});

test('a long text is folded on Facebook and opens without a script; on X it is not', async () => {
  const post = aPost({ text: 'A sentence of some words. '.repeat(40) });
  const { document } = await render({
    posts: [
      aPreviewed({ post }),
      aPreviewed({ account: page, post: { ...post, network: 'facebook' } }),
    ],
  });
  const [onX, onFacebook] = document.querySelectorAll('article');

  assert.equal(onX?.querySelector('details'), null);
  assert.match(textOf(onFacebook?.querySelector('details summary') ?? null), /…\s*See more$/);
  assert.ok(textOf(onFacebook?.querySelector('details') ?? null).includes(post.text.trim()));
});

test('the parts of a thread stand below each other, each with its length', async () => {
  const post = aPost({ text: 'One', thread: ['Two', 'Three'] });
  const lengths = [1, 2, 300].map((used) => ({ used, limit: 280 }));
  const { document } = await render({ posts: [aPreviewed({ post, lengths })] });

  assert.deepEqual([...document.querySelectorAll('.post .text')].map(textOf), [
    'One',
    'Two',
    'Three',
  ]);
  assert.deepEqual([...document.querySelectorAll('.length')].map(textOf), [
    'Part 1 of 3: 1 / 280',
    'Part 2 of 3: 2 / 280',
    'Part 3 of 3: 300 / 280, 20 too long',
  ]);
});

test('images have their descriptions, and those that a network hides are counted', async () => {
  const { bytes, media } = makePng('A chart', 2_000);
  const data = (await embedImage(bytes)) ?? '';
  const all = Array.from({ length: 6 }, () => media);
  const { document } = await render({
    images: new Map([[media.hash, data]]),
    posts: [
      aPreviewed({ post: aPost({ media: all }) }),
      aPreviewed({ account: tube, post: aPost({ network: 'youtube', media: all }) }),
    ],
  });
  const [onX, onYouTube] = document.querySelectorAll('article');

  assert.match(data, /^data:image\/webp;base64,/);
  assert.equal(onX?.querySelectorAll('img[alt="A chart"]').length, 4);
  assert.equal(textOf(onX?.querySelector('.hidden-images') ?? null), '+2');
  assert.equal(onYouTube?.querySelectorAll('img').length, 6);
  assert.match(textOf(onYouTube ?? null), /A person posts this\./);
});

test('an image that cannot be read is said to be missing', async () => {
  assert.equal(await embedImage(Buffer.from('no image')), undefined);
  assert.equal(await embedImage(makePng('', 700).bytes.subarray(0, 20)), undefined);
  const post = aPost({ media: [makePng('A chart').media] });
  const { document } = await render({ posts: [aPreviewed({ post })] });
  assert.equal(textOf(document.querySelector('.no-image')), 'grey.png could not be shown here');
});

test('a card says what is not known of it', async () => {
  const card = { link: 'https://e.example/a', domain: 'e.example', shape: 'unknown' } as const;
  const { document } = await render({
    posts: [aPreviewed({ card: { ...card, note: 'Nobody has looked.' } })],
  });
  assert.equal(textOf(document.querySelector('.card')), 'e.example');
  assert.equal(textOf(document.querySelector('.card-note')), 'Nobody has looked.');
});

test('every problem stands where it belongs, and is counted once', async () => {
  const at = { file: 'config/carillon.yaml', line: 3, column: 5 };
  const { document } = await render({
    posts: [
      aPreviewed({ problems: [{ ...at, severity: 'warning', message: 'Of the post.' }] }),
      aPreviewed({ publication: 'spring-report/library-page', account: page }),
    ],
    problemsOfEntries: new Map([
      ['spring-report', [{ ...at, severity: 'error', message: 'Of the entry.' }]],
    ]),
    problems: [{ ...at, severity: 'warning', message: 'Of the rest.' }],
  });

  assert.deepEqual([...document.querySelectorAll('.counts li')].map(textOf), [
    '2 publications',
    '1 error',
    '2 warnings',
  ]);
  assert.match(textOf(document.querySelector('article .problems')), /^Warning Of the post\./);
  assert.match(textOf(document.querySelector('.entry > .problems')), /^Error Of the entry\./);
  assert.match(textOf(document.querySelector('.config-problems')), /Of the rest\./);
});

test('the days are in order, with what goes out at the first apply before them', () => {
  const later = { ...due, instant: '2026-11-25T08:00:00.000Z', day: 'Wed 25 Nov 2026' };
  const posts = [
    aPreviewed({ due: later, entry: 'b' }),
    aPreviewed({ entry: 'a' }),
    aPreviewed({ due: undefined, entry: 'c' }),
    aPreviewed({ entry: 'a', account: page }),
  ];
  const days = groupByDay({ posts, problemsOfEntries: new Map() });

  assert.deepEqual(
    days.map(({ name, entries }) => [
      name,
      entries.map((entry) => [entry.name, entry.posts.length]),
    ]),
    [
      ['At the first apply', [['c', 1]]],
      ['Tue 24 Nov 2026', [['a', 2]]],
      ['Wed 25 Nov 2026', [['b', 1]]],
    ],
  );
});

test('each link within the page leads somewhere, and each id is there once', async () => {
  const { document } = await render({
    posts: [aPreviewed(), aPreviewed({ account: page }), aPreviewed({ due: undefined })],
  });
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const a of document.querySelectorAll('a[href^="#"]')) {
    assert.ok(ids.includes(a.getAttribute('href')?.slice(1) ?? ''));
  }
});
