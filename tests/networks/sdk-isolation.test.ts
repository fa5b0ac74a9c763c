import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const sdks = {
  twitter: 'twitter-api-v2',
  facebook: 'facebook-nodejs-business-sdk',
  youtube: 'googleapis',
} as const;

/** Files under node_modules that a process has loaded after it imported a network's session. */
function loadedBy(network: string): readonly string[] {
  const session = new URL(`../../src/networks/${network}/session.ts`, import.meta.url).href;
  const code = `
    import { createRequire } from 'node:module';
    await import('${session}');
    console.log(JSON.stringify(Object.keys(createRequire(import.meta.url).cache)));`;
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', code],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  assert.equal(child.status, 0, child.stderr);
  return JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '');
}

describe('a session', () => {
  for (const [network, sdk] of Object.entries(sdks)) {
    it(`of ${network} loads ${sdk} and no other network's SDK`, () => {
      const loaded = loadedBy(network);

      const isLoaded = (name: string) =>
        loaded.some((file) => file.includes(`/node_modules/${name}/`));
      assert.deepEqual(Object.values(sdks).filter(isLoaded), [sdk]);
    });
  }

  it('of youtube never loads the root of googleapis, which is all of Google', () => {
    const loaded = loadedBy('youtube');

    const apis = loaded.flatMap(
      (file) => /googleapis\/build\/src\/apis\/(\w+)\//.exec(file)?.[1] ?? [],
    );
    assert.deepEqual([...new Set(apis)], ['youtube']);
  });
});
