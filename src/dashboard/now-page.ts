import { html } from 'hono/html';
import type { ConfigReport } from '../core/config-report.ts';
import { formatProblem } from '../core/problem.ts';
import type { Publication } from '../core/publication.ts';
import type { Fault } from '../doctor/finding.ts';
import type { Frozen, Hold } from '../ledger/ledger.ts';

export interface NowPage {
  readonly publications: readonly Publication[];
  readonly holds: ReadonlyMap<string, Hold>;
  readonly frozen: Frozen | undefined;
  readonly brokenConfig: ConfigReport | undefined;
  readonly faults: readonly Fault[];
  readonly now: number;
  readonly timezone: string;
  readonly sandboxUrl: string | undefined;
}

const SHOWN = 30;

/** What needs a person first, then what is due next, then what just went out. */
export function renderNow(page: NowPage) {
  const { publications, holds, frozen, brokenConfig, faults, sandboxUrl, timezone } = page;
  const needsPerson = publications.filter(needsAPerson);
  const next = publications.filter(({ state }) => state === 'scheduled' || state === 'sending');
  const out = publications
    .filter(({ state }) => state === 'published')
    .sort((a, b) => (b.publishedAt ?? 0) - (a.publishedAt ?? 0));
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta http-equiv="refresh" content="10" />
    <title>Carillon</title>
    <style>
      ${STYLE}
    </style>
  </head>
  <body>
    <header>
      <h1>Carillon</h1>
      <nav>
        <a href="/queues">Queues</a>
        <a href="/calendar.ics">Calendar</a>
        ${sandboxUrl ? html`<a href="${sandboxUrl}">What followers see</a>` : ''}
      </nav>
    </header>
    <main>
      <p class="quiet">${sandboxUrl ? 'This is the sandbox: nothing here has reached a real network. ' : ''}Times are in ${timezone}.</p>
      ${frozen ? html`<p class="alarm">The ledger is frozen: ${frozen.reason}. Nothing is sent until "carillon thaw".</p>` : ''}
      ${[...holds].map(([account, { reason }]) => html`<p class="alarm">${account === '*' ? 'Everything' : account} is held: ${reason}</p>`)}
      ${brokenConfig ? sayBroken(brokenConfig) : ''}
      ${faults.map(({ message, remedy }) => html`<p class="alarm" dir="auto">${message} ${remedy}</p>`)}
      ${section('Needs you', needsPerson, page, 'Nothing needs you.')}
      ${section('Next', next, page, 'Nothing is planned.')}
      ${section('Just went out', out, page, 'Nothing has gone out yet.')}
    </main>
  </body>
</html>`;
}

function sayBroken({ file, problems, count }: ConfigReport) {
  const more = count - problems.length;
  return html`<div class="alarm">
    <p>${file} cannot be used as it was saved. What was applied before goes on; once it is mended, it is applied by itself.</p>
    <ul>
      ${problems.map((problem) => html`<li dir="auto">${formatProblem(problem)}</li>`)}
      ${more > 0 ? html`<li>and ${more} more: "carillon check" shows them all</li>` : ''}
    </ul>
  </div>`;
}

function needsAPerson({ state }: Publication): boolean {
  return ['handoff', 'failed', 'missed', 'held', 'unconfirmed'].includes(state);
}

function section(
  title: string,
  publications: readonly Publication[],
  page: NowPage,
  nothing: string,
) {
  const more = publications.length - SHOWN;
  return html`<section>
    <h2>${title}</h2>
    ${publications.length === 0 ? html`<p class="quiet">${nothing}</p>` : ''}
    <ul>
      ${publications.slice(0, SHOWN).map((publication) => item(publication, page))}
    </ul>
    ${more > 0 ? html`<p class="quiet">and ${more} more</p>` : ''}
  </section>`;
}

function item(publication: Publication, { timezone, sandboxUrl }: NowPage) {
  const { state, due, publishedAt, receipt, error } = publication;
  const time = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: timezone,
  }).format(publishedAt ?? due);
  return html`<li>
    <span class="state ${state}">${state}</span>
    <strong dir="auto">${publication.publication}</strong>
    <time>${time}</time>
    ${receipt ? addressOf(receipt.url, sandboxUrl !== undefined) : ''}
    ${error && state !== 'published' ? html`<p dir="auto">${error.message} ${error.advice}</p>` : ''}
  </li>`;
}

/** The sandbox answers with addresses as the networks give them, where nothing of ours stands. */
function addressOf(url: string, isSandbox: boolean) {
  return isSandbox ? html`<span class="quiet">${url}</span>` : html`<a href="${url}">${url}</a>`;
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: baseline; justify-content: space-between; }
nav { display: flex; gap: 1rem; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
ul { list-style: none; margin: 0; padding: 0; }
li { padding: .5rem 0; border-top: 1px solid color-mix(in srgb, currentColor 15%, transparent); overflow-wrap: anywhere; }
li p { margin: .25rem 0 0; }
time, .quiet { opacity: .75; }
.state { display: inline-block; min-width: 6.5rem; font-size: .85rem; font-weight: 600; }
.published { color: light-dark(#1a7f37, #57d27a); }
.failed, .missed { color: light-dark(#b3261e, #ff8a80); }
.held, .unconfirmed, .handoff { color: light-dark(#8a5a00, #f0b849); }
.alarm { background: light-dark(#fde8e6, #4a1512); border-radius: .5rem; padding: .75rem 1rem; }
.alarm p { margin: 0; }
`;
