import type { Alias, Document, Node, Pair, YAMLMap } from 'yaml';
import { lightRequire } from './light-require.ts';
import type { Parsed } from './parse-yaml.ts';
import type { Place, Problem } from './problem.ts';
import { type Path, valueAt } from './source.ts';

const { isAlias, isMap, isScalar, isSeq } = lightRequire<typeof import('yaml')>('yaml');

/** How many things may come from repeats in all: enough for any config, far from any bomb. */
const mostRepeats = 50_000;

/** What indentation and quotes add at most to the length of a text. */
const FAR = 500;

interface Reading {
  readonly placeAt: (offset: number) => Place;
  readonly problems: Problem[];
  readonly anchors: Map<string, Node>;
  /** What each repeat stands for; an anchor's name may be given again further down. */
  readonly targets: Map<Alias, Node>;
  /** The things around the one being read: a repeat of one of those would never end. */
  readonly open: Set<Node>;
  repeats: number;
  isRepeating: boolean;
  isBomb: boolean;
}

/** Turns a document without syntax errors into plain data. Finds what the syntax allows but plain data does not. */
export function readPlainData(
  document: Document,
  file: string,
  text: string,
  placeAt: (offset: number) => Place,
): Parsed {
  const reading: Reading = {
    placeAt,
    problems: [],
    anchors: new Map(),
    targets: new Map(),
    open: new Set(),
    repeats: 0,
    isRepeating: false,
    isBomb: false,
  };
  const root = document.contents;
  const value = readNode(root, reading);
  const placeOf = (path: Path, part: 'key' | 'value' = 'value'): Place =>
    placeAt(findOffset(root, path, part, reading.targets));
  const placeOfWords = (path: Path, words: string): Place => {
    const from = findOffset(root, path, 'value', reading.targets);
    const at = text.indexOf(words, from);
    const length = String(valueAt(value, path) ?? '').length;
    // Further away they stand in another text: this one is a repeat.
    return placeAt(at < 0 || at > from + 3 * length + FAR ? from : at);
  };
  return { source: { file, value, placeOf, placeOfWords }, problems: reading.problems };
}

function readNode(node: unknown, reading: Reading): unknown {
  if (isAlias(node)) return readAlias(node, reading);
  if (reading.isRepeating && ++reading.repeats > mostRepeats) return null;

  if (isScalar(node)) {
    if (node.anchor) reading.anchors.set(node.anchor, node);
    return readScalar(node.value, node, reading);
  }
  if (!isMap(node) && !isSeq(node)) return null;

  if (node.anchor && !reading.isRepeating) reading.anchors.set(node.anchor, node);
  reading.open.add(node);
  const value = isMap(node)
    ? readMap(node, reading)
    : node.items.map((item) => readNode(item, reading));
  reading.open.delete(node);
  return value;
}

function readScalar(value: unknown, node: Node, reading: Reading): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value ?? null;
  report(
    reading,
    node,
    'This is no number that can be used. Write a smaller one, or put it in quotes if it is text.',
  );
  return null;
}

function readMap(map: YAMLMap, reading: Reading): Record<string, unknown> {
  const value: Record<string, unknown> = Object.create(null);
  for (const pair of map.items) {
    const key = keyOf(pair);
    if (key === undefined) {
      report(
        reading,
        pair.key,
        'A key must be a word. Check the colon, or put text that starts with [ or { in quotes.',
        map,
      );
    } else if (key in value) {
      // Once is enough for what comes from a repeat.
      if (!reading.isRepeating) {
        report(
          reading,
          pair.key,
          `"${key}" stands here for the second time. Keep one of the two.`,
          map,
        );
      }
    } else {
      value[key] = readNode(pair.value, reading);
    }
  }
  return value;
}

function readAlias(alias: Alias, reading: Reading): unknown {
  const target = reading.targets.get(alias) ?? reading.anchors.get(alias.source);
  if (!target) {
    report(
      reading,
      alias,
      `Nothing above is named "&${alias.source}". If "*${alias.source}" is text, put it in quotes.`,
    );
    return null;
  }
  reading.targets.set(alias, target);

  if (reading.open.has(target)) {
    report(
      reading,
      alias,
      `"*${alias.source}" repeats the very thing that it stands in. Remove it.`,
    );
    return null;
  }
  const wasRepeating = reading.isRepeating;
  reading.isRepeating = true;
  const value = readNode(target, reading);
  reading.isRepeating = wasRepeating;

  if (reading.repeats > mostRepeats && !reading.isBomb) {
    reading.isBomb = true;
    report(
      reading,
      alias,
      'The repeats by "&" and "*" unfold into too many things. Write out what you mean.',
    );
  }
  return value;
}

function keyOf(pair: Pair<unknown, unknown>): string | undefined {
  if (!isScalar(pair.key)) return undefined;
  const { value, source } = pair.key;
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? undefined : (source ?? String(value));
}

function report(reading: Reading, node: unknown, message: string, fallback?: Node): void {
  const offset = startOf(node) ?? startOf(fallback) ?? 0;
  reading.problems.push({ ...reading.placeAt(offset), message, severity: 'error' });
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

function findOffset(
  root: unknown,
  path: Path,
  part: 'key' | 'value',
  targets: ReadonlyMap<Alias, Node>,
): number {
  let node = root;
  let offset = startOf(root) ?? 0;
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) node = targets.get(node);

    if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else if (isMap(node)) {
      const pair = node.items.find((candidate) => keyOf(candidate) === String(step));
      if (!pair) return offset;
      node = pair.value;
      const key = startOf(pair.key) ?? offset;
      const isEmpty = isScalar(node) && node.source === '';
      const wantsKey = part === 'key' && index === path.length - 1;
      offset = wantsKey || isEmpty ? key : (startOf(node) ?? key);
    } else {
      return offset;
    }
  }
  return offset;
}
