import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addUtm } from '../../src/templates/utm.ts';

const values = { source: 'x', campaign: 'spring sale!' };
const utm = 'utm_source=x&utm_campaign=spring%20sale%21';
const add = (link: string, isReplacing = false) => addUtm(link, { values, isReplacing });

test('adds parameters before the fragment and after what is there', () => {
  assert.equal(add('https://a.example/b'), `https://a.example/b?${utm}`);
  assert.equal(add('https://a.example/b?c=%d8#e?f'), `https://a.example/b?c=%d8&${utm}#e?f`);
  assert.equal(add('https://a.example/#!/page'), `https://a.example/?${utm}#!/page`);
  assert.equal(add('https://a.example/b?'), `https://a.example/b?${utm}`);
  assert.equal(add('https://خبر.example/خبر'), `https://خبر.example/خبر?${utm}`);
});

test('keeps parameters that are there, unless they are to give way', () => {
  const link = 'https://a.example/?UTM_Source=mail&b=1';

  assert.equal(add(link), 'https://a.example/?UTM_Source=mail&b=1&utm_campaign=spring%20sale%21');
  assert.equal(add(link, true), `https://a.example/?b=1&${utm}`);
});

test('leaves signed links and other schemes alone', () => {
  for (const link of [
    'https://a.example/f?X-Amz-Signature=0',
    'https://a.example/f?sv=1&sig=a',
    'mailto:a@b.example',
  ]) {
    assert.equal(add(link), link);
  }
});

test('changes nothing else of any address, and adds nothing twice', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (link) => {
      const once = add(link);
      const [before, after] = [new URL(link), new URL(once)];

      assert.equal(
        after.origin + after.pathname + after.hash,
        before.origin + before.pathname + before.hash,
      );
      assert.equal(add(once), once);
    }),
  );
});
