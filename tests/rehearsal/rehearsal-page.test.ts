import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHTML } from 'linkedom';
import { renderRehearsal } from '../../src/rehearsal/rehearsal-page.ts';
import type { Rehearsal, Rehearsed } from '../../src/rehearsal/rehearsed.ts';
import { DUE } from '../support/publications.ts';

function aRehearsed(over: Partial<Omit<Rehearsed, 'post'>> & { text?: string } = {}): Rehearsed {
  const { text = 'Our report is out', ...rest } = over;
  return {
    publication: 'spring-report/newsroom-x',
    entry: 'spring-report',
    account: 'newsroom-x',
    network: 'twitter',
    state: 'published',
    due: DUE,
    at: DUE,
    post: { network: 'twitter', text, media: [] },
    attempts: 1,
    needsApproval: false,
    isDraft: false,
    story: [],
    ...rest,
  };
}

async function pageOf(publications: readonly Rehearsed[], over: Partial<Rehearsal> = {}) {
  const rehearsal: Rehearsal = {
    from: DUE,
    to: DUE + 86_400_000,
    timezone: 'Europe/Paris',
    publications,
    strays: [],
    entriesBefore: 0,
    ...over,
  };
  const html = await renderRehearsal(rehearsal, {
    sayTime: (instant) => new Date(instant).toISOString(),
    sayClock: () => '09:00',
    displayNameOf: () => 'X',
    storyOf: ({ story }) => story.map(({ kind }) => kind),
  });
  return parseHTML(html);
}

test('each publication stands on its day', async () => {
  const { document } = await pageOf([
    aRehearsed(),
    aRehearsed({ publication: 'b/newsroom-x', at: DUE + 86_400_000 }),
  ]);

  const days = [...document.querySelectorAll('.cell:has(.event)')].map(
    (cell) => cell.querySelector('.long')?.textContent,
  );
  assert.deepEqual(days, ['Tue, 24 Nov 2026', 'Wed, 25 Nov 2026']);
  assert.equal(document.querySelectorAll('.trouble').length, 0);
});

test('what goes wrong is told first and leads to its day', async () => {
  const error = { code: 'x', message: 'X refused it.', advice: 'Change it.' };
  const { document } = await pageOf(
    [aRehearsed({ state: 'failed', error, story: [{ at: DUE, kind: 'refused', detail: {} }] })],
    { strays: ['newsroom-x: “Twice”'] },
  );

  const link = document.querySelector('.trouble a');
  const id = link?.getAttribute('href')?.slice(1) ?? '';
  assert.match(document.querySelector('.trouble')?.textContent ?? '', /X refused it\..*“Twice”/s);
  assert.match(document.getElementById(id)?.textContent ?? '', /failed.*Change it\..*refused/s);
});

test('text from right to left keeps its direction', async () => {
  const { document } = await pageOf([aRehearsed({ text: 'گزارش بهار منتشر شد' })]);

  assert.equal(document.querySelector('.full')?.getAttribute('dir'), 'auto');
  assert.equal(document.querySelector('.words')?.getAttribute('dir'), 'auto');
});

test('whatever a text holds, it becomes no part of the page, and the page asks for nothing', async () => {
  const text = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'</details>';

  const { document } = await pageOf([aRehearsed({ text, publication: 'a"><b/x' })]);

  assert.equal(document.querySelectorAll('script, img, link, iframe').length, 0);
  assert.equal(document.querySelectorAll('details').length, 1);
  assert.equal(document.querySelector('.full')?.textContent, text);
  const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content');
  assert.match(policy ?? '', /^default-src 'none'; style-src 'sha256-/);
});
