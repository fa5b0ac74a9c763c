import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { Job, Queue } from 'bullmq';

type HideSecrets = (text: string) => string;

const MOST_CHARACTERS = 500;
const MOST_LINES = 10;

/** A queue as people may see it: to look at alone, no secrets, and nothing at length. */
export class DiscreetQueue extends BullMQAdapter {
  readonly #hideSecrets: HideSecrets;

  constructor(queue: Queue, hideSecrets: HideSecrets) {
    // Bull Board's own retry and edit know nothing of the ledger: people use Carillon's.
    super(queue, { readOnlyMode: true });
    this.#hideSecrets = hideSecrets;
    for (const field of ['data', 'returnValue', 'progress'] as const) {
      this.setFormatter(field, (value: unknown) => shorten(value, hideSecrets));
    }
    this.setFormatter('name', ({ name }: { readonly name?: unknown }) =>
      cut(String(name ?? ''), hideSecrets),
    );
  }

  override async getJob(id: string) {
    const job = await super.getJob(id);
    return job && tame(job, this.#hideSecrets);
  }

  override async getJobs(...args: Parameters<BullMQAdapter['getJobs']>) {
    const jobs = await super.getJobs(...args);
    return jobs.map((job) => job && tame(job, this.#hideSecrets));
  }

  override async getJobLogs(id: string) {
    const lines = await super.getJobLogs(id);
    return lines.slice(0, MOST_LINES).map((line) => cut(line, this.#hideSecrets));
  }
}

/** Bull Board has no formatter for what went wrong, which may carry whole answers of networks. */
function tame(job: Job, hide: HideSecrets): Job {
  const { failedReason, stacktrace, deferredFailure } = job;
  if (failedReason) job.failedReason = cut(failedReason, hide);
  if (deferredFailure) job.deferredFailure = cut(deferredFailure, hide);
  if (stacktrace) job.stacktrace = stacktrace.slice(-3).map((trace) => cut(trace, hide));
  return job;
}

/** What is long is shown as the beginning of its JSON. */
function shorten(value: unknown, hide: HideSecrets): unknown {
  const json = JSON.stringify(value) ?? '';
  const shown = hide(json);
  if (shown.length > MOST_CHARACTERS) return cut(json, hide);
  try {
    return shown === '' ? value : JSON.parse(shown);
  } catch {
    // A secret may have stood across what makes it JSON.
    return shown;
  }
}

/** Secrets first: half a secret would not be known any more. */
function cut(text: string, hide: HideSecrets): string {
  const shown = [...hide(text)];
  return shown.length > MOST_CHARACTERS
    ? `${shown.slice(0, MOST_CHARACTERS).join('')}…`
    : shown.join('');
}
