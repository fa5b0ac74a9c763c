import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { areTwins as areTwinGrams, findTwins } from '../../src/rules/find-twins.ts';
import { gramsOfTexts, type TextGrams } from '../../src/rules/set-phrases.ts';
import { samples } from '../support/article.ts';
import { randomFrom } from '../support/chance.ts';

const areTwins = (a: string, b: string) =>
  findTwins([
    { owner: 'one-x', text: a },
    { owner: 'other-x', text: b },
  ]).length > 0;

const text =
  'Our spring report is out: three things that we learned about the river, and what comes next.';

describe('nearly the same', () => {
  for (const [what, other] of [
    ['case, spaces and punctuation', text.toUpperCase().replaceAll(' ', '  ').replace(':', ' – ')],
    ['links and their parameters', `${text} https://a.example/1?utm_source=x`],
    ['hashtags, mentions and emoji', `🎉 ${text} #river @sara`],
    ['direction marks', `\u200f${text}\u200e`],
    ['a changed word', text.replace('three', 'seven')],
    ['a word more', `Update: ${text}`],
    [
      'parts that change places',
      'What comes next, and three things that we learned about the river: our spring report is out.',
    ],
  ] as const) {
    it(`whatever the difference in ${what}`, () => assert.ok(areTwins(text, other)));
  }

  it('in scripts without spaces, and with marks', () => {
    for (const [one, other] of [
      [
        '今年、川は二度増水しました。町長は対策を語りました。',
        '今年、川は三度増水しました！町長は対策を語りました',
      ],
      ['ปีนี้แม่น้ำเพิ่มสูงขึ้นสองครั้งโดยไม่มีใครคาดคิด', 'ปีนี้ แม่น้ำเพิ่มสูงขึ้นสามครั้งโดยไม่มีใครคาดคิด'],
      [
        'رودخانه امسال دو بار بالا آمد و هیچ‌کس انتظارش را نداشت',
        'رودخانه امسال دو بار بالا آمد و هیچکس انتظارش را نداشت!',
      ],
      ['강물이 올해 두 번이나 불어났습니다', '강물이 올해 세 번이나 불어났습니다.'],
    ] as const) {
      assert.ok(areTwins(one, other), one);
    }
  });

  it('is no text of another article', () => {
    for (const [i, one] of samples.entries()) {
      for (const other of samples.slice(0, i)) assert.ok(!areTwins(one.text, other.text));
    }
    assert.ok(
      !areTwins(text, 'The reading rooms are open until eight in the evening from December on.'),
    );
    assert.ok(!areTwins('Winter hours from 1 December', 'Summer school for children'));
  });

  it('tells texts that say next to nothing by where they lead', () => {
    assert.ok(!areTwins('New: https://a.example/1', 'New: https://a.example/2'));
    assert.ok(
      areTwins('New: https://a.example/1?utm_source=x', 'New: https://a.example/1?utm_source=y'),
    );
    assert.ok(!areTwins('🎉🎉🎉', '📚📚📚'));
    assert.ok(areTwins('🎉🎉🎉', '🎉🎉🎉'));
  });
});

describe('set phrases', () => {
  const footer = 'Read the whole story on our website and subscribe to our newsletter:';
  const titles = [
    'Winter hours from 1 December',
    'Summer school for children',
    'The mayor opens the new bridge',
    'Roses and bees in the museum garden',
  ];
  const posts = titles.map((title, i) => ({
    owner: i % 2 === 0 ? 'town-x' : 'library-x',
    text: `${title}\n\n${footer} https://a.example/${i}`,
  }));

  it('of a template make no twins of texts that say different things', () => {
    assert.deepEqual(findTwins(posts), []);
  });

  it('take away from what makes twins, and never add to it', () => {
    const syllables = ['ra', 'mi', 'to', 'le', 'su', 'ka', 'no', 'den', 'vor', 'bri', 'sta'];
    const random = randomFrom(3);
    const word = () => syllables[Math.floor(random() * syllables.length)];
    // Of each text little but a name is seldom, and two of different owners share it.
    const said = Array.from({ length: 200 }, (_, i) => ({
      owner: i % 2 === 0 ? 'a' : 'b',
      text: `${Array.from({ length: 24 }, word).join('')} ${createHash('sha256')
        .update(`${i >> 1}`)
        .digest('hex')
        .slice(0, 14)}`,
    }));

    assert.deepEqual(findTwins(said), []);
  });

  it('hide no twin that has them as well', () => {
    const text = `Update: ${titles[0]}\n\n${footer} https://a.example/0`;
    assert.deepEqual(findTwins([...posts, { owner: 'library-x', text }]), [{ one: 4, earlier: 0 }]);
  });

  it('are none where a text is on many accounts, or again and again on one', () => {
    const many = ['a', 'b', 'c', 'd'].map((owner, i) => ({ owner, text: `${text} Part ${i}.` }));
    assert.equal(findTwins(many).length, 3);
    const again = ['a', 'a', 'a', 'b'].map((owner) => ({ owner, text }));
    assert.deepEqual(findTwins(again), [{ one: 3, earlier: 0 }]);
  });

  it('are the whole of a text that says nothing else', () => {
    const all = [...posts, { owner: 'town-x', text: footer }, { owner: 'library-x', text: footer }];
    assert.deepEqual(findTwins(all), [{ one: 5, earlier: 4 }]);
  });
});

describe('the search', () => {
  const word = fc.constantFrom(
    ...'river town library seeds winter report hours evening bridge'.split(' '),
  );
  const sentence = fc.array(word, { minLength: 0, maxLength: 30 }).map((words) => words.join(' '));
  const owned = fc.record({
    owner: fc.constantFrom('a', 'b', 'c'),
    text: fc.oneof(sentence, fc.string({ unit: 'grapheme' })),
  });

  it('finds exactly the texts that have a twin before them', () => {
    fc.assert(
      fc.property(fc.array(owned, { maxLength: 12 }), (texts) => {
        const found = findTwins(texts);
        const grams = gramsOfTexts(texts);
        const areAlike = (one: number, other: number) =>
          areTwinGrams(grams[one] as TextGrams, grams[other] as TextGrams);
        const wanted = texts.flatMap(({ owner }, one) =>
          texts
            .slice(0, one)
            .some((earlier, other) => earlier.owner !== owner && areAlike(one, other))
            ? [one]
            : [],
        );
        assert.deepEqual(
          found.map(({ one }) => one),
          wanted,
        );
        for (const { one, earlier } of found) {
          assert.ok(earlier < one && texts[one]?.owner !== texts[earlier]?.owner);
          assert.ok(areAlike(one, earlier));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds a twin among thousands that share a set phrase', () => {
    const title = (n: number) => createHash('sha256').update(String(n)).digest('hex');
    const posts = Array.from({ length: 4_000 }, (_, i) => ({
      owner: i % 2 === 0 ? 'a' : 'b',
      text: `${title(i)} Read the whole story on our website.`,
    }));

    const found = findTwins([...posts, { owner: 'b', text: `Note: ${posts[2_000]?.text}` }]);

    assert.deepEqual(found, [{ one: 4_000, earlier: 2_000 }]);
  });

  it('stops at so many', () => {
    const texts = Array.from({ length: 50 }, (_, i) => ({ owner: String(i % 2), text }));
    assert.equal(findTwins(texts, 5).length, 5);
  });
});
