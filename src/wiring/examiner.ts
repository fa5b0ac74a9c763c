import { hostname } from 'node:os';
import type { Account } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import type { ConfigFrame } from '../core/config.ts';
import type { CredentialStore } from '../core/credentials.ts';
import type { Examinations } from '../doctor/examinations.ts';
import { examineAccounts } from '../doctor/examine-accounts.ts';
import { examineMachine } from '../doctor/examine-machine.ts';
import type { Finding } from '../doctor/finding.ts';
import { examineTimeZones } from '../doctor/time-zones.ts';
import { networkOf } from '../networks/registry.ts';
import { judgeServers, readServerFacts } from '../redis/check-server.ts';
import { openSession } from './open-session.ts';
import type { Storage } from './storage.ts';

export interface Examiner {
  /**
   * Examines Redis, the clocks, the disk and every account. Fresh for a person who asks, and costs what that costs;
   * else an account that was asked in the last hours is not asked again, and this machine is taken for the one that
   * people want to know about.
   */
  examine(options: { readonly isFresh: boolean }): Promise<readonly Finding[]>;
  /** What the last examinations have found. */
  readonly examinations: Examinations;
}

interface ExaminerParts {
  readonly config: () => ConfigFrame;
  readonly storage: Storage;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly credentials: CredentialStore;
}

export function openExaminer(parts: ExaminerParts): Examiner {
  const { config, storage, dataDir, clock, credentials } = parts;
  const { endpoint, ledger, redis, journals, examinations } = storage;
  return {
    examinations,
    async examine({ isFresh }) {
      const { accounts, timezone, publishing } = config();
      const machine = await examineMachine({
        ...{ dataDir, journals, ledger },
        judgeRedis: async () => judgeServers(await readServerFacts(redis), endpoint),
      });
      const ofAccounts = await examineAccounts(
        {
          ...{ accounts: [...accounts.values()], timezone, ledger, examinations, networkOf },
          timeoutMs: 2 * publishing.requestTimeoutMs,
          versionOf: (account) => versionOf(account, credentials),
          open: (account) => openSession(account, publishing, { ledger, clock, credentials }),
        },
        { isFresh },
      );
      const findings = [examineTimeZones(timezone), ...machine, ...ofAccounts];
      const ofMachine = findings.filter(({ account }) => account === undefined);
      // What a person finds on another machine is not what the scheduler runs on.
      if (!isFresh || (await examinations.machine()) === hostname()) {
        await examinations.keepMachine(hostname(), ofMachine);
      }
      return findings;
    },
  };
}

/** Credentials that cannot be read are what the session complains of. */
async function versionOf(account: Account, credentials: CredentialStore): Promise<number> {
  try {
    return (await credentials.of(account).read())?.version ?? 0;
  } catch {
    return 0;
  }
}
