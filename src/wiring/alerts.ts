import { randomUUID } from 'node:crypto';
import { sendAlert } from '../alerts/channel.ts';
import { type Alerts, followAlerts } from '../alerts/follow-alerts.ts';
import { leaseKeyOf, openRedisAlertStore } from '../alerts/redis-alert-store.ts';
import { watchConditions } from '../alerts/watch-conditions.ts';
import type { AlertPage, AlertSettings } from '../core/alerts.ts';
import type { ConfigFrame } from '../core/config.ts';
import { describeError, type Log } from '../core/log.ts';
import { thisSender } from '../core/sender.ts';
import { openLease } from '../ledger/lease.ts';
import { schedulerLeaseKey } from './scheduler-lease.ts';
import type { Storage } from './storage.ts';

/** Longer than a round takes, however slow the channels are. */
const LEASE_MS = 60_000;

export interface AlertsSetup {
  readonly config: () => ConfigFrame;
  readonly storage: Storage;
  readonly log: Log;
  linkTo(page: AlertPage): string | undefined;
  readonly everyMs?: number;
}

export function startAlerts({ config, storage, log, linkTo, everyMs }: AlertsSetup): Alerts {
  const { ledger, redis, prefix, configReports, examinations } = storage;
  // Two that run in one process are two.
  const owner = `${thisSender()}:${randomUUID()}`;
  let latest: AlertSettings | undefined;
  return followAlerts({
    ...{ log, linkTo, send: sendAlert, isSandbox: config().sandbox },
    ...(everyMs !== undefined && { everyMs }),
    lease: openLease(redis, leaseKeyOf(prefix), owner, LEASE_MS),
    store: openRedisAlertStore(redis, { prefix, owner }),
    settings() {
      const { alerts } = config();
      if (alerts !== 'unreadable') latest = alerts;
      return latest;
    },
    watch: () =>
      watchConditions({
        ...{ ledger, configReports, examinations, config },
        changes: storage.followChanges(),
        onError: (error) => log.warn(describeError(error), 'The ledger could not be followed.'),
        hasLeader: async () => (await redis.exists(schedulerLeaseKey(prefix))) === 1,
      }),
    now: () => ledger.now(),
  });
}
