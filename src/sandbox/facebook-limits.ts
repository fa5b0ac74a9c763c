import type { Answer } from './call.ts';
import { graphError } from './facebook-errors.ts';
import type { Counted } from './limits.ts';

/** Facebook's headers: how much of a limit is used, in per cent, and in how many minutes calls are taken again. */
export function usageHeaders(
  counted: readonly Counted[],
  page: string,
  now: number,
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const { limit, used, isOver, endsAt } of counted) {
    const percent = limit.most === 0 ? 100 : Math.floor((used * 100) / limit.most);
    const usage = { call_count: percent, total_cputime: 0, total_time: 0 };
    if (limit.of === 'app') {
      headers['x-app-usage'] = JSON.stringify(usage);
    } else {
      const minutes = isOver || percent >= 100 ? Math.ceil((endsAt - now) / 60_000) : 0;
      const ofPage = [{ type: 'pages', ...usage, estimated_time_to_regain_access: minutes }];
      headers['x-business-use-case-usage'] = JSON.stringify({ [page]: ofPage });
    }
  }
  return headers;
}

export function overUsage(counted: readonly Counted[], page: string, now: number): Answer {
  const isOfApp = counted.some(({ limit, isOver }) => isOver && limit.of === 'app');
  return graphError({
    message: isOfApp
      ? '(#4) Application request limit reached'
      : '(#32) Page request limit reached',
    code: isOfApp ? 4 : 32,
    isTransient: true,
    headers: usageHeaders(counted, page, now),
  });
}
