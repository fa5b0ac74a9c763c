/** `in 2 h 10 min`; `now` where it is no longer to come. */
export function sayIn(ms: number): string {
  return ms <= 0 ? 'now' : `in ${sayLength(ms)}`;
}

/** `5 min ago` */
export function sayAgo(ms: number): string {
  return ms < 10_000 ? 'just now' : `${sayLength(ms)} ago`;
}

function sayLength(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const [days, hours, rest] = [
    Math.floor(minutes / 1_440),
    Math.floor(minutes / 60) % 24,
    minutes % 60,
  ];
  if (minutes < 1) return 'less than a minute';
  if (days >= 7) return `${days} days`;
  if (days > 0) return hours === 0 ? `${days} d` : `${days} d ${hours} h`;
  if (hours > 0) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
  return `${minutes} min`;
}
