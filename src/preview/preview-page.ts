import { html } from 'hono/html';
import type { Problem } from '../core/problem.ts';
import { pageStyle } from './page-style.ts';
import { postStyle } from './post-style.ts';
import { renderPost, renderProblems } from './post-view.ts';
import type { PreviewedConfig, PreviewedPost, PreviewedTime } from './previewed.ts';
import { renderStandalonePage } from './standalone-page.ts';

/** One page that shows every post as its account's network will. */
export async function renderPreviewPage(config: PreviewedConfig): Promise<string> {
  const accounts = [...new Set(config.posts.map(({ account }) => account.name))];
  const days = groupByDay(config);
  return renderStandalonePage({
    title: `Preview of ${config.file}`,
    style: `${pageStyle}${postStyle}${filterStyle(accounts.length)}`,
    hasImages: true,
    body: html`<a class="skip" href="#posts">Skip to the posts</a>
    ${renderHead(config)}
    ${renderFilter(config.posts, accounts)}
    <div class="columns">
      ${renderContents(days, accounts)}
      <main id="posts">
        ${config.problems.length > 0 ? html`<section class="config-problems"><h2>What else is to mend</h2>${renderProblems(config.problems)}</section>` : ''}
        ${days.length === 0 ? html`<p>The config has no publications.</p>` : ''}
        ${days.map((day) => renderDay(day, config, accounts))}
      </main>
    </div>`,
  });
}

function renderHead({ file, timezone, madeAt, posts, isSandbox, ...config }: PreviewedConfig) {
  const all = [
    ...config.problems,
    ...[...config.problemsOfEntries.values()].flat(),
    ...posts.flatMap(({ problems }) => problems),
  ];
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const warnings = all.length - errors;
  const counts = [
    html`<li>${count(posts.length, 'publication')}</li>`,
    errors > 0 ? html`<li class="error">${count(errors, 'error')}</li>` : '',
    warnings > 0 ? html`<li class="warning">${count(warnings, 'warning')}</li>` : '',
    isSandbox ? html`<li>sandbox: nothing reaches a real network</li>` : '',
  ];
  return html`<header class="top">
    <h1>Preview <small><bdi>${file}</bdi></small></h1>
    <ul class="counts">${counts}</ul>
    <p>Times are in ${timezone}${timezone === 'UTC' ? '' : ', and in UTC'}. Made on <time datetime="${madeAt.instant}">${madeAt.words}</time>. Networks change their looks: this comes close, and its texts and lengths are exact.</p>
  </header>`;
}

/** Works by styles alone: see filterStyle. */
function renderFilter(posts: readonly PreviewedPost[], accounts: readonly string[]) {
  if (accounts.length < 2) return '';
  const choice = (id: number | 'all', label: unknown, isChecked: boolean) =>
    html`<label><input type="radio" name="account" id="show-${id}" ${isChecked ? 'checked' : ''} /> <span>${label}</span></label>`;
  return html`<fieldset class="filter">
    <legend>Show</legend>
    ${choice('all', 'All accounts', true)}
    ${accounts.map((name, i) => {
      const network = posts.find(({ account }) => account.name === name)?.account.networkName;
      return choice(i, html`<bdi>${name}</bdi> <small>${network}</small>`, false);
    })}
  </fieldset>`;
}

/** Which parts of the page a chosen account hides. */
function filterStyle(accounts: number): string {
  return Array.from({ length: accounts }, (_, i) => {
    const chosen = `body:has(#show-${i}:checked)`;
    return `${chosen} :is(.publication,.contents li li):not(.account-${i}),${chosen} :is(.day,.entry,.contents li:has(li)):not(:has(.account-${i})){display:none}\n`;
  }).join('');
}

interface Day {
  readonly name: string;
  readonly id: string;
  readonly entries: readonly EntryOfDay[];
}

interface EntryOfDay {
  readonly name: string;
  readonly id: string;
  readonly due: PreviewedTime | undefined;
  readonly posts: readonly PreviewedPost[];
  /** Whatever the account. */
  readonly problems: readonly Problem[];
}

/** By time; what goes out at the first apply comes first. */
export function groupByDay({
  posts,
  problemsOfEntries,
}: Pick<PreviewedConfig, 'posts' | 'problemsOfEntries'>): readonly Day[] {
  const sorted = posts.toSorted((a, b) => compare(a.due?.instant ?? '', b.due?.instant ?? ''));
  const byDay = groupBy(sorted, ({ due }) => due?.day ?? 'At the first apply');
  return [...byDay].map(([name, ofDay], d) => {
    const byEntry = groupBy(ofDay, ({ entry, due }) => `${due?.instant ?? ''} ${entry}`);
    const entries = [...byEntry.values()].map((ofEntry, e) => ({
      name: ofEntry[0]?.entry ?? '',
      id: `entry-${d}-${e}`,
      due: ofEntry[0]?.due,
      posts: ofEntry,
      problems: problemsOfEntries.get(ofEntry[0]?.entry ?? '') ?? [],
    }));
    return { name, id: `day-${d}`, entries };
  });
}

function renderContents(days: readonly Day[], accounts: readonly string[]) {
  if (days.length === 0) return '';
  return html`<nav class="contents" aria-labelledby="contents-title">
    <h2 id="contents-title">Days</h2>
    <ol>
      ${days.map(
        ({ name, id, entries }) => html`<li><a href="#${id}">${name}</a>
        <ol>
          ${entries.map((entry) => html`<li class="${classesOf(entry, accounts)}"><a href="#${entry.id}">${clockOf(entry.due)}<bdi>${entry.name}</bdi></a>${signOf(entry)}</li>`)}
        </ol></li>`,
      )}
    </ol>
  </nav>`;
}

function classesOf({ posts }: EntryOfDay, accounts: readonly string[]): string {
  return [...new Set(posts.map(({ account }) => accountClass(account.name, accounts)))].join(' ');
}

function accountClass(name: string, accounts: readonly string[]): string {
  return `account-${accounts.indexOf(name)}`;
}

function signOf(entry: EntryOfDay) {
  const all = [...entry.problems, ...entry.posts.flatMap(({ problems }) => problems)];
  if (all.length === 0) return '';
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const [kind, n] = errors > 0 ? (['error', errors] as const) : (['warning', all.length] as const);
  return html` <span class="sign ${kind}">${count(n, kind)}</span>`;
}

function renderDay(
  { name, id, entries }: Day,
  config: PreviewedConfig,
  accounts: readonly string[],
) {
  return html`<section class="day" aria-labelledby="${id}">
    <h2 id="${id}">${name}</h2>
    ${entries.map(
      (entry) => html`<section class="entry" aria-labelledby="${entry.id}">
      <h3 id="${entry.id}">${clockOf(entry.due)}<bdi>${entry.name}</bdi></h3>
      ${renderProblems(entry.problems)}
      <div class="side-by-side">
        ${entry.posts.map((post, i) =>
          renderPost(post, {
            id: `${entry.id}-${i}`,
            className: accountClass(post.account.name, accounts),
            images: config.images,
          }),
        )}
      </div>
    </section>`,
    )}
  </section>`;
}

function clockOf(due: PreviewedTime | undefined) {
  const clock = /\d{2}:\d{2}/.exec(due?.words ?? '')?.[0];
  return clock === undefined ? '' : html`<span class="clock">${clock}</span> `;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function count(n: number, one: string): string {
  return `${n.toLocaleString('en-US')} ${one}${n === 1 ? '' : 's'}`;
}
