import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { FittedImage } from '../../src/core/fitted-image.ts';
import type { ImageRules } from '../../src/core/image-rules.ts';
import { openImageFitter } from '../../src/media/image-fitter.ts';
import { asTaken, halves, noise, someRules } from '../support/pictures.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'carillon-fitter-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  // Long enough ago for its hash to be remembered.
  await utimes(file, 1_000_000_000, 1_000_000_000);
  return file;
}

/** With a fitter of its own, as another process has. */
function fit(file: string, rules: ImageRules = someRules(), alt = 'What it shows') {
  return openImageFitter(path.join(folder, 'data'))({ file, alt }, rules, 0);
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const smaller = someRules({ maxSide: 30 });

test('an image within the rules is its own file, and its hash says so', async () => {
  const bytes = await halves().png().toBuffer();
  const file = await put('tree.png', bytes);

  const fitted = await fit(file);

  const { hash, source, ...media } = fitted.media;
  assert.deepEqual([fitted.file, hash, source], [file, hashOf(bytes), undefined]);
  assert.deepEqual(media, {
    type: 'image/png',
    size: bytes.length,
    alt: 'What it shows',
    file: 'tree.png',
    width: 60,
    height: 40,
  });
});

test('a fitted image is a file named by its hash, and remembers its source', async () => {
  const bytes = await asTaken(halves()).jpeg().toBuffer();

  const { media, file } = await fit(await put('tree.jpg', bytes));

  assert.equal(media.source, hashOf(bytes));
  assert.equal(media.hash, hashOf(await readFile(file)));
  assert.equal(path.basename(file), `${media.hash}.jpeg`);
  assert.equal(media.size, (await readFile(file)).length);
});

test('what was fitted once is taken from the directory', async () => {
  const file = await put('tree.png', await halves().png().toBuffer());
  const first = await fit(file, smaller);
  const record = await theRecord();
  await writeFile(
    record,
    (await readFile(record, 'utf8')).replace(/"notes":\[.*?\]/, '"notes":["kept"]'),
  );

  const again = await fit(file, smaller);

  assert.deepEqual(again, { ...first, notes: ['kept'] });
});

test('the same image under another name, or with other words, is not fitted again', async () => {
  const bytes = await halves().png().toBuffer();
  const first = await fit(await put('a.png', bytes), smaller);

  const second = await fit(await put('b.png', bytes), smaller, 'Other words');

  assert.equal(second.file, first.file);
  assert.deepEqual([second.media.file, second.media.alt], ['b.png', 'Other words']);
});

test('an image that is saved anew is fitted anew, even with the size and the time of the old one', async () => {
  const bytes = await halves(60, 40).tiff({ compression: 'none' }).toBuffer();
  const saved = await halves(40, 60).tiff({ compression: 'none' }).toBuffer();
  assert.equal(saved.length, bytes.length);
  const file = await put('tree.png', bytes);
  const before = await fit(file, smaller);

  await put('tree.png', saved);
  const after = await fit(file, smaller);

  assert.notEqual(after.media.hash, before.media.hash);
  assert.equal(after.media.source, hashOf(saved));
});

test('other rules make another image', async () => {
  const file = await put('tree.png', await halves().png().toBuffer());

  const widths = [await fit(file, smaller), await fit(file, someRules({ maxSide: 20 }))];

  assert.deepEqual(
    widths.map(({ media }) => media.width),
    [30, 20],
  );
});

for (const [damage, spoil] of Object.entries<(fitted: FittedImage) => Promise<void>>({
  'cut short': ({ file }) => truncate(file, 20),
  gone: ({ file }) => rm(file),
  'of other bytes': async ({ file }) => {
    const bytes = await readFile(file);
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    await writeFile(file, bytes);
  },
  'without its record': async () => writeFile(await theRecord(), '{"hash":'),
})) {
  test(`a kept image that is ${damage} is made again`, async () => {
    const file = await put('tree.jpg', await asTaken(halves()).jpeg().toBuffer());
    const fitted = await fit(file);
    const bytes = await readFile(fitted.file);

    await spoil(fitted);
    const again = await fit(file);

    assert.deepEqual(again, fitted);
    assert.ok((await readFile(again.file)).equals(bytes));
  });
}

test('nothing half-written is left behind', async () => {
  const file = await put('tree.jpg', await asTaken(halves()).jpeg().toBuffer());
  await Promise.all(Array.from({ length: 8 }, () => fit(file)));

  const names = await readdir(path.join(folder, 'data'), { recursive: true });

  assert.deepEqual(
    names.filter((name) => name.endsWith('.part')),
    [],
  );
});

test('what is kept goes after a quarter, and half-written files after a day, once another image is fitted', async () => {
  const old = await fit(await put('old.jpg', await asTaken(halves()).jpeg().toBuffer()));
  const directory = path.dirname(old.file);
  const age = async (name: string, days: number) => {
    await writeFile(path.join(directory, name), '', { flag: 'a' });
    const then = Date.now() / 1000 - days * 86_400;
    await utimes(path.join(directory, name), then, then);
  };
  await age(path.basename(old.file), 91);
  await age('young.png', 89);
  await age('left.png.part', 2);
  await age('in-hand.png.part', 0.5);

  await fit(await put('new.jpg', await asTaken(halves(90, 60)).jpeg().toBuffer()));

  const left = await readdir(directory);
  assert.ok(!left.includes(path.basename(old.file)) && !left.includes('left.png.part'));
  assert.ok(left.includes('young.png') && left.includes('in-hand.png.part'));
});

test('what cannot be used is said in a sentence', async () => {
  const cut = (await noise(100, 100).png().toBuffer()).subarray(0, 5_000);
  const faults = [
    [await put('cut.png', cut), /not whole/],
    [
      await put('drawing.png', Buffer.from('<?xml version="1.0"?>\n<svg/>')),
      /"drawing\.png" is a drawing \(SVG\).*Export it as PNG/,
    ],
    [
      await put('phone.jpg', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')),
      /HEIC.*Export it as JPEG/,
    ],
    [await put('scan.jpg', Buffer.from('%PDF-1.7')), /PDF file/],
    [path.join(folder, 'none.png'), /cannot be read \(ENOENT\)\. Check that it is there/],
  ] as const;

  for (const [file, says] of faults) await assert.rejects(fit(file), says);
});

test('an image of more than 64 MB is not even read', async () => {
  const file = await put('huge.png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  await truncate(file, 64_000_001);

  await assert.rejects(fit(file), /larger than 64 MB\. Save it smaller/);
});

test('a data directory that cannot be written to is said, with what to do', async () => {
  await writeFile(path.join(folder, 'data'), 'a file in its place');
  const file = await put('tree.jpg', await asTaken(halves()).jpeg().toBuffer());

  await assert.rejects(fit(file), /kept in the data directory \(E\w+\)\. Make room/);
});

async function theRecord(): Promise<string> {
  const directory = path.join(folder, 'data', 'fitted');
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
  assert.equal(names.length, 1);
  return path.join(directory, String(names[0]));
}
