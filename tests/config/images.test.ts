import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { loadConfig } from '../../config/load.ts';
import type { ArticleImage } from '../../src/core/article.ts';
import type { Config } from '../../src/core/config.ts';
import { ConfigError } from '../../src/core/problem.ts';
import { type ConfigFolder, makeConfigFolder, png, withLines } from '../support/config-folder.ts';
import { startSmallWeb } from '../support/small-web.ts';

const inline = (rest: string) => withLines({ 15: `    article: { title: One, ${rest} }` });

async function folderWith(config: string, ...names: readonly string[]): Promise<ConfigFolder> {
  const folder = await makeConfigFolder(config);
  for (const name of names) await folder.write(name, png);
  return folder;
}

function shown({ entries }: Config): readonly (readonly [string, string])[] {
  const images: readonly ArticleImage[] = entries[0]?.article.images ?? [];
  return images.map(({ file, alt }) => [path.basename(file), alt]);
}

describe('the images of an article', () => {
  it('are those of "image" and then of "images", each once', async () => {
    const config = inline(
      'image: { file: a.png, alt: A }, images: [{ file: b.png, alt: B }, { file: ./a.png, alt: again }]',
    );
    await using folder = await folderWith(config, 'a.png', 'b.png');

    const { config: read } = await folder.load();

    assert.deepEqual(shown(read), [
      ['a.png', 'A'],
      ['b.png', 'B'],
    ]);
    assert.equal(read.entries[0]?.article.images[1]?.place?.line, 15);
  });

  it('may be decoration', async () => {
    await using folder = await folderWith(inline('images: [{ file: a.png, alt: "" }]'), 'a.png');

    assert.deepEqual(shown((await folder.load()).config), [['a.png', '']]);
  });

  it('are each wanted with words, and there, at their own place', async () => {
    const config = inline('images: [{ file: a.png }, { file: none.png, alt: x }, b.png]');
    await using folder = await folderWith(config, 'a.png');

    const shape = await folder.problems();
    await folder.write('carillon.yaml', inline('images: [{ file: none.png, alt: x }]'));
    const missing = await folder.problems();

    assert.match(shape[0]?.message ?? '', /"alt" is missing: it must say what the image shows/);
    assert.match(shape[1]?.message ?? '', /Item 3 of "images" .*must name its file and say what/);
    assert.match(missing[0]?.message ?? '', /no image "none\.png"/);
    assert.deepEqual([missing[0]?.line, missing[0]?.column], [15, 45]);
  });

  it('come from the front matter of a Markdown file, relative to it', async () => {
    await using folder = await folderWith(
      withLines({ 15: '    article: texts/one.md' }),
      'pictures/a.png',
      'pictures/b.png',
    );
    await folder.write(
      'texts/one.md',
      '---\nimages:\n  - { file: ../pictures/a.png, alt: A }\n  - { file: ../pictures/b.png, alt: B }\n---\n# One\n\n![Other](c.png)\n',
    );

    const { config } = await folder.load();

    assert.deepEqual(shown(config), [
      ['a.png', 'A'],
      ['b.png', 'B'],
    ]);
    assert.deepEqual(config.entries[0]?.article.images[1]?.place, {
      file: 'texts/one.md',
      line: 4,
      column: 13,
    });
  });
});

describe('an image in the text of a Markdown file', () => {
  const bodies: readonly (readonly [string, string, readonly string[]])[] = [
    ['goes along, the first one only', '![A tree](a%20b.png) and ![More](c.png)', ['a b.png']],
    [
      'goes along out of a link and a list',
      '- [![A &amp; tree](c.png "T")](https://x.example)',
      ['c.png'],
    ],
    ['stays away without words', '![](c.png)', []],
    ['stays away if it is a path of a site', '![A tree](/img/c.png)', []],
    ['stays away if it is written into the text', '![A tree](data:image/png;base64,AAAA)', []],
  ];
  for (const [what, body, files] of bodies) {
    it(what, async () => {
      await using folder = await folderWith(
        withLines({ 15: '    article: one.md' }),
        'a b.png',
        'c.png',
      );
      await folder.write('one.md', `# One\n\nText.\n\n${body}\n`);

      const { config, warnings } = await folder.load();

      assert.deepEqual(
        shown(config).map(([file]) => file),
        files,
      );
      assert.deepEqual(warnings, []);
    });
  }

  it('that is not there is a warning at its place, and the article goes out', async () => {
    await using folder = await folderWith(withLines({ 15: '    article: one.md' }));
    await folder.write('one.md', '# One\n\nText with ![a tree](none.png) in it.\n');

    const { config, warnings } = await folder.load();

    assert.deepEqual(shown(config), []);
    const { file, line, column, message } = warnings[0] ?? assert.fail();
    assert.deepEqual([file, line, column], ['one.md', 3, 11]);
    assert.match(message, /goes out without an image\. There is no image "none\.png"/);
  });
});

describe('the images of an entry', () => {
  const article = '    article: { title: One, image: { file: a.png, alt: A } }';

  it('stand in for those of the article', async () => {
    const config = withLines({ 15: `${article}\n    images: [{ file: b.png, alt: B }]` });
    await using folder = await folderWith(config, 'a.png', 'b.png');

    assert.deepEqual(shown((await folder.load()).config), [['b.png', 'B']]);
  });

  it('may be none', async () => {
    const config = withLines({ 15: `${article}\n    images: none` });
    await using folder = await folderWith(config, 'a.png');

    assert.deepEqual(shown((await folder.load()).config), []);
  });

  it('are a list or "none", and must be there', async () => {
    await using folder = await folderWith(
      withLines({ 15: `${article}\n    images: all` }),
      'a.png',
    );
    const [form] = await folder.problems();
    const missing = withLines({ 15: `${article}\n    images: [{ file: c.png, alt: C }]` });
    await folder.write('carillon.yaml', missing);
    const [fault] = await folder.problems();

    assert.match(form?.message ?? '', /"images" is "all", but must be a list of images.*or "none"/);
    assert.deepEqual([fault?.line, fault?.message.includes('no image "c.png"')], [16, true]);
  });
});

describe('an image with an address', () => {
  const names = { 'news.example': ['93.184.216.34'] };
  const config = inline('image: { file: "http://news.example/pictures/tree.png", alt: A tree }');

  it('is fetched and kept, and where it cannot be had later, the copy is used with a warning', async () => {
    let status = 200;
    await using web = await startSmallWeb(names, () => ({ status, body: png }));
    await using folder = await makeConfigFolder(config);
    const load = () =>
      loadConfig({ file: 'carillon.yaml', env: {}, cwd: folder.directory, wire: web.wire });

    const first = await load();
    status = 503;
    const second = await load();

    const file = first.config.entries[0]?.article.images[0]?.file ?? '';
    assert.match(file, /\.carillon\/images\/[\da-f]{16}-tree\.png$/);
    assert.deepEqual(await readFile(file), png);
    assert.deepEqual(first.warnings, []);
    assert.equal(second.config.entries[0]?.article.images[0]?.file, file);
    assert.match(second.warnings[0]?.message ?? '', /copy of the last time is used.*\(503\)/);

    await rm(file);
    await assert.rejects(load(), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.problems[0]?.message ?? '', /tree\.png" cannot be fetched.*\(503\)/);
      return true;
    });
  });

  it('is not taken from where Carillon does not go', async () => {
    await using web = await startSmallWeb({ 'news.example': ['10.0.0.7'] }, () => ({ body: png }));
    await using folder = await makeConfigFolder(config);

    await assert.rejects(
      loadConfig({ file: 'carillon.yaml', env: {}, cwd: folder.directory, wire: web.wire }),
      /cannot be fetched/,
    );
    assert.deepEqual(web.asked, []);
  });
});
