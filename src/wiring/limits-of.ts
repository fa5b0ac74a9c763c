import { createHash } from 'node:crypto';
import type { Account } from '../core/account.ts';
import type { AccountLimits } from '../core/limits.ts';
import { networkOf } from '../networks/registry.ts';

/** What is known beforehand of an account's limits: those of its network, and the lower ones of its own. */
export function limitsOf({ network, limits = [], secrets }: Account): AccountLimits {
  const { limits: known, appFields } = networkOf(network);
  const own = limits.map(
    (limit) => ({ ...limit, name: `own-${limit.perMs}`, of: 'account' }) as const,
  );
  const app = appFields.map((field) => secrets[field]).find(Boolean);
  return {
    known: [...known, ...own],
    ...(app !== undefined && { app: hashOf(network, app) }),
  };
}

/** Says whether two accounts have the same app, and nothing else. */
function hashOf(network: string, app: string): string {
  return createHash('sha256').update(`app of ${network}\n${app}`).digest('hex').slice(0, 32);
}
