import type { Account } from '../core/account.ts';
import { openCalendar } from '../core/say-time.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Network, Session } from '../networks/network.ts';
import { type AccountSetting, judgeAccount, judgeAccountRefusal } from './account.ts';
import { judgeNetworkClocks } from './clock.ts';
import type { AccountLook, Examinations } from './examinations.ts';
import type { Finding } from './finding.ts';
import { lookAtAccount, markOf } from './look-at-account.ts';

export interface AccountsSetup {
  readonly accounts: readonly Account[];
  readonly timezone: string;
  /** Time for all that one account is asked. */
  readonly timeoutMs: number;
  readonly ledger: Pick<Ledger, 'now' | 'list'>;
  readonly examinations: Examinations;
  networkOf(id: string): Pick<Network, 'displayName' | 'isAssisted'>;
  open(account: Account): Promise<Session>;
  /** Which credentials the account has: another number after it was connected anew. */
  versionOf(account: Account): Promise<number>;
}

/** A look may cost money, so one a day is enough, and what failed is not hurried either. */
const ANSWER_KEPT_MS = 23 * 3_600_000;
const REFUSAL_KEPT_MS = 55 * 60_000;

/**
 * Examines every account, all at once, and keeps what was found.
 *
 * @param isFresh false: an account is not asked again so soon after the last time, and judged by what it said then
 */
export async function examineAccounts(
  setup: AccountsSetup,
  { isFresh }: { readonly isFresh: boolean },
): Promise<readonly Finding[]> {
  const { accounts, ledger, examinations } = setup;
  const now = await ledger.now();
  const planned = await ledger.list(['scheduled', 'held', 'sending', 'unconfirmed']);
  const calendar = openCalendar(setup.timezone);

  const examined = await Promise.all(
    accounts.map(async (account) => {
      const of = markOf(account, await setup.versionOf(account));
      const kept = isFresh ? undefined : await readKept(account, of, now, examinations);
      const look = kept ?? (await takeLook(account, of, now, setup));
      const { displayName, isAssisted } = setup.networkOf(account.network);
      const findings = findingsOf(account, look, {
        displayName,
        isAssisted: isAssisted(account.settings),
        planned: planned.filter((one) => one.account === account.name),
        now,
        calendar,
      });
      await examinations.keepAccount(account.name, look, findings);
      return { findings, displayName, clockAheadMs: clockOf(look) };
    }),
  );
  const clocks = examined.flatMap(({ displayName, clockAheadMs }) =>
    clockAheadMs === undefined ? [] : [{ displayName, aheadMs: -clockAheadMs }],
  );
  return [...judgeNetworkClocks(clocks), ...examined.flatMap(({ findings }) => findings)];
}

async function readKept(
  account: Account,
  of: string,
  now: number,
  examinations: Examinations,
): Promise<AccountLook | undefined> {
  const look = await examinations.lookAt(account.name);
  if (look === undefined || look.of !== of) return undefined;
  const keptMs = 'refusal' in look.answer ? REFUSAL_KEPT_MS : ANSWER_KEPT_MS;
  return now - look.at < keptMs ? look : undefined;
}

async function takeLook(
  account: Account,
  of: string,
  now: number,
  { open, timeoutMs }: AccountsSetup,
): Promise<AccountLook> {
  const answer = await lookAtAccount(() => open(account), timeoutMs);
  return { at: now, of, answer };
}

function findingsOf(
  account: Account,
  { answer }: AccountLook,
  setting: AccountSetting,
): readonly Finding[] {
  if ('refusal' in answer) return [judgeAccountRefusal(account, answer.refusal)];
  return judgeAccount(account, answer, setting);
}

function clockOf({ answer }: AccountLook): number | undefined {
  return 'refusal' in answer ? undefined : answer.clockAheadMs;
}
