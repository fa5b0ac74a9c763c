import type { Calendar } from '../core/say-time.ts';
import { count } from '../core/words.ts';
import type { AccessEnd } from '../networks/account-facts.ts';
import type { Finding } from './finding.ts';

/** A publication that is yet to go out. */
export interface Planned {
  readonly publication: string;
  readonly due: number;
}

export interface AccessEndSetting {
  /** What the account has yet to publish, in any order. */
  readonly planned: readonly Planned[];
  readonly now: number;
  readonly calendar: Calendar;
}

const DAY_MS = 86_400_000;
/** How many days before the end people are told, and told again. */
const STAGES = [1, 3, 7, 14] as const;

/** Judges the end of an account's access by what the account has yet to publish. */
export function judgeAccessEnd(
  account: string,
  { code, at, what, isDoubtful = false }: AccessEnd,
  { planned, now, calendar }: AccessEndSetting,
): Finding {
  const check = 'account';
  const atRisk = planned.filter(({ due }) => due >= at).sort((a, b) => a.due - b.due);
  const stage = stageOf(at - now);
  const ends = `${account}: ${what} ${at <= now ? 'has ended' : 'ends'} on ${calendar.short(at)}`;
  if (stage === 'later' && atRisk.length === 0) {
    const message = `${ends}, after all that is planned.`;
    return { check, account, code: `end of ${code}`, severity: 'ok', message };
  }
  return {
    check,
    account,
    code: `end of ${code}, ${stage}`,
    severity: severityOf(stage, isDoubtful),
    message: `${ends}${sayRisk(atRisk, calendar)}.`,
    remedy: `Somebody who may manage the account runs "carillon connect ${account}"${at <= now ? '' : ' before that'}.`,
  };
}

type Stage = (typeof STAGES)[number] | 'ended' | 'later';

/** What may do no harm at all is told of weeks before, and alarms nobody earlier. */
function severityOf(stage: Stage, isDoubtful: boolean): 'note' | 'warning' | 'error' {
  if (isDoubtful) return stage === 'later' ? 'note' : 'warning';
  return stage === 'ended' || stage === 1 ? 'error' : 'warning';
}

function stageOf(leftMs: number): Stage {
  if (leftMs <= 0) return 'ended';
  return STAGES.find((days) => leftMs <= days * DAY_MS) ?? 'later';
}

function sayRisk([first, ...others]: readonly Planned[], calendar: Calendar): string {
  if (first === undefined) return ', and nothing is planned after that';
  const when = `${first.publication} on ${calendar.short(first.due)}`;
  if (others.length === 0) return `, and one publication is at risk: ${when}`;
  return `, and ${count(others.length + 1, 'publication')} are at risk, the first of them ${when}`;
}
