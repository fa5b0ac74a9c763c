import type { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { requireRole, type VisitEnv } from '../access/entrance.tsx';
import type { BullBoardOptions } from '../bull-board.ts';

/** Its page asks another company for its letters, which the policy refuses: those of the machine do as well. */
const withoutFontsFromElsewhere = createMiddleware(async (context, next) => {
  await next();
  if (!context.res.headers.get('content-type')?.startsWith('text/html')) return;
  const page = await context.res.text();
  context.res = new Response(page.replaceAll(/<link[^>]+href="https?:[^>]*>/g, ''), context.res);
});

/** Bull Board below `/queues`, for operators to look at. Loaded with its first page, as most never ask for one. */
export function addQueues(app: Hono<VisitEnv>, options: BullBoardOptions): void {
  let board: Promise<Hono> | undefined;
  app.use('/queues/*', requireRole('operator'), withoutFontsFromElsewhere);
  app.all('/queues/*', async ({ req, env }) => {
    board ??= import('../bull-board.ts').then(({ createBoard }) => createBoard('/queues', options));
    return (await board).fetch(req.raw, env);
  });
}
