import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { VisitEnv } from '../access/entrance.tsx';
import type { Visitor } from '../access/visitor.ts';
import type { DashboardData } from '../data.ts';
import type { Setting } from '../pages/layout.tsx';
import { wordsOf } from '../words/words.ts';

/** What every page knows: of its visitor, and of where it stands. */
export function settingOf(context: Context<VisitEnv>, data: DashboardData): Promise<Setting> {
  return settingFor(context, context.var.visitor, data);
}

/** The same for somebody who may have come without entering. */
export async function settingFor(
  context: Context,
  visitor: Visitor,
  data: DashboardData,
): Promise<Setting> {
  return {
    words: wordsOf(context),
    visitor,
    now: await data.now(),
    timezone: data.timezone(),
    sandboxUrl: data.sandboxUrl,
    isComplete: data.overview.isComplete,
  };
}

/** Answers with a page. */
export function showPage(context: Context, page: unknown, status: ContentfulStatusCode = 200) {
  return context.html(`<!doctype html>${String(page)}`, status);
}
