import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideCorrection, type Means } from '../../src/cli/correction.ts';
import { plainInk } from '../../src/cli/ink.ts';
import { diffOfWords } from '../../src/cli/word-diff.ts';
import type { Post } from '../../src/core/post.ts';
import { anIntent, aPost, aThread } from '../support/ledger.ts';
import { makePng } from '../support/png.ts';
import { aPublication } from '../support/publications.ts';

const { media } = makePng('A table');

function decide(old: Post | undefined, post: Post, over: Partial<Means> = {}) {
  const means = { canEdit: true, isAssisted: false, networkName: 'Facebook', earlierTexts: [] };
  return decideCorrection(aPublication(), anIntent({ post }), old, { ...means, ...over });
}

test('only the text is changed in place, and what else has changed stays and is said', () => {
  const old = aPost({ text: 'Old', link: 'https://example.org/a', media: [media] });
  const wanted = aPost({ text: 'New', link: 'https://example.org/b', media: [] });

  const correction = decide(old, wanted);

  assert.ok(correction.how === 'edit');
  assert.deepEqual(correction.post, { ...old, text: 'New' });
  assert.match(correction.notes.join(' '), /The link of its card has changed as well, and stays/);
  assert.match(correction.notes.join(' '), /Its image has changed as well, and stays/);
});

test('what has the same text is refused, with what has changed and what to do', () => {
  const old = aPost({ media: [media] });

  const correction = decide(old, { ...old, media: [{ ...media, alt: 'Another table' }] });

  assert.ok(correction.how === 'none');
  assert.match(correction.because, /Only the description of its image has changed/);
  assert.match(correction.because, /"carillon retract"/);
});

test('a post whose old text is lost is corrected to all that the config says', () => {
  const wanted = aPost({ text: 'New' });

  const correction = decide(undefined, wanted);

  assert.ok(correction.how === 'edit');
  assert.deepEqual(correction.post, wanted);
});

test('where nothing can be edited it is posted anew, unless any part of it was up before', () => {
  const anew = { canEdit: false, networkName: 'X', earlierTexts: ['One', 'Two'] };

  const whole = decide(aThread('One', 'Two'), aThread('Uno', 'Due'), anew);
  const half = decide(aThread('One', 'Two'), aThread('One', 'Due'), anew);

  assert.equal(whole.how, 'anew');
  assert.ok(half.how === 'none');
  assert.match(half.because, /"One" was up before.*Change every post of the thread/);
});

test('a difference is shown word by word, in any script, and line breaks stay', () => {
  const diff = (before: string, after: string) => diffOfWords(before, after, plainInk).join('\n');

  assert.equal(diff('12 per cent more', '11 per cent more'), '[-12-]{+11+} per cent more');
  assert.equal(diff('می‌خواهیم ببینیم', 'می‌خواهیم بدانیم'), 'می‌خواهیم [-ببینیم-]{+بدانیم+}');
  assert.equal(diff('One\nTwo', 'One\nThree\nFour'), 'One\n[-Two-]{+Three+}\n{+Four+}');
  assert.equal(diff('Same', 'Same'), 'Same');
});
