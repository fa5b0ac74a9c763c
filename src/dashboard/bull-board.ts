import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Queue } from 'bullmq';
import type { Hono } from 'hono';
import type { VisitEnv } from './access/entrance.tsx';

/** Jobs, for those who want them, below `/queues`. */
export function addBullBoard(app: Hono<VisitEnv>, queues: Iterable<Queue>): void {
  const serverAdapter = new HonoAdapter(serveStatic);
  serverAdapter.setBasePath('/queues');
  // Its own retry and edit know nothing of the ledger: people use Carillon's commands.
  const adapters = [...queues].map((queue) => new BullMQAdapter(queue, { readOnlyMode: true }));
  createBullBoard({ queues: adapters, serverAdapter });
  app.route('/queues', serverAdapter.registerPlugin());
}
