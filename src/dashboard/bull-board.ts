import { createBullBoard } from '@bull-board/api';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Queue } from 'bullmq';
import { Hono } from 'hono';
import { DiscreetQueue } from './discreet-queue.ts';

export interface BullBoardOptions {
  readonly queues: Iterable<Queue>;
  /** A text without the secrets that this process knows. */
  hideSecrets(text: string): string;
}

/** Jobs, for those who want them, below a path. Lets in whoever asks. */
export function createBoard(path: string, { queues, hideSecrets }: BullBoardOptions): Hono {
  const serverAdapter = new HonoAdapter(serveStatic);
  serverAdapter.setBasePath(path);
  const adapters = [...queues].map((queue) => new DiscreetQueue(queue, hideSecrets));
  createBullBoard({ queues: adapters, serverAdapter });
  return new Hono().route(path, serverAdapter.registerPlugin());
}
