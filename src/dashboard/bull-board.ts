import { createBullBoard } from '@bull-board/api';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Queue } from 'bullmq';
import type { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { requireRole, type VisitEnv } from './access/entrance.tsx';
import { DiscreetQueue } from './discreet-queue.ts';

interface BullBoardOptions {
  readonly queues: Iterable<Queue>;
  /** A text without the secrets that this process knows. */
  hideSecrets(text: string): string;
}

/** Its page asks another company for its letters, which the policy refuses: those of the machine do as well. */
const withoutFontsFromElsewhere = createMiddleware(async (context, next) => {
  await next();
  if (!context.res.headers.get('content-type')?.startsWith('text/html')) return;
  const page = await context.res.text();
  context.res = new Response(page.replaceAll(/<link[^>]+href="https?:[^>]*>/g, ''), context.res);
});

/** Jobs, for those who want them, below `/queues`: to be looked at by operators. */
export function addBullBoard(app: Hono<VisitEnv>, { queues, hideSecrets }: BullBoardOptions): void {
  const serverAdapter = new HonoAdapter(serveStatic);
  serverAdapter.setBasePath('/queues');
  const adapters = [...queues].map((queue) => new DiscreetQueue(queue, hideSecrets));
  createBullBoard({ queues: adapters, serverAdapter });
  app.use('/queues/*', requireRole('operator'), withoutFontsFromElsewhere);
  app.route('/queues', serverAdapter.registerPlugin());
}
