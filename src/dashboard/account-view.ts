import type { Account } from '../core/account.ts';
import type { PostLimit } from '../core/limits.ts';
import type { Cost } from '../core/money.ts';
import { openCalendar } from '../core/say-time.ts';
import { monthOf } from '../costs/months.ts';
import { isFault } from '../doctor/finding.ts';
import type { Hold, LimitedLine, MonthlySum } from '../ledger/ledger.ts';
import { sayConnection } from '../telling/connection.ts';
import { sayLimitedLine } from '../telling/limit-text.ts';
import { displayNameOf } from '../telling/network-name.ts';
import { sayHold } from '../telling/obstacles.ts';
import { readConnection } from '../telling/read-connection.ts';
import type { Desk } from './desk.ts';

/** An account as its page shows it. What is said stands in sentences. */
export interface AccountView {
  readonly name: string;
  readonly networkName: string;
  /** Such as `@newsroom`; undefined: nobody has asked yet. */
  readonly whose: string | undefined;
  /** When the account was last asked. */
  readonly askedAt: number | undefined;
  readonly connection: string;
  /** What to type to connect it; undefined where there is nothing to connect. */
  readonly connectCommand: string | undefined;
  /** Why nothing is sent on it, if nothing is. */
  readonly hold: string | undefined;
  /** True if that is a hold of its own, which a person can end. */
  readonly isHeldAlone: boolean;
  /** What of the network's limits holds back. */
  readonly line: string | undefined;
  readonly ownLimits: readonly PostLimit[];
  readonly money: AccountMoney | undefined;
  readonly findings: readonly string[];
}

/** Of this month. */
export interface AccountMoney {
  /** `2026-12` */
  readonly month: string;
  readonly currency: string;
  readonly spent: number;
  readonly reserved: number;
  readonly budget: Cost | undefined;
}

interface Everything {
  readonly holds: ReadonlyMap<string, Hold>;
  readonly lines: readonly LimitedLine[];
  readonly sums: readonly MonthlySum[];
  readonly now: number;
}

/** Every account of the config, in its order. */
export async function viewAccounts(desk: Desk): Promise<readonly AccountView[]> {
  const { ledger, config } = desk;
  const [holds, lines, sums, now] = await Promise.all([
    ledger.holds(),
    ledger.lines(),
    ledger.monthlySums(),
    ledger.now(),
  ]);
  const everything = { holds, lines, sums, now };
  return Promise.all(
    [...config.accounts.values()].map((account) => viewAccount(account, everything, desk)),
  );
}

async function viewAccount(
  account: Account,
  { holds, lines, sums, now }: Everything,
  { config, credentials, examinations }: Desk,
): Promise<AccountView> {
  const { name, network } = account;
  const calendar = openCalendar(config.timezone);
  const networkName = displayNameOf(network);
  const [look, connection, findings] = await Promise.all([
    examinations.lookAt(name),
    readConnection(account, credentials),
    examinations.findings([name]),
  ]);
  const own = holds.get(name);
  const ofAll = holds.get('*');
  const line = lines.find((one) => one.account === name);
  const facts = look !== undefined && 'whose' in look.answer ? look.answer : undefined;
  return {
    name,
    networkName,
    whose: facts?.whose ?? connection.credentials?.whose,
    askedAt: look?.at,
    connection: sayConnection({ account, network: networkName, ...connection }, calendar),
    connectCommand: connection.state === 'assisted' ? undefined : `carillon connect ${name}`,
    hold: own ? sayHold(name, own, calendar) : ofAll && sayHold('*', ofAll, calendar),
    isHeldAlone: own !== undefined,
    line: line && sayLimitedLine(line, now, calendar),
    ownLimits: account.limits ?? [],
    money: moneyOf(account, sums, monthOf(now, config.timezone)),
    findings: findings
      .filter((finding) => finding.account === name && isFault(finding))
      .map(({ message, remedy }) => `${message} ${remedy}`),
  };
}

function moneyOf(
  { name, prices, budget }: Account,
  sums: readonly MonthlySum[],
  month: string,
): AccountMoney | undefined {
  if (prices === undefined) return undefined;
  const { currency } = prices;
  const sum = sums.find(
    (one) => one.account === name && one.month === month && one.currency === currency,
  );
  return { month, currency, spent: sum?.spent ?? 0, reserved: sum?.reserved ?? 0, budget };
}
