import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFooterLine } from '../../src/wording/footer.ts';

test('knows lines that close a mail or a page', () => {
  for (const line of [
    'Sent from my iPhone',
    'Von meinem iPhone gesendet',
    'Envoyé de mon iPhone',
    'Unsubscribe | View in your browser',
    'You received this email because you signed up.',
    'Newsletter abbestellen',
    '© 2026 Example Library',
    'Alle Rechte vorbehalten.',
    'Imprint | Privacy policy | Contact us',
    'Follow us on Mastodon',
    'تمامی حقوق محفوظ است',
  ]) {
    assert.equal(isFooterLine(line), true, line);
  }
});

test('takes no sentence for such a line', () => {
  for (const line of [
    'Sentences from my garden.',
    'Copyrights are old.',
    'The river follows us on its way.',
    'Contact us today to lend a seed.',
  ]) {
    assert.equal(isFooterLine(line), false, line);
  }
});
