import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { RAW_PREFIX, type RawJob, type RawWorkerPlan } from './raw-queues.ts';

// A worker as short as it can be: a bare `fetch` for each job, and no ledger.

const plan = JSON.parse(process.argv[2] ?? '') as RawWorkerPlan;
const { network, networksUrl } = plan;

/** The same requests that Carillon makes. */
const calls: Record<string, (job: RawJob) => { readonly path: string; readonly body: object }> = {
  twitter: ({ text }) => ({ path: '/2/tweets', body: { text } }),
  facebook: ({ text }) => ({ path: '/v24.0/1000200030004/feed', body: { message: text } }),
  youtube: ({ text }) => ({
    path: '/youtube/v3/posts?part=snippet',
    body: { snippet: { textDisplay: text } },
  }),
};

async function publish(job: RawJob): Promise<string> {
  const call = calls[network]?.(job);
  if (call === undefined) throw new Error(`There is no network ${network}.`);
  const answer = await fetch(`${networksUrl}${call.path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer sandbox:${job.account}`,
    },
    body: JSON.stringify(call.body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text.slice(0, 200);
}

const connection = new Redis(plan.redisUrl, { maxRetriesPerRequest: null, replyMapping: 'legacy' });
const worker = new Worker<RawJob>(network, ({ data }) => publish(data), {
  ...{ prefix: RAW_PREFIX, connection, concurrency: plan.concurrency },
});
worker.on('error', () => {});
await worker.waitUntilReady();
process.send?.({ ready: true });
