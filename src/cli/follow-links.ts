import type { Config } from '../core/config.ts';
import type { Place, Problem } from '../core/problem.ts';
import { networkOf } from '../networks/registry.ts';
import type { ComposedIntent } from '../planning/intents.ts';
import type { Finding } from '../preflight/finding.ts';
import { judgeVisit } from '../preflight/judge-visit.ts';
import { cardLinkOf, linksOf } from '../preflight/post-links.ts';
import { openPreflight, type Preflight } from '../preflight/preflight.ts';

/** Long enough for a hundred slow sites, short enough for a person who waits. */
const TOTAL_MS = 120_000;

export function openPreflightOf({ preflight }: Config): Preflight {
  return openPreflight({ allow: preflight.allow, totalMs: TOTAL_MS });
}

/** Follows every link of the posts, each once, and tells what is wrong at the entry that has it. */
export async function followLinks(
  config: Config,
  intents: readonly ComposedIntent[],
  preflight: Preflight = openPreflightOf(config),
): Promise<readonly Problem[]> {
  const severity = config.preflight.mode === 'strict' ? 'error' : 'warning';
  const found = await Promise.all(
    groupByEntry(intents).map(async (ofEntry) => {
      const place = placeOf(config, ofEntry[0]?.entry);
      const findings = await findingsOf(ofEntry, preflight);
      return findings.map((finding): Problem => ({ ...place, severity, message: say(finding) }));
    }),
  );
  return found.flat();
}

async function findingsOf(
  intents: readonly ComposedIntent[],
  preflight: Preflight,
): Promise<readonly Finding[]> {
  const links = [...new Set(intents.flatMap(({ post }) => linksOf(post)))];
  const findings = await Promise.all(
    links.map(async (link) => {
      return judgeVisit(await preflight.visit(link), cardNetworksOf(intents, link));
    }),
  );
  return findings.flat();
}

/** The networks on which a post of the entry shows a card of this link. */
function cardNetworksOf(intents: readonly ComposedIntent[], link: string) {
  const ids = intents
    .filter((intent) => cardLinkOf(intent.post, intent.link) === link)
    .map(({ network }) => network);
  return [...new Set(ids)].flatMap((id) => {
    const { displayName, card } = networkOf(id);
    return card === undefined ? [] : [{ displayName, card }];
  });
}

function groupByEntry(intents: readonly ComposedIntent[]): readonly ComposedIntent[][] {
  const groups = new Map<string, ComposedIntent[]>();
  for (const intent of intents) {
    const group = groups.get(intent.entry);
    if (group) group.push(intent);
    else groups.set(intent.entry, [intent]);
  }
  return [...groups.values()];
}

function placeOf(config: Config, id: string | undefined): Place {
  const entry = config.entries.find((one) => one.id === id);
  return entry?.place ?? { file: config.file, line: 1, column: 1 };
}

function say({ message, advice }: Finding): string {
  return `${message} ${advice}`.trim();
}
