import type { Account } from '../core/account.ts';
import type { AccountFacts, Permissions } from '../networks/account-facts.ts';
import { type AccessEndSetting, judgeAccessEnd } from './access-end.ts';
import type { Finding } from './finding.ts';

export interface AccountSetting extends AccessEndSetting {
  readonly displayName: string;
  readonly isAssisted: boolean;
}

/** What an account could not be asked for. Plain data, as it is kept. */
export interface AccountRefusal {
  /** The name of the error's class: see core/errors.ts. */
  readonly name: string;
  readonly code?: string;
  readonly message: string;
  /** What the error itself says that is to be done. */
  readonly advice?: string;
}

/** Judges what an account tells of itself: whose it is, and whatever stands in the way of its posts. */
export function judgeAccount(
  { name }: Account,
  facts: AccountFacts,
  setting: AccountSetting,
): readonly Finding[] {
  const subject = { check: 'account', account: name } as const;
  const others: readonly Finding[] = [
    ...judgePermissions(name, facts.permissions),
    ...facts.ends.map((end) => judgeAccessEnd(name, end, setting)),
    ...facts.remarks.map((remark) => ({
      ...subject,
      ...remark,
      message: `${name}: ${remark.message}`,
    })),
  ];
  const canPost = !others.some(({ severity }) => severity === 'error');
  return [judgeIdentity(name, facts, { ...setting, canPost }), ...others];
}

function judgeIdentity(
  name: string,
  { whose, wanted }: AccountFacts,
  { displayName, isAssisted, canPost }: AccountSetting & { readonly canPost: boolean },
): Finding {
  const subject = { check: 'account', account: name, code: 'identity' } as const;
  if (wanted !== undefined) {
    return {
      ...subject,
      severity: 'error',
      message: `${name}: its credentials are of ${whose} on ${displayName}, and the config means ${wanted}.`,
      remedy: `Correct the config, or run "carillon connect ${name}" as ${wanted}.`,
    };
  }
  const how = isAssisted ? 'a person posts by hand there' : 'its credentials work';
  const more = isAssisted || canPost ? `; ${how}` : '';
  return { ...subject, severity: 'ok', message: `${name}: ${whose} on ${displayName}${more}.` };
}

function judgePermissions(name: string, permissions: Permissions | undefined): readonly Finding[] {
  if (permissions === undefined) return [];
  const { granted, needed, remedy } = permissions;
  const missing = needed.filter((one) => !granted.includes(one));
  if (missing.length === 0) return [];
  return [
    {
      check: 'account',
      account: name,
      code: 'permissions',
      severity: 'error',
      message: `${name}: its credentials lack what posting needs: ${missing.join(', ')}.`,
      remedy: remedy ?? `Run "carillon connect ${name}", and allow everything that is asked for.`,
    },
  ];
}

/** What to say of an account that could not be reached or that the network refuses. */
export function judgeAccountRefusal(account: Account, refusal: AccountRefusal): Finding {
  const { name } = account;
  const { message, code } = refusal;
  return {
    check: 'account',
    account: name,
    code: `refused ${code ?? ''}`.trim(),
    severity: refusal.name === 'RateLimitedError' ? 'warning' : 'error',
    message: `${name}: ${message}${code === undefined ? '' : ` (${code})`}`,
    remedy: refusal.advice ?? remedyOf(account, refusal),
  };
}

function remedyOf({ name: account, sandbox, apiUrl }: Account, { name }: AccountRefusal): string {
  switch (name) {
    case 'RateLimitedError':
      return 'Wait, and run "carillon doctor" again later.';
    case 'UnauthorizedError':
      return `Do what it says; new credentials come from "carillon connect ${account}" or stand in ${prefixOf(account)}…. Then run "carillon doctor" again.`;
    case 'RejectedError':
      return 'See whether the config says what you mean of the account, and run "carillon doctor" again.';
    default:
      return sandbox
        ? `The sandbox runs with "carillon start" or "carillon sandbox"; it is to answer at ${apiUrl}.`
        : `See whether this machine reaches ${apiUrl}, and try again in a few minutes.`;
  }
}

function prefixOf(account: string): string {
  return `CARILLON_${account.toUpperCase().replaceAll('-', '_')}_`;
}
