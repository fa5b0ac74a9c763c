import type { Setting } from './setting.ts';

/** How long until an instant, by the time at which the page was made. */
export function Countdown({ at, setting }: { readonly at: number; readonly setting: Setting }) {
  return <span class="countdown">{setting.words.now.inTime(at - setting.now)}</span>;
}
