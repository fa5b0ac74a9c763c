import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { VisitEnv } from '../access/entrance.tsx';
import { readTold, writeTold } from '../access/told.ts';
import type { Visitor } from '../access/visitor.ts';
import type { DashboardData } from '../data.ts';
import type { Setting } from '../pages/setting.ts';
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
  const [now, holds] = await Promise.all([data.now(), data.holds()]);
  const { path } = context.req;
  return {
    words: wordsOf(context),
    visitor,
    now,
    holds,
    told: readTold(context.req.query('told'), { path, visitor, now: Date.now() }),
    timezone: data.timezone(),
    sandboxUrl: data.sandboxUrl,
    isComplete: data.overview.isComplete,
  };
}

/** Answers with a page. */
export function showPage(context: Context, page: unknown, status: ContentfulStatusCode = 200) {
  return context.html(`<!doctype html>${String(page)}`, status);
}

/** Leads to a page of ours, which says there what came of it. */
export function leadTo(context: Context<VisitEnv>, path: string, told: string): Response {
  const { visitor } = context.var;
  return context.redirect(writeTold(told, { path, visitor, now: Date.now() }), 303);
}
