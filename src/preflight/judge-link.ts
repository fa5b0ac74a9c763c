import { type Finding, failure, flaw } from './finding.ts';
import type { PageInspection } from './inspect-page.ts';
import type { LinkVisit, VisitedPage } from './link-visit.ts';
import { isHomePage, isSameAddress } from './same-address.ts';

/** What is the matter with a link itself, whatever network it stands on. Pure. */
export function judgeLink(visit: LinkVisit): readonly Finding[] {
  switch (visit.kind) {
    case 'failed':
      return [visit.finding];
    case 'file':
      return [];
    case 'page':
      return judgePage(visit.link, visit.page);
  }
}

function judgePage(link: string, page: VisitedPage): readonly Finding[] {
  const wrong = findLogin(link, page) ?? findMissingPage(link, page);
  if (wrong !== undefined) return [wrong];
  const { canonical } = page.inspection;
  if (canonical === undefined || isSameAddress(canonical, link)) return [];
  if (!/^https?:/i.test(canonical)) return [];
  return [
    flaw(
      'preflight:other-address',
      `The page of ${link} gives another address as its own: ${canonical}`,
      'Use that one as link, or mend the page’s "canonical": networks count and show the page under it.',
    ),
  ];
}

/** Less text than this is no article. */
const articleText = 600;

const loginPath =
  /(?:^|[/.?=&_-])(?:log-?in|sign-?in|signon|sso|oauth2?|saml2?|wp-login|anmelden|anmeldung|connexion|login\.php|auth(?:enticate)?)(?:$|[/.?=&_-])/i;
const loginHost =
  /^(?:login|signin|sso|auth|accounts?|idp|id)\.|(?:okta|auth0|onelogin|microsoftonline)\.com$/i;

function findLogin(link: string, { url, inspection }: VisitedPage): Finding | undefined {
  const isBare = !hasArticle(inspection);
  const isElsewhere = !isSameAddress(url, link);
  const { hostname, pathname } = new URL(url);
  const ledToLogin = isElsewhere && (loginHost.test(hostname) || loginPath.test(pathname));
  if (!(isBare && (ledToLogin || inspection.asksForPassword))) return undefined;
  return failure(
    'preflight:login',
    `${link} asks for a login${isElsewhere ? ` (it leads to ${shorten(url)})` : ''}: followers do not see the article.`,
    'Make the page public, or name one that everyone can read.',
  );
}

const missing = [
  /^(?:error|fehler|erreur)?\s*:?\s*(?:404|410)\b/iu,
  /\b404\b.{0,20}\b(?:not found|error|page)\b/iu,
  /\b(?:page|article|document|file|content)\b.{0,30}\b(?:not|n['’]t|no longer|cannot|can['’]t)\b.{0,20}\b(?:found|exists?|available|be found)\b/iu,
  /^(?:oops\W+)?not found\b/iu,
  /\b(?:seite|artikel)\b.{0,30}\bnicht (?:gefunden|vorhanden|verfügbar)\b/iu,
  /\b(?:page|article)\b.{0,20}\b(?:introuvable|non trouvée?|inexistante?)\b/iu,
  /\bp[áa]gina no (?:encontrada|existe)\b|\bp[áa]gina n[ãa]o encontrada\b|\bpagina non trovata\b|\bpagina niet gevonden\b/iu,
  /страница не найдена|صفحه.{0,20}(?:یافت|پیدا) نشد|الصفحة غير موجودة|لم يتم العثور على الصفحة|ページが見つかりません|页面(?:不存在|未找到)|找不到(?:页面|網頁)|sayfa bulunamadı/iu,
];

/** Pages that say "not found" to people, while their server says that all is well. */
function findMissingPage(link: string, { url, inspection }: VisitedPage): Finding | undefined {
  if (isHomePage(url) && !isHomePage(link)) {
    return failure(
      'preflight:not-found',
      `${link} leads to the home page (${shorten(url)}): there seems to be no such article.`,
      'Check the address of the article.',
    );
  }
  if (hasArticle(inspection)) return undefined;
  const said = [inspection.title, ...inspection.headings].find((text) =>
    missing.some((words) => words.test(text)),
  );
  if (said === undefined) return undefined;
  return failure(
    'preflight:not-found',
    `The page of ${link} says “${said.slice(0, 100)}”, though its server reports no error.`,
    'Check the address of the article.',
  );
}

function hasArticle({ isArticle, runningText }: PageInspection): boolean {
  return runningText >= articleText || (isArticle && runningText >= articleText / 3);
}

function shorten(url: string): string {
  return url.length <= 120 ? url : `${url.slice(0, 119)}…`;
}
