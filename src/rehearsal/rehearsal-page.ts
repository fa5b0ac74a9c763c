import { html } from 'hono/html';
import { beginningOf } from '../core/beginning.ts';
import { partsOf } from '../core/post.ts';
import { pageStyle } from '../preview/page-style.ts';
import { renderStandalonePage } from '../preview/standalone-page.ts';
import { dayOf, listMonths, type Month, type MonthDay } from '../schedule/month-days.ts';
import { rehearsalStyle } from './rehearsal-style.ts';
import { goesWell, type Rehearsal, type Rehearsed } from './rehearsed.ts';

export interface PageSetting {
  /** `Tue 1 Dec 2026 09:00` */
  sayTime(instant: number): string;
  /** `09:00` */
  sayClock(instant: number): string;
  /** What people call a network. */
  displayNameOf(network: string): string;
  /** What happened to a publication, in a sentence each. */
  storyOf(one: Rehearsed): readonly string[];
}

/** A calendar of what a rehearsal has shown, in one page. */
export async function renderRehearsal(rehearsal: Rehearsal, setting: PageSetting): Promise<string> {
  const { from, to, timezone, publications } = rehearsal;
  const span = `${setting.sayTime(from)} to ${setting.sayTime(to)}`;
  const byDay = groupByDay(publications, timezone);
  const days = [dayOf(from, timezone), dayOf(to, timezone), ...byDay.keys()].sort();
  const months = listMonths(days[0] ?? '', days.at(-1) ?? '');
  return renderStandalonePage({
    title: `Rehearsal, ${span}`,
    style: `${pageStyle}${rehearsalStyle}`,
    hasImages: false,
    body: html`<header class="top">
      <h1>Rehearsal <small>${span}</small></h1>
      <ul class="counts">${countsOf(rehearsal).map((words) => html`<li>${words}</li>`)}</ul>
      <p>Times are in ${timezone}. Nothing of this has reached a network: it shows what would appear if nothing changes.</p>
    </header>
    <main>
      ${renderTrouble(rehearsal, setting)}
      ${months.map((month) => renderMonth(month, byDay, setting))}
    </main>`,
  });
}

type ByDay = ReadonlyMap<string, readonly Rehearsed[]>;

function groupByDay(publications: readonly Rehearsed[], timezone: string): ByDay {
  const byDay = new Map<string, Rehearsed[]>();
  for (const one of publications) {
    const day = dayOf(one.at, timezone);
    const others = byDay.get(day);
    if (others === undefined) byDay.set(day, [one]);
    else others.push(one);
  }
  return byDay;
}

function countsOf({ publications, strays }: Rehearsal): readonly string[] {
  const states = new Map<string, number>();
  for (const { state, isDraft } of publications) {
    const shown = isDraft ? 'draft' : state;
    states.set(shown, (states.get(shown) ?? 0) + 1);
  }
  const counts = [...states].map(([state, n]) => `${n.toLocaleString('en-US')} ${state}`);
  return strays.length === 0 ? counts : [...counts, `${strays.length} that nobody wants`];
}

function renderTrouble({ publications, strays }: Rehearsal, { sayTime }: PageSetting) {
  const bad = publications.filter((one) => !goesWell(one));
  if (bad.length + strays.length === 0) return '';
  return html`<section class="trouble">
    <h2>What would go wrong</h2>
    <ul>
      ${bad.map((one) => html`<li><a href="#${idOf(one)}"><bdi>${one.publication}</bdi></a>, ${sayTime(one.due)}: ${one.state}. <bdi>${one.error?.message ?? ''}</bdi></li>`)}
      ${strays.map((stray) => html`<li>A post that no publication wants appears. <bdi>${stray}</bdi></li>`)}
    </ul>
  </section>`;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function renderMonth({ name, days }: Month, byDay: ByDay, setting: PageSetting) {
  return html`<section class="month">
    <h2>${name}</h2>
    <div class="weekdays" aria-hidden="true">${WEEKDAYS.map((day) => html`<span>${day}</span>`)}</div>
    <ol class="grid">
      ${days.map((day) => renderDay(day, byDay.get(day.iso) ?? [], setting))}
    </ol>
  </section>`;
}

function renderDay(day: MonthDay, events: readonly Rehearsed[], setting: PageSetting) {
  if (!day.isOfMonth) return html`<li class="cell other" aria-hidden="true"></li>`;
  return html`<li class="cell${events.length === 0 ? ' empty' : ''}">
    <h3 class="date"><span class="short" aria-hidden="true">${day.number}</span><span class="long">${day.name}</span></h3>
    ${events.map((one) => renderEvent(one, setting))}
  </li>`;
}

function renderEvent(one: Rehearsed, { sayClock, displayNameOf, storyOf }: PageSetting) {
  const { publication, network, at, post, error, isDraft } = one;
  const state = isDraft ? 'draft' : one.state;
  const kind = goesWell(one) ? (state === 'published' ? 'good' : 'person') : 'bad';
  const mark = state === 'published' ? '' : html` <span class="state">${state}</span>`;
  const story = storyOf(one);
  return html`<details class="event ${network} ${kind}" id="${idOf(one)}">
    <summary><time datetime="${new Date(at).toISOString()}">${sayClock(at)}</time> <span class="network">${displayNameOf(network)}</span>${mark}
      <span class="words" dir="auto">${beginningOf(post.text.split('\n', 1)[0] ?? '', 70)}</span></summary>
    ${partsOf(post).map((text) => html`<p class="full" dir="auto">${text}</p>`)}
    <dl>
      <dd><bdi>${publication}</bdi></dd>
      ${post.link === undefined ? '' : html`<dd><bdi>${post.link}</bdi></dd>`}
      ${post.media.map(({ file, alt }) => html`<dd>Image: <bdi>${file}</bdi> <bdi>${alt}</bdi></dd>`)}
      ${error === undefined ? '' : html`<dd><bdi>${error.message}</bdi> ${error.advice}</dd>`}
    </dl>
    ${story.length === 0 ? '' : html`<ol>${story.map((line) => html`<li><bdi>${line}</bdi></li>`)}</ol>`}
  </details>`;
}

/** Names of publications hold slashes; ids may hold everything but spaces. */
function idOf({ publication }: Rehearsed): string {
  return encodeURIComponent(publication).replaceAll('%', '_');
}
