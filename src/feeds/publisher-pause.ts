const periods: Readonly<Record<string, number>> = {
  hourly: 3_600_000,
  daily: 86_400_000,
  weekly: 604_800_000,
  monthly: 2_592_000_000,
  yearly: 31_536_000_000,
};

/** How long a publisher wants a feed to be left alone, in milliseconds, by `ttl` (minutes) or the syndication module. */
export function publisherPause(
  ttl: number | undefined,
  syndication: { readonly updatePeriod?: string; readonly updateFrequency?: number } | undefined,
): number | undefined {
  if (ttl !== undefined && ttl > 0) return ttl * 60_000;
  const period = syndication?.updatePeriod?.trim().toLowerCase() ?? '';
  if (!Object.hasOwn(periods, period)) return undefined;
  const times = syndication?.updateFrequency ?? 1;
  return (periods[period] ?? 0) / (times > 0 ? times : 1);
}
