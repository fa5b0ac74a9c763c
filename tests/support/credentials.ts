import type { AccountCredentials, Credentials } from '../../src/core/credentials.ts';

/** Credentials in memory; none without secrets. */
export function holdCredentials(
  secrets?: Readonly<Record<string, string>>,
  over: Partial<Credentials> = {},
): AccountCredentials {
  let current: Credentials | undefined =
    secrets === undefined ? undefined : { secrets, connectedAt: 0, version: 0, ...over };
  return {
    read: async () => current,
    renew: async (isStale, exchange, signal) => {
      if (current === undefined || !isStale(current)) return current;
      const { expiresAt: _, ...before } = current;
      const renewal = await exchange(current, { signal, begunBefore: undefined });
      current = {
        ...before,
        ...renewal,
        secrets: { ...before.secrets, ...renewal.secrets },
        renewedAt: Date.now(),
        version: before.version + 1,
      };
      return current;
    },
  };
}
