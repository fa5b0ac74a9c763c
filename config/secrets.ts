import { secretVariable } from '../src/core/secret-variable.ts';
import type { Variables } from './variables.ts';

export interface SecretsReading {
  /** By field, without the account's part of the name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Set if no set of secrets is complete, or a token stands without what it needs: names what is missing. */
  readonly problem?: string;
}

/**
 * Takes an account's secrets from the environment.
 *
 * @param sets the sets of fields of which one must be complete; empty if none is needed
 * @param tokens the fields that are of use only as part of a complete set; `connect` obtains them otherwise
 */
export function readSecrets(
  account: string,
  sets: readonly (readonly string[])[],
  tokens: readonly string[],
  variables: Variables,
): SecretsReading {
  const secrets: Record<string, string> = {};
  for (const field of new Set(sets.flat())) {
    const value = variables[secretVariable(account, field)]?.trim();
    if (value) secrets[field] = value;
  }

  const complete = sets.filter((set) => set.every((field) => secrets[field] !== undefined));
  if (sets.length > 0 && complete.length === 0) {
    return { secrets, problem: sayWhatIsMissing(account, sets, secrets) };
  }
  const useless = [...new Set(tokens)].filter(
    (field) => secrets[field] && !complete.flat().includes(field),
  );
  if (useless.length === 0) return { secrets };
  return { secrets, problem: sayWhatIsUseless(account, useless, sets, secrets) };
}

/** A token whose other half is missing was meant to be used: nobody notices otherwise until a post does not go out. */
function sayWhatIsUseless(
  account: string,
  useless: readonly string[],
  sets: readonly (readonly string[])[],
  secrets: Readonly<Record<string, string>>,
): string {
  const wanted = sets
    .filter((set) => useless.every((field) => set.includes(field)))
    .map((set) => set.filter((field) => secrets[field] === undefined))
    .sort((a, b) => a.length - b.length)[0];
  const variables = useless.map((field) => secretVariable(account, field)).join(', ');
  const others = wanted?.map((field) => secretVariable(account, field)).join(', ');
  const remedy = others === undefined ? '' : `Set ${others} too, or `;
  return `${variables} alone gives no access to the account "${account}". ${remedy}${remedy ? 'remove' : 'Remove'} it and run "carillon connect ${account}".`;
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
