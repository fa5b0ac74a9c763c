import type { Rehearsal } from './rehearsed.ts';

export interface PageSetting {
  readonly calendar: { day(instant: number): string; clock(instant: number): string };
  displayNameOf(network: string): string;
}

export function renderRehearsal(rehearsal: Rehearsal, _setting: PageSetting): string {
  return JSON.stringify(rehearsal);
}
