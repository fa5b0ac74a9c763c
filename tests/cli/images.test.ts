import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { type CommandBench, useCommands } from '../support/command-bench.ts';
import { anError, anIntent, aPost } from '../support/ledger.ts';
import { asTaken, halves, movingGif, noise } from '../support/pictures.ts';
import { makePng } from '../support/png.ts';

const openBench = useCommands();
const NAME = 'one/newsroom-x';

function writePicture({ folder }: CommandBench, name: string, bytes: Uint8Array): void {
  mkdirSync(join(folder, 'config', 'pics'), { recursive: true });
  writeFileSync(join(folder, 'config', 'pics', name), bytes);
}

function writeImages(bench: CommandBench, images: string, to = 'newsroom-x'): void {
  bench.writeConfig(`timezone: Europe/Paris
sandbox: true
accounts:
  newsroom-x: { network: twitter }
  newsroom-page: { network: facebook, pageId: "1000200030004" }
publishing: { backoff: 10ms, attempts: 1 }
publications:
  - id: one
    at: now
    to: [${to}]
    article: { title: Pictures, images: [${images}] }
`);
}

interface Accepted {
  readonly media: readonly {
    readonly type: string;
    readonly alt: string;
    readonly sha256: string;
  }[];
}

async function acceptedBy({ env }: CommandBench): Promise<readonly Accepted[]> {
  const response = await fetch(`http://127.0.0.1:${env.CARILLON_SANDBOX_PORT}/log`);
  return (await response.json()) as readonly Accepted[];
}

test('several images go out as they were planned, with their words and without their places', async () => {
  const bench = openBench();
  writePicture(bench, 'gate.jpg', await asTaken(halves(600, 400), 6).jpeg().toBuffer());
  writePicture(bench, 'scan.tiff', await halves(90, 60).tiff().toBuffer());
  writeImages(bench, '{ file: pics/gate.jpg, alt: A gate }, { file: pics/scan.tiff, alt: "" }');

  assert.equal((await bench.run(['apply'])).status, 0);
  const planned = await bench.ledger.post(NAME);
  await bench.workUntil(NAME, 'published');

  const [post] = await acceptedBy(bench);
  const sent = planned?.media.map(({ hash, alt, type }) => [hash, alt, type]);
  assert.deepEqual(
    post?.media.map(({ sha256, alt, type }) => [sha256, alt, type]),
    sent,
  );
  assert.deepEqual(
    planned?.media.map(({ width, height }) => [width, height]),
    [
      [400, 600],
      [90, 60],
    ],
  );
  for (const { hash } of planned?.media ?? []) {
    const { exif, xmp, orientation, format } = await sharp(
      await bench.ledger.media(hash),
    ).metadata();
    assert.deepEqual([exif, xmp, orientation, format], [undefined, undefined, undefined, 'jpeg']);
  }
});

test('an apply after the kept images are gone changes nothing, as the images are the same', async () => {
  const bench = openBench();
  writePicture(bench, 'gate.jpg', await asTaken(halves(600, 400), 6).jpeg().toBuffer());
  writeImages(bench, '{ file: pics/gate.jpg, alt: A gate }');
  await bench.run(['apply']);

  writePicture(bench, 'gate.jpg', await asTaken(halves(600, 400), 6).jpeg().toBuffer());
  const again = await bench.run(['plan', '--json'], {
    env: { CARILLON_DATA_DIR: join(bench.folder, 'other-data') },
  });

  assert.deepEqual(JSON.parse(again.out), { changes: [], unchanged: 1 });
});

test('check and preview say what becomes of each image, and refuse one that is not whole', async () => {
  const bench = openBench();
  writePicture(bench, 'wall.png', await noise(5_000, 50).png().toBuffer());
  writePicture(bench, 'moving.gif', await movingGif());
  writePicture(bench, 'cut.png', (await noise(100, 100).png().toBuffer()).subarray(0, 9_000));
  const good = '{ file: pics/wall.png, alt: A wall }, { file: pics/moving.gif, alt: Colours }';

  writeImages(bench, good, 'newsroom-x, newsroom-page');
  const fine = await bench.run(['check']);
  const preview = await bench.run(['preview']);
  writeImages(bench, `${good}, { file: pics/cut.png, alt: x }`, 'newsroom-x, newsroom-page');
  const cut = await bench.run(['check', '--json']);

  assert.equal(fine.status, 0, fine.out + fine.err);
  assert.match(fine.out, /11:50 warning: wall\.png: It is so long that on X only 41 pixels/);
  assert.match(
    fine.out,
    /warning: moving\.gif: It stands still.*X shows a moving image only alone/,
  );
  assert.match(
    preview.out,
    /^Image: wall\.png \(PNG, 4096 × 41, \d+ kB\), described as “A wall”$/m,
  );
  assert.equal(cut.status, 2);
  const { problems } = JSON.parse(cut.out) as { problems: { severity: string; message: string }[] };
  const errors = problems.filter(({ severity }) => severity === 'error');
  assert.equal(errors.length, 1);
  assert.match(errors[0]?.message ?? '', /cut\.png cannot be used\. It is not whole/);
});

test('a retry long after fails with a sentence if its image is no longer in Redis, and a change mends it', async () => {
  const bench = openBench();
  writePicture(bench, 'gate.png', await halves().png().toBuffer());
  writeImages(bench, '{ file: pics/gate.png, alt: A gate }');
  const gone = { ...makePng('A gate').media, hash: 'f'.repeat(64) };
  const post = aPost({ media: [gone] });
  await bench.ledger.addMissed(anIntent({ publication: NAME, due: Date.now(), post }), anError());

  await bench.run(['retry', NAME]);
  const { error } = await bench.workUntil(NAME, 'failed');
  await bench.run(['apply']);
  await bench.workUntil(NAME, 'published');

  assert.equal(error?.code, 'twitter:image-gone');
  assert.match(`${error?.message} ${error?.advice}`, /no longer in Redis\. Change the post/);
  assert.equal((await acceptedBy(bench))[0]?.media.length, 1);
});
