const dayMs = 24 * 3600_000;

const pacificTime = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** When Google renews the quotas of a day. */
export function nextPacificMidnight(now: number): Date {
  const midnight = now + dayMs - timeOfDayMs(now);
  // On the two days on which the clocks change, a day is an hour longer or shorter.
  const offMs = timeOfDayMs(midnight);
  return new Date(offMs <= dayMs / 2 ? midnight - offMs : midnight + dayMs - offMs);
}

function timeOfDayMs(instant: number): number {
  const parts = pacificTime.formatToParts(instant);
  const partOf = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const seconds = partOf('hour') * 3600 + partOf('minute') * 60 + partOf('second');
  return seconds * 1000 + (((instant % 1000) + 1000) % 1000);
}
