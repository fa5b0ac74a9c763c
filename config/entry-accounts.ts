import type { Article } from '../src/core/article.ts';
import { suggestKnown } from '../src/core/nearest.ts';
import type { Person } from '../src/core/person.ts';
import type { Place, Problem } from '../src/core/problem.ts';
import type { Path, Source } from '../src/core/source.ts';
import { networkIds, networks } from '../src/networks/registry.ts';
import { namesKnownIn } from '../src/templates/template.ts';
import { findTemplateProblems } from './template-problems.ts';

/** Every declared account, with its network where that is known. */
export type NetworkOf = ReadonlyMap<string, string | undefined>;

/** What the rest of the config says that templates and choices by account need. */
export interface WritingContext {
  readonly networkOf: NetworkOf;
  readonly people: readonly Person[];
}

/** What is wrong with a list of accounts: names that nobody declared, and repeats. */
export function findTargetProblems(
  to: readonly string[],
  source: Source,
  path: Path,
  networkOf: NetworkOf,
): Problem[] {
  const seen = new Set<string>();

  return to.flatMap((name, index) => {
    const place = source.placeOf([...path, index]);
    if (!networkOf.has(name)) return [error(place, sayUnknown(name, networkOf))];
    if (seen.has(name))
      return [error(place, `"${name}" stands here twice. Remove one of the two.`)];
    seen.add(name);
    return [];
  });
}

/** Two accounts of a network that forbids the same text on both, of which neither has words of its own. */
export function findTwinTargets(
  to: readonly string[],
  texts: readonly (string | Readonly<Record<string, string>>)[],
  placeOf: (index: number) => Place,
  networkOf: NetworkOf,
): Problem[] {
  const first = new Map<string, string>();
  return to.flatMap((name, index) => {
    const network = networks[networkOf.get(name) as keyof typeof networks];
    if (network?.twinRule === undefined) return [];
    const hasOwnWords =
      texts.length > 0 && texts.every((text) => Object.hasOwn(Object(text), name));
    if (hasOwnWords) return [];
    const other = first.get(network.id);
    first.set(network.id, other ?? name);
    if (other === undefined || other === name) return [];
    const message = `"${other}" and "${name}" are both on ${network.displayName}, and ${network.twinRule} Keep one of them here, or give one words of its own: text: { ${name}: "…" }.`;
    return [error(placeOf(index), message)];
  });
}

function sayUnknown(name: string, networkOf: NetworkOf): string {
  return `There is no account "${name.slice(0, 100)}".${suggestKnown(name, [...networkOf.keys()])}`;
}

/** What is wrong with own words: for nobody, for somebody whom the entry does not reach, or with holes that nothing fills. */
export function findTextProblems(
  text: Readonly<Record<string, string>>,
  to: readonly string[],
  article: Article | undefined,
  source: Source,
  path: Path,
  { networkOf, people }: WritingContext,
): Problem[] {
  const known = namesKnownIn('own words', people);
  const reached = new Set(to.flatMap((name) => [name, networkOf.get(name)]));

  return Object.entries(text).flatMap(([name, words]) => {
    const isNetwork = networkIds.some((network) => network === name);
    const place = source.placeOf([...path, name], 'key');
    if (!isNetwork && !networkOf.has(name))
      return findUnknownNames({ [name]: words }, source, path, networkOf);
    const problems = [
      ...findTemplateProblems(words, known, source, [...path, name]),
      ...findMissingLink(words, article, source.placeOf([...path, name])),
    ];
    if (!reached.has(name)) problems.push(warning(place, sayUnreached(name, isNetwork)));
    return problems;
  });
}

/** Names in a choice by account or network that are neither. */
export function findUnknownNames(
  choice: unknown,
  source: Source,
  path: Path,
  networkOf: NetworkOf,
): Problem[] {
  if (typeof choice !== 'object' || choice === null) return [];
  const known = [...networkOf.keys(), ...networkIds];
  return Object.keys(choice)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const message = `There is no account or network "${name.slice(0, 100)}".${suggestKnown(name, known)}`;
      return error(source.placeOf([...path, name], 'key'), message);
    });
}

function sayUnreached(name: string, isNetwork: boolean): string {
  const reason = isNetwork ? `goes to no account on ${name}` : `does not go to "${name}"`;
  return `These words are never used: the entry ${reason}. Add the account under "to", or remove the words.`;
}

function findMissingLink(words: string, article: Article | undefined, place: Place): Problem[] {
  if (!article || article.link !== undefined || !/\{\s*link\s*\}/.test(words)) return [];
  const message =
    'The words use {link}, but the article has no link. Add a link to the article, or remove {link}.';
  return [error(place, message)];
}

function error(place: Place, message: string): Problem {
  return { ...place, message, severity: 'error' };
}

function warning(place: Place, message: string): Problem {
  return { ...place, message, severity: 'warning' };
}
