import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv, type AnySchema } from 'ajv';
import { openTwitterSession } from '../../src/networks/twitter/session.ts';
import {
  type AnsweringServer,
  type Heard,
  startAnsweringServer,
} from '../support/answering-server.ts';
import { makePng } from '../support/png.ts';
import { makeIo, makePost, makeWindow } from './contract.ts';

const specFile = fileURLToPath(
  new URL('../../../shared/specs/x-api-v2-openapi.json', import.meta.url),
);
const skip = existsSync(specFile) ? false : "X's OpenAPI file is not beside the project";

interface Parameter {
  readonly $ref?: string;
  readonly name?: string;
  readonly in?: string;
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

function readSpec() {
  const spec = toJsonSchema(JSON.parse(readFileSync(specFile, 'utf8'))) as Spec;
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addSchema(spec as AnySchema, 'x');

  /** What is wrong with a request by the letter of the spec. */
  const problemsOf = (heard: Heard): string[] => {
    const url = new URL(heard.url, 'http://x');
    const path = Object.keys(spec.paths).find((template) =>
      new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(url.pathname),
    );
    const operation =
      path === undefined ? undefined : spec.paths[path]?.[heard.method.toLowerCase()];
    if (path === undefined || operation === undefined)
      return [`no ${heard.method} ${url.pathname}`];
    return [...problemsOfQuery(url, operation), ...problemsOfBody(heard, path)];
  };
  const problemsOfQuery = (url: URL, operation: Operation) => {
    const known = (operation.parameters ?? []).map((one) =>
      one.$ref ? spec.components.parameters[one.$ref.split('/').at(-1) ?? ''] : one,
    );
    const names = known.filter((one) => one?.in === 'query').map((one) => one?.name);
    return [...url.searchParams.keys()]
      .filter((name) => !names.includes(name))
      .map((name) => `query ${name}`);
  };
  const problemsOfBody = (heard: Heard, path: string) => {
    const content = spec.paths[path]?.[heard.method.toLowerCase()]?.requestBody?.content;
    const type = heard.headers['content-type']?.split(';', 1)[0] ?? '';
    if (content === undefined)
      return ['', '{}'].includes(heard.body) ? [] : ['a body where there is none'];
    if (content[type] === undefined) return [`content type ${type}`];
    const fields = type === 'application/json' ? JSON.parse(heard.body) : fieldsOfForm(heard.body);
    const pointer = `x#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${heard.method.toLowerCase()}/requestBody/content/${type.replaceAll('/', '~1')}/schema`;
    const validate = ajv.compile({ $ref: pointer });
    return validate(fields)
      ? []
      : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  };
  return problemsOf;
}

/** A form's fields by name; numbers come as text there. */
function fieldsOfForm(body: string): Record<string, unknown> {
  const parts = body.matchAll(/name="(\w+)"[^\r]*\r\n(?:[^\r]+\r\n)*\r\n([\s\S]*?)\r\n--/g);
  return Object.fromEntries(
    [...parts].map(([, name, value]) => [name, /^\d+$/.test(value ?? '') ? Number(value) : value]),
  );
}

function answerAs(heard: Heard) {
  if (heard.url.startsWith('/2/users/me')) return { body: { data: { id: '7', username: 'n' } } };
  if (heard.url.startsWith('/2/users/')) return { body: { data: [], meta: { result_count: 0 } } };
  return { body: { data: { id: '123', deleted: true } } };
}

describe("X's own description of its API", { skip }, () => {
  const unstopped = new AbortController().signal;
  const useAll = async (server: AnsweringServer) => {
    const { bytes, media } = makePng('What it shows');
    const account = {
      name: 'x',
      network: 'twitter',
      apiUrl: server.url,
      sandbox: true,
      settings: {},
      secrets: {},
    };
    const session = await openTwitterSession(account, makeIo({ media: async () => bytes }));
    const post = makePost('twitter', {
      media: [media, { ...media, type: 'image/gif' }],
      thread: ['Second'],
      labels: { madeWithAi: true, paidPartnership: true, replies: 'mentioned' },
    });
    const draft = await session.prepare(post, 0, undefined, unstopped);
    await session.publish(post, 0, draft, makeWindow());
    await session.publish(post, 1, { part: 1 }, makeWindow({ earlier: ['123'] }));
    await session.recent(new Date(), unstopped);
    await session.remove('123', unstopped);
  };

  it('allows every request that a session makes', async () => {
    const problemsOf = readSpec();
    const server = await startAnsweringServer(answerAs);
    await useAll(server);
    await server.close();

    const problems = server.heard.flatMap((heard) =>
      problemsOf(heard).map((told) => `${heard.method} ${heard.url}: ${told}`),
    );

    // The spec has the new name of this parameter only; the live API is asked under both.
    const unexpected = problems.filter((told) => !told.endsWith('query tweet.fields'));
    assert.deepEqual(unexpected, []);
    assert.equal(server.heard.length, 13);
  });

  it('would show a wrong body', () => {
    const problemsOf = readSpec();
    const headers = { 'content-type': 'application/json' };
    const wrong = (body: object) =>
      problemsOf({ method: 'POST', url: '/2/tweets', headers, body: JSON.stringify(body) });

    assert.deepEqual(wrong({ text: 'a' }), []);
    assert.notDeepEqual(wrong({ text: 'a', link: 'https://a.example' }), []);
    assert.notDeepEqual(wrong({ text: 'a', media: { media_ids: ['a', 'b', 'c', 'd', 'e'] } }), []);
  });
});
