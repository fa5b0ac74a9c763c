import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { namesKnownIn, parseTemplate } from '../../src/templates/template.ts';
import { writeTemplate } from '../../src/templates/write-template.ts';

const known = namesKnownIn('template', [{ key: 'sara' }]);

function write(source: string, values: Readonly<Record<string, string>> = {}): string {
  return writeTemplate(parseTemplate(source, known).template, { title: 'T', link: 'L', ...values });
}

function problemsOf(source: string): readonly string[] {
  return parseTemplate(source, known).problems.map(({ message }) => message);
}

test('leaves no hole where a value is missing', () => {
  const cases: readonly (readonly [template: string, text: string])[] = [
    ['{title}\n\n{excerpt}\n\n{link} {hashtags}', 'T\n\nL'],
    ['{title} – {author} ({date})', 'T'],
    ['{author}: {title}', 'T'],
    ['[{author}] {title}', 'T'],
    ['{title} by {author}.', 'T by.'],
    ['{title} · {author} · {link}', 'T · L'],
    ['{title}: {author} {link}', 'T: L'],
    ['{title}\n\n{author}\n{date}\n\n{site}\n\n{link}', 'T\n\nL'],
    ['A {author} ({date}) b', 'A b'],
  ];
  for (const [template, text] of cases) assert.equal(write(template), text, template);
});

test('shows a conditional part only if everything in it has a value', () => {
  const template = '{title}{? by {author}}{? ({date}, {site})}';

  assert.equal(write(template), 'T');
  assert.equal(write(template, { author: 'Ann', date: 'May' }), 'T by Ann');
  assert.equal(write(template, { author: 'Ann', date: 'May', site: 'S' }), 'T by Ann (May, S)');
});

test('takes other braces as they are, and {{ for one that would begin a placeholder', () => {
  assert.equal(write('{ } {1, 2} {{title}'), '{ } {1, 2} {title}'.replace('{1, 2}', '{1, 2}'));
});

test('names what means nothing, and the nearest that does', () => {
  assert.match(problemsOf('{titel}').join(), /Did you mean "title"\?/u);
  assert.match(problemsOf('{@sarah}').join(), /nobody "sarah".*Did you mean "@sara"\?/u);
  assert.match(problemsOf('{? by {author}').join(), /never ends/u);
  assert.match(problemsOf('{? always}').join(), /this one has none/u);
  assert.match(problemsOf('{{title}}').join(), /one brace on each side/u);
  assert.deepEqual(problemsOf('{title} {@sara} {? x {link}}'), []);
});

test('keeps constant text verbatim where every value is there', () => {
  const constant = fc
    .string({ unit: 'grapheme', maxLength: 20 })
    .map((s) => s.replace(/[{}\ufdd0]/gu, ''));
  fc.assert(
    fc.property(constant, constant, constant, (a, b, c) => {
      assert.equal(write(`${a}{title}${b}{link}${c}`), `${a}T${b}L${c}`);
    }),
  );
});

test('whatever is missing, no double space, third line break or empty bracket comes of it', () => {
  const part = fc.constantFrom(
    '{title}',
    '{author}',
    '{date}',
    '({site})',
    '{? by {author}}',
    ' ',
    '\n\n',
    ' · ',
  );
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 12 }),
      fc.subarray(['author', 'date', 'site', 'title']),
      (parts, filled) => {
        const source = parts.join('');
        // Only what the template itself does not say twice.
        fc.pre(!/ {2}|\n{3}|[ ·]\n|\n[ ·]/u.test(source));
        const values = Object.fromEntries(
          ['author', 'date', 'site', 'title', 'link'].map((name) => [
            name,
            filled.includes(name) ? name : '',
          ]),
        );
        const text = write(source, values);

        assert.doesNotMatch(text, /\n{3}|\(\)|\ufdd0/u);
      },
    ),
    { numRuns: 500 },
  );
});
