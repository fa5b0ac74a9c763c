import type { Config } from '../core/config.ts';
import { ConfigError, formatProblem, type Problem } from '../core/problem.ts';
import { count } from '../core/words.ts';
import type { ComposedIntent } from '../planning/intents.ts';
import { type Call, EXIT } from './call.ts';
import { composePosts } from './compose-posts.ts';
import { readConfig } from './open.ts';
import { printJson, printLines } from './print.ts';

/** `carillon check` */
export async function run(call: Call): Promise<number> {
  const checked = await check(call);
  const ok = !checked.problems.some(({ severity }) => severity === 'error');
  if (call.has('json')) printJson(call.io, { ok, problems: checked.problems });
  else printLines(call.io, [...checked.problems.map(formatProblem), sayChecked(checked)]);
  return ok ? EXIT.done : EXIT.wrongCall;
}

export interface Checked {
  readonly problems: readonly Problem[];
  readonly publications: number;
  readonly entries: number;
  /** How many feeds give more. */
  readonly feeds?: number;
}

async function check(call: Call): Promise<Checked> {
  try {
    const { config, warnings } = await readConfig(call);
    const { intents, problems } = await composePosts(config, call);
    const followed = call.has('online') ? await followAll(call, config, intents) : [];
    return {
      problems: sortProblems([...warnings, ...problems, ...followed]),
      publications: intents.length,
      entries: config.entries.length,
      feeds: config.feeds.length,
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { problems: error.problems, publications: 0, entries: 0 };
  }
}

/** Loaded on demand: a check without the web needs none of it. */
async function followAll(call: Call, config: Config, intents: readonly ComposedIntent[]) {
  const [{ followLinks }, { followFeeds }] = await Promise.all([
    import('./follow-links.ts'),
    import('./follow-feeds.ts'),
  ]);
  return [...(await followLinks(config, intents)), ...(await followFeeds(call, config))];
}

/** File by file as they came, each from top to bottom. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map(({ file }) => file))];
  return problems.toSorted(
    (a, b) =>
      files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}

/** The last sentence of a check. */
export function sayChecked({ problems, publications, entries, feeds = 0 }: Checked): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  if (errors > 0) {
    const besides = warnings > 0 ? ` and ${count(warnings, 'warning')}` : '';
    return `${count(errors, 'error')}${besides}: nothing goes out until the ${errors === 1 ? 'error is' : 'errors are'} mended.`;
  }
  if (publications === 0) {
    const other = feeds === 0 ? '' : ` but those of ${count(feeds, 'feed')}`;
    return `The config is fine, and has no publications${other}.`;
  }
  const fine = `${count(publications, 'publication')} of ${count(entries, 'entry', 'entries')} ${publications === 1 ? 'is' : 'are'} fine`;
  return warnings > 0 ? `${fine}, with ${count(warnings, 'warning')}.` : `${fine}.`;
}
