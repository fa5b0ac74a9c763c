import { Ajv, type AnySchema } from 'ajv';
import type { Heard } from './answering-server.ts';
import type { Description } from './description.ts';
import { lacks, readSpec } from './shared-specs.ts';

const file = 'x-api-v2-openapi.json';

/** X's OpenAPI file. Its names of the fields of posts are the new ones only: the old ones count as these. */
export const xDescription: Description = {
  name: "X's OpenAPI file",
  absent: lacks(file, "X's OpenAPI file"),
  read: readXDescription,
};

interface Parameter {
  readonly $ref?: string;
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly schema?: object;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: object }> };
}
interface Spec {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly parameters: Record<string, Parameter> };
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type, and has formats of its own. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const {
    nullable,
    format: _,
    discriminator: __,
    example: ___,
    ...rest
  } = value as Record<string, unknown>;
  const schema = Object.fromEntries(
    Object.entries(rest).map(([key, inner]) => [key, toJsonSchema(inner)]),
  );
  return nullable === true && typeof schema.type === 'string'
    ? { ...schema, type: [schema.type, 'null'] }
    : schema;
}

function readXDescription(): (heard: Heard) => readonly string[] {
  const spec = toJsonSchema(readSpec(file)) as Spec;
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: 'array' });
  ajv.addSchema(spec as AnySchema, 'x');
  const problemsBy = (schema: AnySchema, value: unknown): string[] => {
    const validate = ajv.compile(schema);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  };

  const problemsOfQuery = (url: URL, path: string, operation: Operation) => {
    const known = (operation.parameters ?? []).flatMap((one, index) => {
      const name = one.$ref?.split('/').at(-1);
      const found = name === undefined ? one : spec.components.parameters[name];
      const at =
        name === undefined
          ? `#/paths/${toPointer(path)}/get/parameters/${index}/schema`
          : `#/components/parameters/${name}/schema`;
      return found?.in === 'query' ? [{ ...found, at }] : [];
    });
    const missing = known
      .filter(({ name, required }) => required && !url.searchParams.has(String(name)))
      .map(({ name }) => `query ${name} is missing`);
    const wrong = [...url.searchParams].flatMap(([key, value]) => {
      const name = key === 'tweet.fields' ? 'post.fields' : key;
      const parameter = known.find((one) => one.name === name);
      if (parameter === undefined) return [`query ${name}`];
      const isList = (resolve(spec, parameter.at) as { type?: string }).type === 'array';
      const renamed = value.replaceAll('note_tweet', 'note_post');
      const read = isList ? renamed.split(',') : renamed;
      return problemsBy(
        { type: 'object', properties: { value: { $ref: `x${parameter.at}` } } },
        {
          value: read,
        },
      ).map((told) => `query ${name}: ${told}`);
    });
    return [...missing, ...wrong];
  };

  const problemsOfBody = (heard: Heard, path: string) => {
    const method = heard.method.toLowerCase();
    const content = spec.paths[path]?.[method]?.requestBody?.content;
    const type = heard.headers['content-type']?.split(';', 1)[0] ?? '';
    if (content === undefined)
      return ['', '{}'].includes(heard.body) ? [] : ['a body where there is none'];
    if (content[type] === undefined) return [`content type ${type}`];
    const isJson = type === 'application/json';
    const fields = isJson ? (JSON.parse(heard.body) as unknown) : fieldsOfForm(heard.body);
    const at = `#/paths/${toPointer(path)}/${method}/requestBody/content/${toPointer(type)}/schema`;
    // In JSON a number in quotes is no number.
    const strict = new Ajv({ strict: false, allErrors: true });
    strict.addSchema(spec as AnySchema, 'x');
    const validate = (isJson ? strict : ajv).compile({ $ref: `x${at}` });
    if (validate(fields)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  };

  return (heard) => {
    const url = new URL(heard.url, 'http://x');
    const path = findPath(Object.keys(spec.paths), url.pathname);
    const operation = path && spec.paths[path]?.[heard.method.toLowerCase()];
    if (!path || !operation) return [`no ${heard.method} ${url.pathname}`];
    return [...problemsOfQuery(url, path, operation), ...problemsOfBody(heard, path)];
  };
}

/** A path as it is written before one with a gap at the same place: `/users/me` is no `/users/{id}`. */
function findPath(paths: readonly string[], wanted: string): string | undefined {
  const fits = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(wanted);
  return paths.includes(wanted) ? wanted : paths.find(fits);
}

function toPointer(part: string): string {
  return part
    .replaceAll('~', '~0')
    .replaceAll('/', '~1')
    .replaceAll('{', '%7B')
    .replaceAll('}', '%7D');
}

function resolve(spec: Spec, pointer: string): unknown {
  const parts = pointer.slice(2).split('/');
  return parts.reduce<unknown>((at, part) => {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    return (at as Record<string, unknown>)[key];
  }, spec);
}

/** A form's fields by name; numbers come as text there. */
function fieldsOfForm(body: string): Record<string, unknown> {
  const parts = body.matchAll(/name="(\w+)"[^\r]*\r\n(?:[^\r]+\r\n)*\r\n([\s\S]*?)\r\n--/g);
  return Object.fromEntries(
    [...parts].map(([, name, value]) => [name, /^\d+$/.test(value ?? '') ? Number(value) : value]),
  );
}
