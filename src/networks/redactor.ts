import { secretForms } from '../core/secret-forms.ts';

/** Takes an account's secrets out of whatever is shown, logged or thrown. */
export interface Redactor {
  /** Adds a secret that turned up later, such as a token that was fetched. */
  add(secret: string): void;
  clean(text: string): string;
}

const mark = '[secret]';
/** Shorter ones would turn ordinary words into marks, and no network gives such. */
const shortest = 6;

export function createRedactor(secrets: Iterable<string>): Redactor {
  const forms = new Set<string>();

  const add = (secret: string) => {
    if (secret.length < shortest || forms.has(secret)) return;
    for (const form of secretForms(secret)) forms.add(form);
  };
  for (const secret of secrets) add(secret);

  return {
    add,
    clean: (text) => {
      // The longest first: a secret may begin with another.
      const longestFirst = [...forms].sort((a, b) => b.length - a.length);
      return longestFirst.reduce((cleaned, form) => cleaned.replaceAll(form, mark), text);
    },
  };
}

/**
 * What may be kept of an SDK's error: its name, words and code, without secrets. The error itself carries
 * headers, addresses and bodies, so it never goes along.
 */
export function cleanCause(error: unknown, redactor: Redactor): Error | undefined {
  if (!(error instanceof Error)) return undefined;

  const cause = new Error(redactor.clean(error.message));
  cause.name = error.name;
  // Where this copy was made tells nothing.
  cause.stack = `${error.name}: ${cause.message}`;
  const code = codeOf(error);
  return code === undefined ? cause : Object.assign(cause, { code: redactor.clean(code) });
}

/** The `code` of an error of Node's, or of what caused it. */
export function codeOf(error: unknown): string | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    const code: unknown = 'code' in current ? current.code : undefined;
    if (typeof code === 'string' && code !== '') return code;
    current = current.cause;
  }
  return undefined;
}
