type JsonObject = Readonly<Record<string, unknown>>;

const mostObjects = 300;
const deepest = 12;

/**
 * Every object with a type in a piece of JSON-LD, those that hold others first. Takes the slips that pages
 * make: comments around it, raw line breaks in strings, a comma too many. What cannot be read gives nothing.
 */
export function parseJsonLd(text: string): JsonObject[] {
  const found: JsonObject[] = [];
  collect(parseLoosely(text), 0, found);
  return found;
}

function parseLoosely(text: string): unknown {
  const plain = text
    .replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, '')
    .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)\s*$/, '')
    .trim()
    .replace(/;$/, '');
  const attempts = [
    () => plain,
    () => plain.replace(/\p{Cc}+/gu, ' '),
    () => plain.replace(/\p{Cc}+/gu, ' ').replace(/,\s*([}\]])/g, '$1'),
  ];
  for (const attempt of attempts) {
    try {
      return JSON.parse(attempt());
    } catch {
      // The next attempt is more lenient.
    }
  }
  return undefined;
}

function collect(value: unknown, depth: number, found: JsonObject[]): void {
  if (typeof value !== 'object' || value === null || depth > deepest) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, mostObjects)) collect(item, depth + 1, found);
    return;
  }
  if (found.length >= mostObjects) return;
  const object = value as JsonObject;
  if (object['@type'] !== undefined) found.push(object);
  for (const inner of Object.values(object)) collect(inner, depth + 1, found);
}

/** The types of an object, without the address that some put before them. */
export function typesOf(object: JsonObject): readonly string[] {
  return listOf(object['@type'])
    .filter((type) => typeof type === 'string')
    .map((type) => type.replace(/^.*[/#:]/, ''));
}

export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
