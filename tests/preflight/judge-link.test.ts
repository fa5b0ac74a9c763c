import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeLink } from '../../src/preflight/judge-link.ts';
import { anInspection, aVisit, LINK } from '../support/visits.ts';

/** What is left of a page without an article. */
const bare = { isArticle: false, runningText: 0 };
const codesOf = (visit: Parameters<typeof judgeLink>[0]) =>
  judgeLink(visit).map(({ code, isFailure }) => [code, isFailure]);

test('nothing is said of a page that is as it should be', () => {
  assert.deepEqual(judgeLink(aVisit()), []);
});

test('a link that leads to a login is told, and so is a page that asks for a password', () => {
  const login = [['preflight:login', true]];
  const inspection = anInspection({ ...bare, title: 'Welcome', headings: [] });
  for (const url of [
    'https://news.example.org/wp-login.php?to=otters',
    'https://login.example.org/',
    'https://news.example.org/user/sign-in',
    'https://tenant.okta.com/app/otters',
  ]) {
    assert.deepEqual(codesOf(aVisit({ url, inspection })), login, url);
  }
  const asking = anInspection({ ...bare, asksForPassword: true });
  assert.deepEqual(codesOf(aVisit({ inspection: asking })), login);
});

test('an article is no login page for having a login form, or a word in its address', () => {
  const inspection = anInspection({ asksForPassword: true });
  assert.deepEqual(judgeLink(aVisit({ inspection })), []);
  const url = 'https://news.example.org/login/how-otters-do-it';
  const moved = { kind: 'page', link: url, page: { ...aVisitPage(), url } } as const;
  assert.deepEqual(judgeLink(moved), []);
});

function aVisitPage() {
  const visit = aVisit();
  if (visit.kind !== 'page') throw new Error('It is a page.');
  return visit.page;
}

test('a page that says "not found" in whatever language is told, though its server does not', () => {
  for (const title of [
    'Page not found | The Daily Otter',
    '404 Not Found',
    'Oops! Not found',
    'This page can’t be found',
    'Sorry, this article is no longer available',
    'Seite nicht gefunden – Bibliothek',
    'Page introuvable',
    'Página no encontrada',
    'صفحه مورد نظر یافت نشد',
    'الصفحة غير موجودة',
    'ページが見つかりません',
    '页面不存在',
  ]) {
    const inspection = anInspection({ ...bare, title });
    assert.deepEqual(codesOf(aVisit({ inspection })), [['preflight:not-found', true]], title);
  }
});

test('an article about what was not found is an article', () => {
  const inspection = anInspection({ title: 'Page not found: the lost folio' });
  assert.deepEqual(judgeLink(aVisit({ inspection })), []);
  const short = anInspection({ ...bare, title: 'Found: the otter', headings: ['Not lost'] });
  assert.deepEqual(judgeLink(aVisit({ inspection: short })), []);
});

test('an article that leads to the home page is taken for gone', () => {
  const gone = [['preflight:not-found', true]];
  assert.deepEqual(codesOf(aVisit({ url: 'https://news.example.org/' })), gone);
  assert.deepEqual(codesOf(aVisit({ url: 'https://news.example.org/en/' })), gone);
});

test('a page with another address of its own is told, and does not fail', () => {
  const other = anInspection({ canonical: 'https://news.example.org/rivers' });
  assert.deepEqual(codesOf(aVisit({ inspection: other })), [['preflight:other-address', false]]);
  for (const canonical of [`${LINK}/`, `${LINK}?utm_source=x`, LINK.replace('//', '//www.')]) {
    const same = anInspection({ canonical });
    assert.deepEqual(judgeLink(aVisit({ inspection: same })), [], canonical);
  }
});
