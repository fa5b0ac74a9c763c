import { wallClockOf } from '../schedule/wall-clock.ts';

const dayMs = 86_400_000;
const weekdays = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];

/** `Tue 2026-11-24 09:00`, as the clocks of a zone show it. */
export function sayTime(instant: number, timezone: string): string {
  const wall = wallClockOf(instant, timezone);
  return `${weekdays[((Math.floor(wall / dayMs) % 7) + 7) % 7]} ${dateOf(wall)} ${clockOf(wall)}`;
}

/** `from 23:30 to 07:00`, with the dates where they differ. */
export function sayMove(from: number, to: number, timezone: string): string {
  const before = wallClockOf(from, timezone);
  const after = wallClockOf(to, timezone);
  const isNear = Math.abs(after - before) < dayMs / 2;
  return isNear && clockOf(before) !== clockOf(after)
    ? `from ${clockOf(before)} to ${clockOf(after)}`
    : `from ${sayTime(from, timezone)} to ${sayTime(to, timezone)}`;
}

function dateOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}

function clockOf(wall: number): string {
  const text = new Date(wall).toISOString();
  return text.endsWith(':00.000Z') ? text.slice(11, 16) : text.slice(11, 19);
}
