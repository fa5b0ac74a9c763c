import ICAL from 'ical.js';
import { beginningOf } from '../core/beginning.ts';
import { partsOf } from '../core/post.ts';
import type { CalendarEvent } from './calendar-event.ts';

export interface IcsOptions {
  /** When the calendar is written: milliseconds since 1970. */
  readonly now: number;
  /** What people call a network. */
  displayNameOf(network: string): string;
}

// The library does not count the space before a folded line: one less keeps every line within 75 octets.
ICAL.foldLength = 74;

/** A publication is a moment; calendars show what lasts a little. */
const SHOWN_FOR_SECONDS = 15 * 60;
const SUMMARY_LENGTH = 80;

/** A calendar (RFC 5545) of publications. The same publication has the same UID in every one. */
export function writeIcs(events: readonly CalendarEvent[], options: IcsOptions): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.updatePropertyWithValue('version', '2.0');
  calendar.updatePropertyWithValue('prodid', '-//Carillon//Publications//EN');
  calendar.updatePropertyWithValue('calscale', 'GREGORIAN');
  calendar.updatePropertyWithValue('x-wr-calname', 'Carillon');
  for (const event of events) calendar.addSubcomponent(toComponent(event, options));
  return `${calendar.toString()}\r\n`;
}

function toComponent(event: CalendarEvent, { now, displayNameOf }: IcsOptions) {
  const { publication, account, network, at, state, url, revision } = event;
  const component = new ICAL.Component('vevent');
  const set = (name: string, value: unknown) => component.updatePropertyWithValue(name, value);
  set('uid', `${publication}@carillon`);
  set('dtstamp', utcTime(now));
  set('dtstart', utcTime(at));
  set('duration', ICAL.Duration.fromSeconds(SHOWN_FOR_SECONDS));
  set('summary', plain(`${account}: ${beginningOf(event.post.text, SUMMARY_LENGTH)}`));
  set('description', plain(describe(event)));
  if (url !== undefined && URL.canParse(url)) set('url', new URL(url).href);
  set('status', statusOf(state));
  set('sequence', revision);
  // Nobody is busy because a post goes out.
  set('transp', 'TRANSPARENT');
  set('x-carillon-state', state);
  const categories = new ICAL.Property('categories');
  categories.setValues([account, displayNameOf(network)].map(plain));
  component.addProperty(categories);
  return component;
}

function describe({ post, state, url, note, publication }: CalendarEvent): string {
  return [
    ...partsOf(post),
    ...(url === undefined ? [] : [url]),
    ...post.media.map(({ file, alt }) => `Image: ${file}${alt === '' ? '' : `, “${alt}”`}`),
    [`${publication}: ${state}.`, ...(note === undefined ? [] : [note])].join(' '),
  ].join('\n\n');
}

function statusOf(state: CalendarEvent['state']): 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED' {
  switch (state) {
    case 'scheduled':
    case 'sending':
    case 'published':
      return 'CONFIRMED';
    case 'planned':
    case 'held':
    case 'unconfirmed':
    case 'handoff':
      return 'TENTATIVE';
    case 'failed':
    case 'missed':
    case 'cancelled':
    case 'retracted':
      return 'CANCELLED';
  }
}

function utcTime(instant: number) {
  return ICAL.Time.fromJSDate(new Date(instant), true);
}

const CONTROL = /[\p{Cc}\p{Cs}]/gu;

/** Text without what a calendar may not hold; line breaks and tabs stay. */
function plain(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(CONTROL, (character) => (/[\n\t]/.test(character) ? character : ''));
}
