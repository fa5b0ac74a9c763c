import { stringify } from 'yaml';
import { findNetwork } from '../src/networks/registry.ts';
import { type JsonSchema, toJsonSchema } from './json-schema.ts';
import { configSchema } from './schema.ts';

/** What people look up most comes first; the rest follows as the schema has it. */
const FIRST = ['accounts', 'publications', 'feeds', 'defaults'];

interface Section {
  readonly title: string;
  readonly about: string;
  readonly keys: readonly Key[];
  /** Keys that an earlier section tells of, by its title. */
  readonly elsewhere: ReadonlyMap<string, readonly string[]>;
}

interface Key {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
  /** The sections about what stands below it. */
  readonly below: readonly string[];
}

/** The page with every key of the config: docs/config.md. */
export function renderKeyReference(): string {
  return [
    '# Every key of the config',
    '',
    'Written by `npm run schema` from the schema by which the config is checked. What to do with the keys:',
    '[writing](writing.md), [scheduling](scheduling.md), [approving and correcting](approving-and-correcting.md).',
    'Lengths of time are `300ms`, `90s`, `15m`, `2h` or `3d`. A key with an empty default does nothing unless you write it.',
    '',
    ...collectSections(toJsonSchema(configSchema)).flatMap(linesOfSection),
  ].join('\n');
}

function collectSections(root: JsonSchema): readonly Section[] {
  const sections: Section[] = [];
  /** Titles by what is told there, so that nothing is told twice. */
  const titleOfObject = new Map<string, string>();
  const titleOfKey = new Map<string, string>();

  const addObject = (schema: JsonSchema, title: string): string => {
    const known = titleOfObject.get(JSON.stringify(schema));
    if (known !== undefined) return known;
    titleOfObject.set(JSON.stringify(schema), title);
    const own: Key[] = [];
    const elsewhere = new Map<string, string[]>();
    const place = sections.length;
    for (const [name, value] of propertiesOf(schema, title)) {
      const mark = JSON.stringify([name, value]);
      const other = titleOfKey.get(mark);
      if (other !== undefined) {
        elsewhere.set(other, [...(elsewhere.get(other) ?? []), name]);
        continue;
      }
      titleOfKey.set(mark, title);
      const isRequired = schema.required?.includes(name) ?? false;
      own.push({
        name,
        schema: value,
        isRequired,
        below: addBelow(value, titleBelow(title, name)),
      });
    }
    sections.splice(place, 0, { title, about: schema.description ?? '', keys: own, elsewhere });
    return title;
  };
  const addBelow = (schema: JsonSchema, title: string): readonly string[] => {
    if (schema.properties !== undefined) return [addObject(schema, title)];
    const { items, additionalProperties: named } = schema;
    if (isSchema(items)) return addBelow(items, `${title} › each`);
    if (isSchema(named)) return addBelow(named, `${title} › name`);
    const ways = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter(isSchema);
    return [...new Set(ways.flatMap((way) => addBelow(way, title + variantOf(way))))];
  };
  addObject(root, 'The file');
  return sections;
}

function propertiesOf(
  schema: JsonSchema,
  title: string,
): readonly (readonly [string, JsonSchema])[] {
  const all = Object.entries(schema.properties ?? {}) as [string, JsonSchema][];
  if (title !== 'The file') return all;
  const first = FIRST.flatMap((name) => all.filter(([key]) => key === name));
  return [...first, ...all.filter(([key]) => !FIRST.includes(key))];
}

function titleBelow(title: string, name: string): string {
  return title === 'The file' ? name : `${title} › ${name}`;
}

/** What tells the ways apart in which a group of lines can be written. */
function variantOf({ properties }: JsonSchema): string {
  const network = properties?.network as JsonSchema | undefined;
  const found = typeof network?.const === 'string' ? findNetwork(network.const) : undefined;
  return found === undefined ? '' : `, on ${found.displayName}`;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function linesOfSection({ title, about, keys, elsewhere }: Section): readonly string[] {
  const rows = keys.map((key) => `| ${cellsOf(key).join(' | ')} |`);
  const table = ['| key | meaning | default | example |', '| --- | --- | --- | --- |', ...rows, ''];
  return [
    `## ${title}`,
    '',
    ...(about === '' ? [] : [plain(about), '']),
    ...(rows.length === 0 ? [] : table),
    ...[...elsewhere].flatMap(([other, names]) => [
      `${rows.length > 0 ? 'Also' : 'Keys'}, as under ${linkTo(other)}: ${names.map((name) => `\`${name}\``).join(', ')}.`,
      '',
    ]),
  ];
}

function cellsOf({ name, schema, isRequired, below }: Key): readonly string[] {
  const { meaning, said } = splitDescription(schema.description ?? '');
  const more = below.length === 0 ? '' : ` See ${below.map(linkTo).join('; ')}.`;
  const example = exampleOf(schema);
  return [
    `\`${name}\``,
    `${plain(meaning)}${more}`,
    isRequired ? 'required' : plain(said ?? writtenDefault(schema)),
    example === undefined ? '' : code(name, example),
  ];
}

/** A description ends with the default where there is one to tell of. */
function splitDescription(text: string): { readonly meaning: string; readonly said?: string } {
  const [whole, said] = /\s*\bDefault:? (.+?)\.(?=\s|$)/s.exec(text) ?? [];
  if (whole === undefined || said === undefined) return { meaning: text };
  return { meaning: text.replace(whole, '').trim(), said };
}

function writtenDefault({ default: usual }: JsonSchema): string {
  return usual === undefined ? '' : JSON.stringify(usual).replaceAll('"', '');
}

/** What to write, as people would: the first example of the schema, or what is the only thing to write. */
export function exampleOf(schema: JsonSchema): unknown {
  const { examples, enum: values, type, const: only, default: usual } = schema;
  if (Array.isArray(examples)) return examples[0];
  if (only !== undefined) return only;
  if (values !== undefined) return values.find((value) => value !== usual);
  if (type === 'boolean') return usual !== true;
  return usual;
}

const ON_ONE_LINE = {
  collectionStyle: 'flow',
  lineWidth: 0,
  doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
} as const;

/** One line of YAML. */
function code(name: string, example: unknown): string {
  const written = stringify({ [name]: example }, ON_ONE_LINE).trim();
  return `\`${written.slice(2, -2).replaceAll('|', '\\|')}\``;
}

/** Words as they stand on a page: nothing of them is taken for a mark of it. */
function plain(text: string): string {
  return text.replace(/[|*<]/g, (mark) => `\\${mark}`);
}

function linkTo(title: string): string {
  return `[${title}](#${anchorOf(title)})`;
}

/** As pages with headings are numbered on the web: letters, digits, and a dash for each blank. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}
