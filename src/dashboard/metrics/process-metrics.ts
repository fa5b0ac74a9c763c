import type { Metric } from './metric.ts';
import type { MetricFacts } from './metric-facts.ts';

/** Which states of BullMQ's are counted: how many jobs it keeps that are done says nothing. */
export const COUNTED_JOBS = ['waiting', 'active', 'delayed', 'failed'] as const;

/** How the parts of Carillon are, and their queues. */
export function processMetrics(facts: MetricFacts): readonly Metric[] {
  const { version, standing, tallies, isConfigBroken, queues } = facts;
  const { workers, scheduler } = standing;
  return [
    {
      name: 'carillon_build_info',
      type: 'gauge',
      help: 'Always 1; the version of the dashboard that answers.',
      samples: [{ labels: { version }, value: 1 }],
    },
    {
      name: 'carillon_config_broken',
      type: 'gauge',
      help: '1 while the config as it is saved cannot be used: what was applied last goes on.',
      samples: [{ labels: {}, value: isConfigBroken ? 1 : 0 }],
    },
    {
      name: 'carillon_scheduler_leading',
      type: 'gauge',
      help: '1 while a scheduler leads and has given a sign of life lately.',
      samples: [{ labels: {}, value: scheduler.isLate ? 0 : 1 }],
    },
    {
      name: 'carillon_workers',
      type: 'gauge',
      help: 'Workers of a network with accounts that have given a sign of life lately.',
      samples: workers.map(({ network, count }) => ({ labels: { network }, value: count })),
    },
    {
      name: 'carillon_heartbeat_age_seconds',
      type: 'gauge',
      help: 'How long ago the last sign of life of a scheduler, or of any worker of a network, was given.',
      samples: ageOfBeats(facts),
    },
    {
      name: 'carillon_worker_replacements_total',
      type: 'counter',
      help: 'How often a worker that had gone deaf to its queue was replaced.',
      samples: workers.map(({ network }) => ({
        labels: { network },
        value: tallies.replacements.get(network) ?? 0,
      })),
    },
    {
      name: 'carillon_queue_jobs',
      type: 'gauge',
      help: 'Jobs in the queue of a network, by their state in BullMQ.',
      samples: queues.flatMap(({ queue, jobs }) =>
        COUNTED_JOBS.map((state) => ({ labels: { queue, state }, value: jobs[state] ?? 0 })),
      ),
    },
  ];
}

/** The youngest of each kind: who they are would make a new series with every start. */
function ageOfBeats({ heartbeats, tallies: { now } }: MetricFacts) {
  const latest = new Map<string, { labels: Record<string, string>; at: number }>();
  for (const { part, network = '', at } of heartbeats) {
    const key = `${part} ${network}`;
    if (!latest.has(key)) latest.set(key, { labels: { part, network }, at });
  }
  return [...latest.values()].map(({ labels, at }) => ({
    labels,
    value: Math.max(0, now - at) / 1_000,
  }));
}
