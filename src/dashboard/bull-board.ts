import { createBullBoard } from '@bull-board/api';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Queue } from 'bullmq';
import type { Hono } from 'hono';
import { requireRole, type VisitEnv } from './access/entrance.tsx';
import { DiscreetQueue } from './discreet-queue.ts';

interface BullBoardOptions {
  readonly queues: Iterable<Queue>;
  /** A text without the secrets that this process knows. */
  hideSecrets(text: string): string;
}

/** Jobs, for those who want them, below `/queues`: to be looked at by operators. */
export function addBullBoard(app: Hono<VisitEnv>, { queues, hideSecrets }: BullBoardOptions): void {
  const serverAdapter = new HonoAdapter(serveStatic);
  serverAdapter.setBasePath('/queues');
  const adapters = [...queues].map((queue) => new DiscreetQueue(queue, hideSecrets));
  createBullBoard({ queues: adapters, serverAdapter });
  app.use('/queues/*', requireRole('operator'));
  app.route('/queues', serverAdapter.registerPlugin());
}
