import type { Setting } from './layout.tsx';

/** An instant, in the config's time zone and the visitor's language. */
export function When({ at, setting }: { readonly at: number; readonly setting: Setting }) {
  const { words, timezone } = setting;
  return (
    <time datetime={new Date(at).toISOString()}>{formatOf(words.locale, timezone).format(at)}</time>
  );
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
  formats.set(key, format);
  return format;
}
