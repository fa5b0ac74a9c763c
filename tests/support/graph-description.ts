import type { Heard } from './answering-server.ts';
import type { Description } from './description.ts';
import { lacks, readSpec } from './shared-specs.ts';

/** Meta's files of names and types: no answers, no errors, no limits. */
export const graphDescription: Description = {
  name: "Meta's files of the Graph API",
  absent: lacks('facebook/Page.json', "Meta's description of the Graph API"),
  read: readGraphDescription,
};

interface Call {
  readonly method: string;
  readonly endpoint?: string;
  readonly name?: string;
  readonly return?: string;
  readonly params: readonly { readonly name: string; readonly type: string }[];
}
interface Node {
  readonly apis: readonly Call[];
  readonly fields: readonly { readonly name: string }[];
}

/** Of every request, so in none of the lists. */
const common = ['access_token', 'appsecret_proof', 'fields', 'limit', 'after', 'before'];
/** On Meta's pages about photos, and not in its files: the bytes of the image. */
const unlisted = new Map([['POST photos', ['source']]]);
/** Meta's pages have these, and its files do not. */
const unlistedPaths = [/^GET \/(?:debug_token|oauth\/access_token)$/];

function readGraphDescription(): (heard: Heard) => readonly string[] {
  const names = ['Page', 'PagePost', 'Photo', 'Post', 'User'];
  const nodes = new Map(names.map((name) => [name, readSpec(`facebook/${name}.json`) as Node]));

  return (heard) => {
    const url = new URL(heard.url, 'http://graph');
    const path = url.pathname.replace(/^\/v\d+\.\d/, '');
    if (unlistedPaths.some((known) => known.test(`${heard.method} ${path}`))) return [];
    const [, id = '', edge] = path.split('/');
    const kinds = kindsOf(id);
    // A deed on the object itself has a name instead of an edge, and an id is one of several kinds.
    const deed = { GET: '#get', POST: '#update', DELETE: '#delete' }[heard.method];
    const calls = kinds.flatMap((kind) =>
      (nodes.get(kind)?.apis ?? []).filter((call) =>
        edge === undefined
          ? call.name === deed
          : call.endpoint === edge && call.method === heard.method,
      ),
    );
    const [call] = calls;
    if (call === undefined) return [`no ${heard.method} ${kinds.join('|')}/${edge ?? ''}`];
    const shown = nodes.get(call.return ?? '');
    const extra = unlisted.get(`${heard.method} ${edge}`) ?? [];
    return paramsOf(heard, url).flatMap(([name, value]) => {
      if (name === 'fields') return wrongFields(String(value), shown);
      if (common.includes(name) || extra.includes(name)) return [];
      const param = call.params.find((one) => one.name === name);
      if (param === undefined) return [`parameter ${name}`];
      return isOfType(value, param.type) ? [] : [`${name} is no ${param.type}`];
    });
  };
}

function kindsOf(id: string): readonly string[] {
  if (id.includes('_')) return ['PagePost'];
  if (id === 'me') return ['User', 'Page'];
  // The tests' Pages begin so; all else without a "_" is a photo.
  return id.startsWith('1000') ? ['Page'] : ['Photo'];
}

function paramsOf(heard: Heard, url: URL): readonly (readonly [string, unknown])[] {
  const type = heard.headers['content-type'] ?? '';
  if (heard.method !== 'POST') return [...url.searchParams];
  if (type.startsWith('application/json')) return Object.entries(JSON.parse(heard.body) as object);
  const names = heard.body.matchAll(
    /; name="(\w+)"(; filename)?[^\r]*\r\n(?:[^\r]+\r\n)*\r\n([^\r]*)/g,
  );
  return [...names].map(([, name = '', isFile, value]) => [name, isFile ? undefined : value]);
}

/** `id,attachments{type,url}`: what a node has as a field or as an edge; inside of braces anything goes. */
function wrongFields(fields: string, node: Node | undefined): string[] {
  if (node === undefined) return ['fields of nothing known'];
  const known = [
    ...node.fields.map(({ name }) => name),
    ...node.apis.filter(({ method }) => method === 'GET').map(({ endpoint }) => endpoint),
  ];
  return splitOutside(fields)
    .filter((name) => !known.includes(name))
    .map((name) => `field ${name}`);
}

/** The names of a list such as `id,attachments{type,media{image}}`, without what stands in braces. */
function splitOutside(fields: string): readonly string[] {
  const flat = fields.replaceAll(/\{[^{}]*\}/g, '');
  return flat === fields ? fields.split(',') : splitOutside(flat);
}

/** Forms have everything as text. */
function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'bool':
      return typeof value === 'boolean' || value === 'true' || value === 'false';
    case 'string':
      return typeof value === 'string';
    case 'int':
    case 'unsigned int':
      return /^\d+$/.test(String(value));
    case 'Object':
    case 'map':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'list<Object>':
      return Array.isArray(value) && value.every((one) => isOfType(one, 'Object'));
    default:
      return value !== undefined && value !== null;
  }
}
