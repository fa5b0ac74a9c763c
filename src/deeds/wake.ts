import type { PlannedWakeUp } from '../core/wake-up.ts';
import type { Ledger } from '../ledger/ledger.ts';

interface WakeParts {
  readonly ledger: Pick<Ledger, 'get' | 'now'>;
  readonly queues: { enqueue(wakeUps: readonly PlannedWakeUp[]): Promise<void> };
}

/** Makes the job of one publication, if it waits for one, so that nobody has to find out that it has none. */
export async function wake(publication: string, { ledger, queues }: WakeParts): Promise<void> {
  const [record, now] = await Promise.all([ledger.get(publication), ledger.now()]);
  if (record === undefined || record.nextAt === undefined) return;
  if (record.state !== 'scheduled' && record.state !== 'unconfirmed') return;
  const { network, generation, nextAt } = record;
  await queues.enqueue([{ publication, network, generation, inMs: nextAt - now }]);
}
