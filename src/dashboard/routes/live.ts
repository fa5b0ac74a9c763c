import type { Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { VisitEnv } from '../access/entrance.tsx';
import type { DashboardData } from '../data.ts';

/** Tells open pages that something has changed. */
export function addLive(app: Hono<VisitEnv>, data: DashboardData): void {
  app.get('/live', (context) => tellChanges(context, data));
}

const TELL_EVERY_MS = 1_000;

/** Says when something has changed, at most every second, for as long as somebody listens. */
function tellChanges(context: Context, { overview }: DashboardData) {
  return streamSSE(context, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    let told = overview.version;
    await stream.writeSSE({ event: 'ready', data: String(told) });
    while (!gone.signal.aborted) {
      if (overview.version === told) {
        await overview.changed(AbortSignal.any([gone.signal, AbortSignal.timeout(20_000)]));
      }
      if (gone.signal.aborted) return;
      const event = overview.version === told ? 'still' : 'changed';
      told = overview.version;
      await stream.writeSSE({ event, data: String(told) });
      await stream.sleep(TELL_EVERY_MS);
    }
  });
}
