import { secretVariable } from '../src/core/secret-variable.ts';
import type { Variables } from './variables.ts';

export interface SecretsReading {
  /** By field, without the account's part of the name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Set if no set of secrets is complete: names every variable that is missing. */
  readonly problem?: string;
}

/**
 * Takes an account's secrets from the environment.
 *
 * @param sets the sets of fields of which one must be complete; empty if none is needed
 */
export function readSecrets(
  account: string,
  sets: readonly (readonly string[])[],
  variables: Variables,
): SecretsReading {
  const secrets: Record<string, string> = {};
  for (const field of new Set(sets.flat())) {
    const value = variables[secretVariable(account, field)]?.trim();
    if (value) secrets[field] = value;
  }

  const missing = sets.map((set) => set.filter((field) => secrets[field] === undefined));
  if (sets.length === 0 || missing.some((fields) => fields.length === 0)) return { secrets };
  return { secrets, problem: sayWhatIsMissing(account, sets, secrets) };
}

function sayWhatIsMissing(
  account: string,
  sets: readonly (readonly string[])[],
  secrets: Readonly<Record<string, string>>,
): string {
  const smallest = sets.filter(
    (set) => !sets.some((other) => other !== set && isPartOf(other, set)),
  );
  const begun = smallest.filter((set) => set.some((field) => secrets[field] !== undefined));
  const wanted = (begun.length > 0 ? begun : smallest).map((set) =>
    set
      .filter((field) => secrets[field] === undefined)
      .map((field) => secretVariable(account, field))
      .join(', '),
  );
  return `The account "${account}" lacks its secrets. Set ${wanted.join('; or ')} in the environment or in .env.`;
}

function isPartOf(part: readonly string[], whole: readonly string[]): boolean {
  return part.length < whole.length && part.every((field) => whole.includes(field));
}
