import type { Context } from 'hono';
import type { VisitEnv } from '../access/entrance.tsx';
import type { DashboardData } from '../data.ts';
import type { Setting } from '../pages/layout.tsx';
import { wordsOf } from '../words/words.ts';

/** What every page knows: of its visitor, and of where it stands. */
export async function settingOf(context: Context<VisitEnv>, data: DashboardData): Promise<Setting> {
  return {
    words: wordsOf(context),
    visitor: context.var.visitor,
    now: await data.now(),
    timezone: data.timezone(),
    sandboxUrl: data.sandboxUrl,
    isComplete: data.overview.isComplete,
  };
}

/** Answers with a page. */
export function showPage(context: Context, page: unknown, status: 200 | 404 | 409 | 422 = 200) {
  return context.html(`<!doctype html>${String(page)}`, status);
}
