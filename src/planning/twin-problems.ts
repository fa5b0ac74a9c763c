import { partsOf } from '../core/post.ts';
import type { Problem } from '../core/problem.ts';
import { findTwins } from '../rules/find-twins.ts';
import type { WishedIntent } from './wish.ts';

/** A post that stands on an account already. */
export interface KnownText {
  readonly publication: string;
  readonly account: string;
  readonly network: string;
  readonly texts: readonly string[];
}

/** More of them nobody reads at once. */
const MOST = 200;

/**
 * Posts that say the same or nearly the same on two accounts of a network that forbids that, whatever their times: each
 * with the place of both. `known` is what is up already.
 */
export function findTwinProblems(
  intents: readonly WishedIntent[],
  ruleOf: (network: string) => string | undefined,
  known: readonly KnownText[] = [],
): readonly Problem[] {
  const networks = [...new Set(intents.map(({ network }) => network))];
  return networks.flatMap((network) => {
    const rule = ruleOf(network);
    if (rule === undefined) return [];
    const all = [
      ...known.filter((one) => one.network === network).flatMap(textsOfKnown),
      ...intents.filter((one) => one.network === network).flatMap(textsOfIntent),
    ];
    const accounts = new Set(all.map(({ owner }) => owner));
    return accounts.size < 2 ? [] : findOnNetwork(all, rule);
  });
}

interface Said {
  readonly owner: string;
  readonly text: string;
  readonly publication: string;
  /** Missing for what is up already. */
  readonly intent?: WishedIntent;
}

function textsOfKnown({ account, publication, texts }: KnownText): Said[] {
  return texts.map((text) => ({ owner: account, text, publication }));
}

function textsOfIntent(intent: WishedIntent): Said[] {
  const { account, publication, post } = intent;
  return partsOf(post).map((text) => ({ owner: account, text, publication, intent }));
}

/** One for each entry and account: the other texts of it are likely to be mended by the same words. */
function findOnNetwork(all: readonly Said[], rule: string): Problem[] {
  const told = new Set<string>();
  return findTwins(all, MOST).flatMap(({ one, earlier }) => {
    const { intent } = all[one] as Said;
    const other = all[earlier] as Said;
    if (intent === undefined) return [];
    const key = `${intent.entry} ${intent.account}`;
    if (told.has(key)) return [];
    told.add(key);
    const { publication } = intent;
    return [
      { ...placeOf(intent), severity: 'error', message: say(intent, other, rule), publication },
    ];
  });
}

function say({ account, entry }: WishedIntent, other: Said, rule: string): string {
  const remedy = `Give one of the two words of its own: text: { ${account}: "…" }.`;
  if (other.intent?.entry === entry) {
    return `"${other.owner}" and "${account}" would say the same or nearly the same, and ${rule} ${remedy}`;
  }
  const { intent, publication, owner } = other;
  const which =
    intent === undefined
      ? `${publication}, which is on "${owner}" already`
      : `"${intent.entry}" on "${owner}" (${sayPlace(intent)})`;
  return `On "${account}" this says the same or nearly the same as ${which}, and ${rule} ${remedy}`;
}

function sayPlace(intent: WishedIntent): string {
  const { file, line, column } = placeOf(intent);
  return `${file}:${line}:${column}`;
}

function placeOf({ textPlace, wish }: WishedIntent) {
  return textPlace ?? wish.place;
}
