import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts';
import { makePng } from './png.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where it is not there
  readonly json: any;
}

export interface Client {
  readonly url: string;
  readonly sandbox: Sandbox;
  /** Asks as an account; a plain object goes as JSON. */
  ask(path: string, options?: AskOptions): Promise<Reply>;
  log(): Promise<Reply['json']>;
  fault(fault: Record<string, unknown>): Promise<Reply>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface AskOptions {
  readonly method?: string;
  readonly account?: string | null;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly timeoutMs?: number;
}

/** A sandbox on a free port that ends with the test. */
export async function openSandbox(options: Partial<SandboxOptions> = {}): Promise<Client> {
  const sandbox = await startSandbox({ port: 0, ...options });
  const ask = async (path: string, asked: AskOptions = {}): Promise<Reply> => {
    const { account = 'newsroom', body } = asked;
    const isRaw =
      body === undefined ||
      typeof body === 'string' ||
      body instanceof URLSearchParams ||
      body instanceof FormData ||
      body instanceof Uint8Array;
    const response = await fetch(`${sandbox.url}${path}`, {
      method: asked.method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(account === null ? {} : { authorization: `Bearer sandbox:${account}` }),
        ...(isRaw ? {} : { 'content-type': 'application/json' }),
        ...asked.headers,
      },
      ...(body === undefined
        ? {}
        : { body: (isRaw ? body : JSON.stringify(body)) as RequestInit['body'] & {} }),
      signal: AbortSignal.timeout(asked.timeoutMs ?? 10_000),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parseJson(text) };
  };
  return {
    url: sandbox.url,
    sandbox,
    ask,
    log: async () => (await ask('/log')).json,
    fault: (fault) => ask('/faults', { body: fault }),
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

function parseJson(text: string): Reply['json'] {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An image whose header says how wide and high it is. */
export function imageOf(width = 8, height = 8): Buffer {
  const { bytes } = makePng('', 8);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

/** A form with an image in it. */
export function formWith(
  fields: Readonly<Record<string, string>>,
  file?: { readonly name: string; readonly bytes: Buffer },
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  if (file) form.set(file.name, new Blob([new Uint8Array(file.bytes)]), 'image.png');
  return form;
}
