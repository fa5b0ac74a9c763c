const formats = new Map<string, Intl.DateTimeFormat>();

/** A day as the readers of a language write it, in the time zone: `24 November 2026`, `۳ آذر ۱۴۰۵`. */
export function writeDate(instant: Date, language: string | undefined, timezone: string): string {
  const key = `${language} ${timezone}`;
  const format = formats.get(key) ?? openFormat(language, timezone);
  formats.set(key, format);
  return format.format(instant);
}

/** English where the language is not known, or its tag is none. */
function openFormat(language: string | undefined, timeZone: string): Intl.DateTimeFormat {
  const options = { dateStyle: 'long', timeZone } as const;
  try {
    return new Intl.DateTimeFormat([language ?? 'en-GB', 'en-GB'], options);
  } catch {
    return new Intl.DateTimeFormat('en-GB', options);
  }
}
