/** Says instants in one time zone. */
export interface Calendar {
  readonly timezone: string;
  /** `Tue 24 Nov 2026 09:00` */
  short(instant: number): string;
  /** `Tue 24 Nov 2026 09:00 (Europe/Paris)` */
  long(instant: number): string;
  /** `Tue 24 Nov 2026 09:00 (Europe/Paris, 08:00 UTC)`: also where the clocks show a time twice. */
  exact(instant: number): string;
  /** `Tue 24 Nov 2026 09:00:03` */
  seconds(instant: number): string;
  /** `Tue 24 Nov 2026` */
  day(instant: number): string;
  /** `09:00` */
  clock(instant: number): string;
}

export function openCalendar(timezone: string): Calendar {
  const local = partsReader(timezone);
  const utc = partsReader('UTC');
  const short = (instant: number) => sayMinute(local(instant));
  return {
    timezone,
    short,
    long: (instant) => `${short(instant)} (${timezone})`,
    exact(instant) {
      const here = local(instant);
      const there = utc(instant);
      const day = here.day === there.day ? '' : `${there.weekday} ${there.day} ${there.month} `;
      const zone = timezone === 'UTC' ? 'UTC' : `${timezone}, ${day}${sayClock(there)} UTC`;
      return `${sayMinute(here)} (${zone})`;
    },
    seconds(instant) {
      const parts = local(instant);
      return `${sayMinute(parts)}:${parts.second}`;
    },
    day: (instant) => sayDay(local(instant)),
    clock: (instant) => sayClock(local(instant)),
  };
}

/** `2026-11-24T08:00:00.000Z`, as every instant in JSON. */
export function isoTime(instant: number): string {
  return new Date(instant).toISOString();
}

type Parts = Readonly<Record<Intl.DateTimeFormatPartTypes, string>>;

function partsReader(timeZone: string): (instant: number) => Parts {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return (instant) =>
    Object.fromEntries(
      format.formatToParts(instant).map(({ type, value }) => [type, value]),
    ) as Parts;
}

function sayMinute(parts: Parts): string {
  return `${sayDay(parts)} ${sayClock(parts)}`;
}

function sayDay({ weekday, day, month, year }: Parts): string {
  return `${weekday} ${day} ${month} ${year}`;
}

function sayClock({ hour, minute }: Parts): string {
  return `${hour}:${minute}`;
}
