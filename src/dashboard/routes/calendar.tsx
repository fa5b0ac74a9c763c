import type { Hono } from 'hono';
import { readCalendar } from '../../calendar/calendar-event.ts';
import { writeIcs } from '../../calendar/write-ics.ts';
import { displayNameOf } from '../../telling/network-name.ts';
import type { VisitEnv } from '../access/entrance.tsx';
import { viewCalendar } from '../calendar-view.ts';
import type { DashboardData } from '../data.ts';
import { CalendarPage } from '../pages/calendar-page.tsx';
import { settingOf, showPage } from './show-page.ts';

/** What is due when, as a page and for calendar programs. */
export function addCalendar(app: Hono<VisitEnv>, data: DashboardData): void {
  app.get('/calendar', async (context) => {
    const [setting, schedule] = await Promise.all([settingOf(context, data), data.schedule()]);
    const { timezone, now } = setting;
    const view = viewCalendar({
      ...{ overview: data.overview, timezone, now, schedule },
      view: context.req.query('view'),
      day: context.req.query('day'),
    });
    return showPage(context, <CalendarPage {...{ setting, view, accounts: data.accounts() }} />);
  });
  app.get('/calendar.ics', async (context) => {
    const body = await renderCalendar(data);
    return context.body(body, 200, { 'content-type': 'text/calendar; charset=utf-8' });
  });
}

/** What lies longer back than this, calendar programs have long taken over. */
const CALENDAR_PAST_MS = 90 * 86_400_000;
/** As many as are quick to write, whatever the ledger holds. */
const MOST_EVENTS = { past: 200, coming: 600 };

/** What went out lately and what is to come, for calendar programs to subscribe to. */
async function renderCalendar(data: DashboardData): Promise<string> {
  const now = await data.now();
  const past = data.overview.dueBetween(now - CALENDAR_PAST_MS, now).slice(-MOST_EVENTS.past);
  const coming = data.overview
    .dueBetween(now, Number.POSITIVE_INFINITY)
    .slice(0, MOST_EVENTS.coming);
  const names = [...past, ...coming].map(({ publication }) => publication);
  const [known, posts] = await Promise.all([data.publications(names), data.posts(names)]);
  const records = known.filter((record) => record !== undefined);
  const { events } = readCalendar({ intents: [], records, posts });
  return writeIcs(events, { now, displayNameOf });
}
