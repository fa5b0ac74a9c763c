import { isRecord } from './call.ts';
import { invalid } from './facebook-errors.ts';

/** What `fields=id,attachments{url}` asks for: each field with its own fields, if it names any. */
export type Fields = ReadonlyMap<string, Fields | undefined>;

/** Reads `fields`. Modifiers such as `.limit(5)` are allowed and have no effect. */
export function parseFields(text: string): Fields {
  const [fields, end] = parseList(text, 0);
  if (end < text.length) throw syntaxError(text, end);
  return fields;
}

function parseList(text: string, start: number): [Fields, number] {
  const fields = new Map<string, Fields | undefined>();
  let at = start;
  while (at < text.length && text[at] !== '}') {
    const name = /^\s*([a-z_]+)((?:\.[a-z_]+\([^(){}]*\))*)\s*/i.exec(text.slice(at));
    if (!name?.[1]) throw syntaxError(text, at);
    at += name[0].length;
    let inner: Fields | undefined;
    if (text[at] === '{') {
      [inner, at] = parseList(text, at + 1);
      if (text[at] !== '}') throw syntaxError(text, at);
      at++;
    }
    fields.set(name[1], inner);
    if (text[at] === ',') at++;
    else if (at < text.length && text[at] !== '}') throw syntaxError(text, at);
  }
  return [fields, at];
}

function syntaxError(text: string, at: number): ReturnType<typeof invalid> {
  return invalid(`Syntax error "Expected a field" at character ${at}: ${text.slice(0, 200)}`);
}

/** Keeps what was asked for, inside lists and edges too. The id is always given. */
export function pick(value: unknown, fields: Fields | undefined): unknown {
  if (!fields) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => pick(item, fields));
  if (!isRecord(value)) return value;
  if (Array.isArray(value.data)) return { ...value, data: pick(value.data, fields) };
  const kept: Record<string, unknown> = {};
  for (const [name, inner] of fields) {
    if (value[name] !== undefined) kept[name] = pick(value[name], inner);
  }
  if (value.id !== undefined) kept.id = value.id;
  return kept;
}

/** Refuses fields that this type of node does not have. */
export function refuseUnknownFields(fields: Fields, known: readonly string[], node: string): void {
  for (const name of fields.keys()) {
    if (!known.includes(name)) {
      throw invalid(`Tried accessing nonexisting field (${name}) on node type (${node})`);
    }
  }
}
