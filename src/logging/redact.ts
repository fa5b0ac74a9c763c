import { secretForms } from '../core/secret-forms.ts';

/** Keys whose values are secrets whatever they hold. */
const secretKey =
  /(^|[_-])(token|secret|password|passphrase|authorization|cookie|credentials?|api[_-]?key|private[_-]?key|app[_-]?key)s?$/i;

const mark = '[secret]';
const deepest = 6;
/** Shorter values stand in ordinary words as well, and would make a log unreadable. */
const shortestSecret = 4;

/** What a log line may hold of some fields: no value under a secret's key, and of errors only what people need. */
export function cleanFields(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return cleanError(value, depth);
  if (depth >= deepest) return '[deeper]';
  if ('toJSON' in value && typeof value.toJSON === 'function' && !Buffer.isBuffer(value)) {
    const plain: unknown = value.toJSON();
    return cleanFields(plain, depth + 1);
  }
  if (Buffer.isBuffer(value)) return `[${value.length} bytes]`;
  if (Array.isArray(value)) return value.slice(0, 100).map((part) => cleanFields(part, depth + 1));
  const parts = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(
    parts.map(([key, part]: [unknown, unknown]) => [
      String(key),
      isSecretKey(String(key)) ? mark : cleanFields(part, depth + 1),
    ]),
  );
}

function isSecretKey(key: string): boolean {
  // `accessToken` and `access_token` are one key.
  return secretKey.test(key.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2'));
}

/**
 * Name, message, code, stack and cause. Nothing else: errors of HTTP clients and of ioredis carry whole
 * requests and commands, and with them tokens and posts.
 */
function cleanError(error: Error, depth: number): Record<string, unknown> {
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined ? {} : { cause: cleanFields(error.cause, depth + 1) }),
  };
}

/** Values that a log must not show, of which more may come to be known. */
export interface Secrets {
  learn(values: readonly string[]): void;
  /** A line of JSON without them. */
  hide(line: string): string;
  /** Any text without them. */
  hideInText(text: string): string;
}

export function createSecrets(values: readonly string[] = []): Secrets {
  const known = new Set(values);
  let hide = hideValues([...known]);
  return {
    learn(more) {
      const before = known.size;
      for (const value of more) known.add(value);
      if (known.size > before) hide = hideValues([...known]);
    },
    hide: (line) => hide.line(line),
    hideInText: (text) => hide.text(text),
  };
}

/** Makes functions that hide the given values: in whatever string of a line of JSON they stand, or anywhere. */
function hideValues(secrets: readonly string[]): {
  line(line: string): string;
  text(text: string): string;
} {
  const forms = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap((secret) => [...secretForms(secret)]);
  if (forms.length === 0) return { line: (line) => line, text: (text) => text };
  // The longest first, so that no rest of a secret stays when another one is its beginning.
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(escapeForPattern).join('|'), 'g');
  // Only within strings: a secret made of digits must not tear the time apart.
  const string = /"(?:[^"\\]|\\.)*"/g;
  const inText = (text: string) => text.replace(pattern, mark);
  return { text: inText, line: (line) => line.replace(string, inText) };
}

function escapeForPattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
