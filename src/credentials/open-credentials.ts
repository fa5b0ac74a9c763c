import type { Account } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import { type AccountCredentials, type CredentialStore, SealedError } from '../core/credentials.ts';
import { isPublishError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { insist } from './insist.ts';
import type { KeyRing } from './key-ring.ts';
import { toPutOff } from './put-off.ts';
import type { CredentialRecords } from './redis-records.ts';
import { rekey, type SealedPlace } from './rekey.ts';
import { renew } from './renew.ts';
import {
  type OpenedCredentials,
  openSealedCredentials,
  type SealedCredentials,
} from './sealed-credentials.ts';
import {
  chooseCredentials,
  connected,
  renewed,
  type StoredCredentials,
} from './stored-credentials.ts';

export interface CredentialOptions {
  /** Of the ledger. */
  readonly namespace: string;
  readonly records: CredentialRecords;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly log: Log;
  /** Which secrets of an account give access to it; the others are of the app. */
  tokenFieldsOf(account: Account): readonly string[];
  /** Hears of every token that is read or written. */
  learn(secrets: readonly string[]): void;
  /** Everything else that is sealed with the same keys. */
  readonly neighbours: readonly SealedPlace[];
  /** How long one renewal has; a minute unless given. Milliseconds. */
  readonly lockMs?: number;
}

/** Longer than Redis is away when it is started anew. */
const INSIST_MS = 60_000;

/** The credentials of all accounts of one ledger: in Redis, sealed. */
export function openCredentials(options: CredentialOptions): CredentialStore {
  const { namespace, records, ring, clock, log, lockMs = 60_000 } = options;
  const sealed = openSealedCredentials(records, ring, namespace, options.learn);
  const renewals = new Map<string, Promise<unknown>>();
  /** What was obtained and could not be stored yet. */
  const unstored = new Map<string, { credentials: StoredCredentials; fence: number }>();

  const environmentOf = (account: Account) => {
    const fields = options.tokenFieldsOf(account);
    const held = Object.entries(account.secrets).filter(([field]) => fields.includes(field));
    return Object.fromEntries(held);
  };
  const storeLate = async (name: string) => {
    const late = unstored.get(name);
    if (late === undefined) return;
    await sealed.write(name, late.credentials, { fence: late.fence });
    if (unstored.get(name) === late) unstored.delete(name);
  };
  const read = async (account: Account) => {
    await storeLate(account.name);
    return chooseCredentials(await sealed.read(account.name), environmentOf(account));
  };
  const store = async (name: string, credentials: StoredCredentials, fence: number) => {
    try {
      await insist(() => sealed.write(name, credentials, { fence }), { forMs: INSIST_MS, log });
    } catch (error) {
      unstored.set(name, { credentials, fence });
      throw error;
    }
  };

  const of = (account: Account): AccountCredentials => ({
    read: () => puttingOff(account, clock, () => read(account)),
    renew: (isStale, exchange, signal) =>
      puttingOff(account, clock, async () => {
        const { name } = account;
        // In one process nobody has to wait for a lock, and what the network says to one it says to all who wait.
        const before = renewals.get(name)?.catch(throwIfSaid) ?? Promise.resolve();
        const renewal = before.then(() =>
          renew({
            ...{ account: name, records, lockMs, isStale, exchange, signal, now: clock.now },
            read: () => read(account),
            prepareToStore: () => sealed.prepareToWrite(name),
            store: (was, answer, fence) =>
              store(name, renewed(was, answer, environmentOf(account), clock.now()), fence),
          }),
        );
        renewals.set(name, renewal);
        try {
          return await renewal;
        } finally {
          if (renewals.get(name) === renewal) renewals.delete(name);
        }
      }),
  });

  return {
    of,

    async connect(account, grant, { replaceUnreadable = false } = {}) {
      const { name } = account;
      const environment = environmentOf(account);
      for (;;) {
        // Higher than that of any renewal under way: what it brings is of an earlier grant.
        const fence = await records.nextFence();
        const before = await readToReplace(name, sealed, replaceUnreadable);
        const chosen = chooseCredentials(before, environment) ?? before;
        const after = connected(chosen, grant, environment, clock.now());
        const answer = await sealed.write(name, after, {
          fence,
          ...(replaceUnreadable ? { takesKey: true } : { version: before?.version ?? 0 }),
        });
        if (answer.is === 'stale') continue;
        unstored.delete(name);
        const { insteadOf: _, ...credentials } = after;
        return { ...credentials, version: answer.version };
      }
    },

    async forget({ name }) {
      unstored.delete(name);
      return records.forget(name);
    },

    rekey: () => rekey([{ namespace, records }, ...options.neighbours], ring),
  };
}

function throwIfSaid(error: unknown): void {
  if (isPublishError(error)) throw error;
}

async function readToReplace(
  account: string,
  sealed: SealedCredentials,
  replaceUnreadable: boolean,
): Promise<OpenedCredentials | undefined> {
  try {
    return await sealed.read(account);
  } catch (error) {
    if (replaceUnreadable && error instanceof SealedError) return undefined;
    throw error;
  }
}

async function puttingOff<T>(
  { network }: Account,
  clock: Clock,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toPutOff(error, network, clock.now());
  }
}
