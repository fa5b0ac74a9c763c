import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeConfigFolder, withLines } from '../support/config-folder.ts';

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x]',
  ...'bcdefgh'.split('').map((name, index) => {
    const before = 'abcdefgh'[index];
    return `${name}: &${name} [${Array(8).fill(`*${before}`).join(', ')}]`;
  }),
].join('\n');

const hostile: Readonly<Record<string, string | Uint8Array>> = {
  'a bomb of repeats': bomb,
  'a thing that holds itself': 'a: &a [*a]\n',
  'a merge of itself': 'a: &a\n  <<: *a\n',
  'a tag': 'timezone: !secret UTC\n',
  'a tag of another language': 'x: !!js/function "return 1"\n',
  'deep brackets': '['.repeat(500_000),
  'deep dashes': '- '.repeat(200_000),
  'deep maps': Array.from({ length: 900 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  'more than 1 MB': '#'.repeat(1_100_000),
  'two documents': 'timezone: UTC\n---\ntimezone: UTC\n',
  'a word': 'hello\n',
  'a list': '- a\n',
  nothing: '',
  'comments only': '# nothing\n',
  'UTF-16': Buffer.from('\ufefftimezone: UTC\n', 'utf16le'),
  'a zero byte': 'timezone: UTC\0\n',
  'YAML 1.1': '%YAML 1.1\n---\ntimezone: UTC\n',
};

describe('a hostile config', () => {
  for (const [name, content] of Object.entries(hostile)) {
    it(`is refused with a sentence: ${name}`, { timeout: 10_000 }, async () => {
      await using folder = await makeConfigFolder(content);

      const problems = await folder.problems();

      assert.ok(problems.some(({ severity }) => severity === 'error'));
      assert.ok(problems.every(({ line, column }) => line >= 1 && column >= 1));
    });
  }

  it('names the line that is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('timezone: UTC\n# caf'), Buffer.from([0xe9, 0x0a])]);
    await using folder = await makeConfigFolder(bytes);

    const [problem] = await folder.problems();

    assert.equal(problem?.line, 2);
    assert.match(problem?.message ?? '', /UTF-8/);
  });

  it('cannot change what every object has', async () => {
    await using folder = await makeConfigFolder(
      '__proto__:\n  polluted: true\nconstructor: { prototype: { polluted: true } }\n',
    );

    const problems = await folder.problems();

    assert.equal(Reflect.get({}, 'polluted'), undefined);
    assert.deepEqual(
      problems.filter(({ line }) => line !== 1).map(({ line }) => line),
      [3],
    );
  });

  it('is fine with a byte order mark and the lines of Windows', async () => {
    await using folder = await makeConfigFolder(`\ufeff${withLines({}).replaceAll('\n', '\r\n')}`);

    const { config } = await folder.load();

    assert.equal(config.entries.length, 2);
  });

  it('follows the rules of JSON in a .json file', async () => {
    await using folder = await makeConfigFolder();
    await folder.write(
      'good.json',
      '{"timezone": "UTC", "sandbox": true, "accounts": {"x": {"network": "twitter"}}}',
    );
    await folder.write('bad.json', '{"timezone": "UTC",\n // no\n}');

    const { config } = await folder.load({}, 'good.json');
    const [problem] = await folder.problems({}, 'bad.json');

    assert.equal(config.timezone, 'UTC');
    assert.equal(problem?.line, 2);
  });
});
