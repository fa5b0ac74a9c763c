import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { ImageError } from '../../src/core/fitted-image.ts';
import { imageFormatOf } from '../../src/core/image-format.ts';
import type { ImageRules } from '../../src/core/image-rules.ts';
import { fitBytes } from '../../src/media/fit-bytes.ts';
import {
  asTaken,
  colourAt,
  halves,
  isNear,
  movingGif,
  movingRules,
  noise,
  someRules,
} from '../support/pictures.ts';

const red = [255, 0, 0];
const blue = [0, 0, 255];
const white = [255, 255, 255];

function fit(bytes: Buffer, rules: ImageRules = someRules(), beside = 0) {
  const format = imageFormatOf(bytes);
  assert.ok(format, 'a form that Carillon reads');
  return fitBytes(bytes, format, rules, beside);
}

/** Nothing but pixels. */
async function assertBare(bytes: Buffer): Promise<void> {
  const { exif, xmp, iptc, icc, comments, orientation } = await sharp(bytes).metadata();
  const left = { exif, xmp, iptc, icc, comments, orientation };
  assert.deepEqual(
    Object.values(left).filter((one) => one !== undefined),
    [],
  );
  assert.doesNotMatch(bytes.toString('latin1'), /SECRET/);
}

describe('an image within the rules', () => {
  for (const form of ['jpeg', 'png', 'webp'] as const) {
    it(`goes out byte for byte as ${form}`, async () => {
      const bytes = await halves().toFormat(form).toBuffer();

      const fitted = await fit(bytes);

      assert.ok(fitted.bytes.equals(bytes));
      const { type, width, height, notes } = fitted;
      assert.deepEqual(
        { type, width, height, notes },
        {
          type: `image/${form}`,
          width: 60,
          height: 40,
          notes: [],
        },
      );
    });

    it(`loses what is not pixels as ${form}, and no pixel changes`, async () => {
      const bytes = await asTaken(halves()).toFormat(form).toBuffer();
      assert.match(bytes.toString('latin1'), /SECRETPHONE/);

      const fitted = await fit(bytes);

      await assertBare(fitted.bytes);
      const pixels = await Promise.all(
        [bytes, fitted.bytes].map((one) => sharp(one).raw().toBuffer()),
      );
      assert.ok(pixels[0]?.equals(pixels[1] as Buffer));
    });
  }

  it('loses what is hidden behind its end', async () => {
    const bytes = await halves().jpeg().toBuffer();

    const fitted = await fit(Buffer.concat([bytes, Buffer.from('SECRET film of a telephone')]));

    assert.ok(fitted.bytes.equals(bytes));
  });
});

describe('an image that was taken with the telephone on its side', () => {
  const corners = {
    3: { size: [60, 40], at: [2, 2], colour: blue },
    6: { size: [40, 60], at: [2, 2], colour: red },
    8: { size: [40, 60], at: [2, 2], colour: blue },
  } as const;
  for (const [orientation, { size, at, colour }] of Object.entries(corners)) {
    it(`is put upright, orientation ${orientation}`, async () => {
      const bytes = await asTaken(halves(), Number(orientation)).jpeg().toBuffer();

      const fitted = await fit(bytes);

      assert.deepEqual([fitted.width, fitted.height], size);
      const { width, height } = await sharp(fitted.bytes).metadata();
      assert.deepEqual([width, height], size);
      assert.ok(isNear(await colourAt(fitted.bytes, at[0], at[1]), colour));
      await assertBare(fitted.bytes);
    });
  }
});

describe('colours', () => {
  const kinds = {
    'of print (CMYK)': () => halves().toColourspace('cmyk').jpeg().toBuffer(),
    'of wide screens (Display P3)': () => halves().withIccProfile('p3').jpeg().toBuffer(),
    'in 16 bits': () => halves().toColourspace('rgb16').png().toBuffer(),
  };
  for (const [kind, make] of Object.entries(kinds)) {
    it(`${kind} become those of every screen`, async () => {
      const fitted = await fit(await make());

      const { space, depth } = await sharp(fitted.bytes).metadata();
      assert.deepEqual([space, depth], ['srgb', 'uchar']);
      await assertBare(fitted.bytes);
      const colour = await colourAt(fitted.bytes, 5, 5);
      assert.ok((colour[0] ?? 0) > 200 && (colour[2] ?? 255) < 80, `red is ${colour}`);
    });
  }
});

describe('forms that a network does not take', () => {
  for (const form of ['avif', 'tiff'] as const) {
    it(`${form} becomes JPEG`, async () => {
      const fitted = await fit(await halves().toFormat(form).toBuffer());

      assert.equal(fitted.type, 'image/jpeg');
      assert.equal((await sharp(fitted.bytes).metadata()).format, 'jpeg');
      assert.deepEqual([fitted.width, fitted.height], [60, 40]);
    });
  }

  it('a GIF that stands still becomes PNG, without a note', async () => {
    const fitted = await fit(await halves().gif().toBuffer(), someRules({ moving: movingRules }));

    assert.deepEqual([fitted.type, fitted.notes], ['image/png', []]);
  });

  it('what is transparent becomes white where only JPEG is taken, and it is said', async () => {
    const bytes = await noise(30, 30, 4).png().toBuffer();

    const fitted = await fit(bytes, someRules({ types: ['image/jpeg'] }));

    assert.equal(fitted.type, 'image/jpeg');
    assert.match(fitted.notes.join(), /becomes white on X/);
  });

  it('transparency stays in PNG', async () => {
    const bytes = await noise(30, 30, 4).webp().toBuffer();

    const fitted = await fit(bytes, someRules({ types: ['image/jpeg', 'image/png'] }));

    assert.equal(fitted.type, 'image/png');
    assert.equal((await sharp(fitted.bytes).metadata()).hasAlpha, true);
  });
});

describe('an image that is too large', () => {
  it('is made smaller as a whole', async () => {
    const fitted = await fit(await halves(600, 300).png().toBuffer(), someRules({ maxSide: 200 }));

    assert.deepEqual([fitted.width, fitted.height], [200, 100]);
    assert.ok(isNear(await colourAt(fitted.bytes, 5, 50), red));
    assert.ok(isNear(await colourAt(fitted.bytes, 195, 50), blue));
  });

  for (const maxBytes of [60_000, 20_000, 4_000]) {
    it(`loses quality, then size, until ${maxBytes} bytes hold it`, async () => {
      const fitted = await fit(await noise(500, 400).png().toBuffer(), someRules({ maxBytes }));

      assert.ok(fitted.bytes.length <= maxBytes, `${fitted.bytes.length} bytes`);
      assert.equal(fitted.type, 'image/jpeg');
      assert.ok(Math.abs(fitted.width / fitted.height - 1.25) < 0.05);
    });
  }

  it('is refused where nothing helps', async () => {
    const bytes = await noise(500, 400).png().toBuffer();

    await assert.rejects(fit(bytes, someRules({ maxBytes: 100 })), /small enough for X\. Save/);
  });
});

describe('an image that is longer than a network takes them', () => {
  const ratio = { least: 2 / 5, most: 5 / 2 };

  it('gets bars and loses nothing', async () => {
    const fitted = await fit(await halves(600, 100).png().toBuffer(), someRules({ ratio }));

    assert.deepEqual([fitted.width, fitted.height], [600, 240]);
    assert.ok(isNear(await colourAt(fitted.bytes, 2, 120), red));
    assert.ok(isNear(await colourAt(fitted.bytes, 597, 120), blue));
    assert.ok(isNear(await colourAt(fitted.bytes, 300, 5), white));
    assert.match(fitted.notes.join(), /wider than X takes images: bars are added above and below/);
  });

  it('gets bars at its sides if it is tall', async () => {
    const fitted = await fit(await halves(100, 900).jpeg().toBuffer(), someRules({ ratio }));

    assert.deepEqual([fitted.width, fitted.height], [360, 900]);
    assert.match(fitted.notes.join(), /taller/);
  });

  for (const maxBytes of [5_000_000, 30_000]) {
    it(`a panorama of 12,000 × 100 keeps to every bound, ${maxBytes} bytes included`, async () => {
      const bytes = await noise(12_000, 100).jpeg().toBuffer();

      const { width, height, ...fitted } = await fit(bytes, someRules({ ratio, maxBytes }));

      assert.ok(width / height <= ratio.most && width <= 4096, `${width} × ${height}`);
      assert.ok(fitted.bytes.length <= maxBytes);
      assert.match(fitted.notes.join(), /only 34 pixels are left/);
    });
  }
});

describe('a moving GIF', () => {
  const rules = someRules({ moving: movingRules });

  it('goes out byte for byte within the rules', async () => {
    const bytes = await movingGif();

    const fitted = await fit(bytes, rules);

    assert.ok(fitted.bytes.equals(bytes));
    assert.equal(fitted.type, 'image/gif');
  });

  it('loses its comments and keeps its frames', async () => {
    const bytes = await movingGif();
    const comment = Buffer.concat([Buffer.from([0x21, 0xfe, 6]), Buffer.from('SECRET\0')]);
    const at = bytes.indexOf(Buffer.from([0x21, 0xf9]));
    const commented = Buffer.concat([bytes.subarray(0, at), comment, bytes.subarray(at)]);

    const fitted = await fit(commented, rules);

    assert.ok(fitted.bytes.equals(bytes));
  });

  const stills: Readonly<Record<string, [ImageRules, number]>> = {
    'beside another image': [rules, 1],
    'where none may move': [someRules(), 0],
    'with too many frames': [someRules({ moving: { ...movingRules, maxFrames: 2 } }), 0],
    'that is too wide': [someRules({ moving: { ...movingRules, maxWidth: 50 } }), 0],
    'with too many bytes': [someRules({ moving: { ...movingRules, maxBytes: 100 } }), 0],
    'of a shape that is not taken': [
      someRules({ moving: movingRules, ratio: { least: 0.5, most: 1 } }),
      0,
    ],
  };
  for (const [when, [rulesThen, beside]] of Object.entries(stills)) {
    it(`shows its first frame ${when}, and it is said`, async () => {
      const fitted = await fit(await movingGif(), rulesThen, beside);

      assert.equal(fitted.type, 'image/png');
      assert.equal((await sharp(fitted.bytes).metadata()).pages ?? 1, 1);
      assert.match(fitted.notes.join(), /stands still, as its first frame: .*(X|form)/);
    });
  }
});

it('a moving PNG is said to stand still', async () => {
  const bytes = await halves().png().toBuffer();
  const control = Buffer.from('\0\0\0\x08acTL\0\0\0\x02\0\0\0\0', 'latin1');
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(control.subarray(4)));
  const moving = Buffer.concat([bytes.subarray(0, 33), control, sum, bytes.subarray(33)]);

  const fitted = await fit(moving, someRules({ moving: movingRules }));

  assert.equal(fitted.type, 'image/png');
  assert.match(fitted.notes.join(), /stands still.*X lets only GIFs move/);
});

describe('a file that is not whole', () => {
  for (const form of ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const) {
    for (const share of [0.98, 0.6]) {
      it(`is refused: ${form} of which ${share * 100}% is there`, async () => {
        const bytes = await noise(300, 200).toFormat(form).toBuffer();

        await assert.rejects(fit(bytes.subarray(0, bytes.length * share)), (error) => {
          assert.ok(error instanceof ImageError);
          assert.match(error.message, /not whole.*Save it anew/);
          return true;
        });
      });
    }
  }

  it('is refused: a GIF without its last frame', async () => {
    const bytes = await movingGif();

    await assert.rejects(fit(bytes.subarray(0, bytes.length - 20)), /not whole/);
  });

  it('is refused: a PNG that says to be larger than it is', async () => {
    const bytes = await noise(30, 20).png().toBuffer();
    bytes.writeUInt32BE(200, 20);

    await assert.rejects(fit(bytes), ImageError);
  });
});

it('an image of more than 100 million pixels is refused before it is read', async () => {
  const bytes = await noise(10, 10).png().toBuffer();
  bytes.writeUInt32BE(60_000, 16);
  bytes.writeUInt32BE(60_000, 20);

  await assert.rejects(fit(bytes), /100 million pixels\. Save it smaller/);
});
