import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ArticleImage } from '../../src/core/article.ts';
import type { Entry } from '../../src/core/config.ts';
import { type FitImage, ImageError } from '../../src/core/fitted-image.ts';
import { fingerprintOf } from '../../src/planning/fingerprint.ts';
import { fitPostImages } from '../../src/planning/post-images.ts';
import { anArticle } from '../support/article.ts';
import { aPost } from '../support/ledger.ts';
import { someRules } from '../support/pictures.ts';

const place = { file: 'carillon.yaml', line: 3, column: 1 };

function anEntry(...images: readonly ArticleImage[]): Entry {
  return {
    id: 'one',
    article: anArticle({ images }),
    at: { now: true },
    to: [],
    text: new Map(),
    writing: { template: [], hashtags: [], thread: [], utm: undefined },
    publishByMs: 0,
    place,
  };
}

const image = (name: string, over: Partial<ArticleImage> = {}): ArticleImage => ({
  file: `/pictures/${name}`,
  alt: 'What it shows',
  ...over,
});

/** Fits everything but what is called broken; says how many images stand beside. */
const fitImage: FitImage = async ({ file, alt }, _, beside) => {
  if (file.includes('broken')) throw new ImageError('It is not whole. Save it anew.');
  const media = { hash: file, type: 'image/png', size: 1, alt, file } as const;
  return {
    media,
    file,
    notes: file.includes('moving') ? [`It stands still beside ${beside}.`] : [],
  };
};

test('the first images go out where there are more than the network takes, and the others are named', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => image(`${letter}.png`));

  const { images, problems } = await fitPostImages(anEntry(...names), someRules(), fitImage);

  assert.deepEqual(
    images.map(({ file }) => file),
    names.slice(0, 4).map(({ file }) => file),
  );
  assert.deepEqual(problems, [
    {
      ...place,
      severity: 'warning',
      message: 'X takes 4 images of a post: the first 4 go out, and e.png, f.png stay out.',
    },
  ]);
});

test('a problem stands where its image is named, and hides none of another', async () => {
  const there = { file: 'a.md', line: 9, column: 2 };
  const entry = anEntry(image('broken.png', { place: there }), image('moving.gif'));

  const { images, problems } = await fitPostImages(entry, someRules(), fitImage);

  assert.equal(images.length, 1);
  assert.deepEqual(problems, [
    {
      ...there,
      severity: 'error',
      message: 'The image broken.png cannot be used. It is not whole. Save it anew.',
    },
    { ...place, severity: 'warning', message: 'moving.gif: It stands still beside 1.' },
  ]);
});

test('an image that nobody has asked for by name keeps no post from going out', async () => {
  const entry = anEntry(image('broken.png', { isOptional: true }), image('a.png'));

  const { images, problems } = await fitPostImages(entry, someRules(), fitImage);

  assert.equal(images.length, 1);
  assert.equal(problems[0]?.severity, 'warning');
  assert.match(problems[0]?.message ?? '', /goes out without the image broken\.png\. It is not/);
});

test('a description that the network does not take whole is an error', async () => {
  const entry = anEntry(image('a.png', { alt: 'x'.repeat(1003) }));

  const [strict, lax] = await Promise.all(
    [someRules({ maxAlt: 1000 }), someRules()].map((rules) =>
      fitPostImages(entry, rules, fitImage),
    ),
  );

  assert.equal(strict?.problems[0]?.severity, 'error');
  assert.match(strict?.problems[0]?.message ?? '', /a\.png is 1003 .* X takes\. Shorten it by 3/);
  assert.deepEqual(lax?.problems, []);
});

test('a post is the same post however its image is fitted, and another with another image or words', () => {
  const media = {
    hash: 'fitted',
    source: 'given',
    type: 'image/png',
    size: 1,
    alt: 'A',
    file: 'a.png',
  } as const;
  const of = (over: object) => fingerprintOf(aPost({ media: [{ ...media, ...over }] }));
  const { source, ...untouched } = { ...media, hash: 'given' };

  assert.equal(of({ hash: 'fitted by a later version', type: 'image/jpeg', size: 9 }), of({}));
  assert.equal(fingerprintOf(aPost({ media: [untouched] })), of({}));
  assert.equal(source, 'given');
  assert.notEqual(of({ source: 'another' }), of({}));
  assert.notEqual(of({ alt: 'B' }), of({}));
});
