import { type Call, isRecord } from './call.ts';
import { invalid } from './facebook-errors.ts';
import type { Part } from './multipart.ts';

/** The parameters of a Graph call, whether they came in the query or in any kind of body. */
export interface Params {
  readonly values: ReadonlyMap<string, unknown>;
  readonly files: readonly Part[];
}

/** Parameters that any call may carry. */
const always = [
  'access_token',
  'appsecret_proof',
  'debug',
  'fields',
  'format',
  'id',
  'locale',
  'method',
  'pretty',
  'suppress_http_code',
];

export function readParams(call: Call): Params {
  const values = new Map<string, unknown>(call.query);
  const files: Part[] = [];
  const { body } = call;
  if (body.kind === 'json' && isRecord(body.value)) {
    for (const [name, value] of Object.entries(body.value)) values.set(name, value);
  } else if (body.kind === 'form') {
    for (const [name, value] of body.value) values.set(name, value);
  } else if (body.kind === 'multipart') {
    for (const part of body.parts) {
      if (part.filename === undefined && part.name !== 'source') {
        values.set(part.name ?? '', part.bytes.toString('utf8'));
      } else files.push(part);
    }
  }
  return { values, files };
}

/**
 * Refuses what the sandbox does not play. The Graph API ignores unknown parameters; here a misspelt one
 * is to be found.
 */
export function refuseUnknown(params: Params, known: readonly string[]): void {
  for (const name of params.values.keys()) {
    const plain = name.replace(/\[.*$/, '');
    if (!known.includes(plain) && !always.includes(plain)) {
      throw invalid(`Param ${name} is not one that the sandbox plays here`);
    }
  }
}

export function textOf(params: Params, name: string): string {
  const value = params.values.get(name);
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw invalid(`Param ${name} must be a string`);
  return value;
}

export function booleanOf(params: Params, name: string, otherwise: boolean): boolean {
  const value = params.values.get(name);
  if (value === undefined || value === '') return otherwise;
  if (value === true || value === 'true' || value === '1' || value === 1) return true;
  if (value === false || value === 'false' || value === '0' || value === 0) return false;
  throw invalid(`Param ${name} must be a boolean`);
}

/** Unix seconds or an ISO time, as milliseconds. */
export function timeOf(params: Params, name: string): number | undefined {
  const value = params.values.get(name);
  if (value === undefined || value === '') return undefined;
  const text = String(value);
  const time = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(time)) throw invalid(`Param ${name} must be a valid time`);
  return time;
}

/** `attached_media` as an array, as JSON in a form, or as form keys `attached_media[0]`. */
export function attachedMediaOf(params: Params): readonly string[] {
  const whole = params.values.get('attached_media');
  const items: unknown[] = [];
  if (whole !== undefined) {
    const value = parseIfText(whole);
    if (!Array.isArray(value)) throw invalid('Param attached_media must be an array.');
    items.push(...(value as unknown[]));
  }
  for (const [name, value] of params.values) {
    if (/^attached_media\[\d+\]$/.test(name)) items.push(parseIfText(value));
    if (/^attached_media\[\d+\]\[media_fbid\]$/.test(name)) items.push({ media_fbid: value });
  }
  return items.map((item) => {
    const id = isRecord(item) ? item.media_fbid : undefined;
    if (typeof id !== 'string') throw invalid('Param attached_media needs a media_fbid each');
    return id;
  });
}

function parseIfText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw invalid('Param attached_media must be an array.');
  }
}
