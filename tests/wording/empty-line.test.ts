import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isByline, isEmptyLine } from '../../src/wording/empty-line.ts';

test('knows lines that say nothing of their article, in many languages', () => {
  for (const line of [
    'By Jane Doe, City Desk',
    'Von Anna Müller | 12. Mai 2026',
    'نویسنده: سارا رضایی',
    'Photo: Jane Doe',
    'Bildquelle: Stadtarchiv',
    '© 2026 Example Library',
    'Advertisement',
    'Anzeige',
    'Updated at 14:05',
    'Mis à jour le 12 mai 2026 à 14h05',
    '31.10.2023, 10.19 Uhr',
    'Share on Facebook | Tweet | Print',
    '3 min read',
    'Lesezeit: 3 Minuten',
    'زمان مطالعه: ۵ دقیقه',
    'Listen to this article · 5:12',
    'Home » News » Rivers',
    'Sign up for our daily newsletter.',
    'Folgen Sie uns auf Mastodon!',
    'We use cookies to make this better.',
  ]) {
    assert.equal(isEmptyLine(line), true, line);
  }
});

test('takes no sentence for such a line', () => {
  for (const line of [
    'By the river stands a house',
    'Von Berlin nach Paris',
    'By Friday the water was gone.',
    'In 2024 we won',
    'Photo exhibition opens',
    'Updated rules for rivers',
    'Share your garden with bees',
    'Listen to the river',
    'Subscribe to the spring course.',
    'Follow these steps shared on Mastodon to find a seat.',
    'Comments on the plan',
    '12 monkeys',
    'May',
  ]) {
    assert.equal(isEmptyLine(line), false, line);
  }
});

test('tells bylines from other lines', () => {
  assert.equal(isByline('Written by Jane van der Berg and John Roe'), true);
  assert.equal(isByline('Photo: Jane Doe'), false);
});
