import type { Setting } from './setting.ts';

interface InstantProps {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly setting: Setting;
}

interface DayProps {
  /** `2026-12-01` */
  readonly day: string;
  readonly setting: Setting;
}

/** An instant, in the config's time zone and the visitor's language; with the year where it is another one. */
export function When({ at, setting }: InstantProps) {
  const { timezone, now } = setting;
  const isThisYear = write(at, setting, YEAR, timezone) === write(now, setting, YEAR, timezone);
  const format = isThisYear ? MINUTE : { ...MINUTE, ...YEAR };
  return <time datetime={new Date(at).toISOString()}>{write(at, setting, format, timezone)}</time>;
}

/** The time of day alone. */
export function Clock({ at, setting }: InstantProps) {
  return (
    <time datetime={new Date(at).toISOString()}>{write(at, setting, CLOCK, setting.timezone)}</time>
  );
}

export function Day({ day, setting }: DayProps) {
  return <time datetime={day}>{write(Date.parse(day), setting, DAY, 'UTC')}</time>;
}

export function Month({ day, setting }: DayProps) {
  return <time datetime={day.slice(0, 7)}>{write(Date.parse(day), setting, MONTH, 'UTC')}</time>;
}

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;
const DAY = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const MINUTE = { ...DAY, ...CLOCK } as const;
const YEAR = { year: 'numeric' } as const;
const MONTH = { month: 'long', year: 'numeric' } as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A formatter takes long to make, and there are few. */
function write(
  at: number,
  { words: { locale } }: Setting,
  options: Intl.DateTimeFormatOptions,
  timeZone: string,
): string {
  const key = `${locale} ${timeZone} ${Object.keys(options).join()}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { ...options, timeZone, hourCycle: 'h23' });
    formats.set(key, format);
  }
  return format.format(at);
}
