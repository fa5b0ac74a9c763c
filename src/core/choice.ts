/** A setting that is the same for every account, or one for each of some accounts and networks. */
export interface Choice<T> {
  readonly all?: T | undefined;
  /** By the name of an account or a network. */
  readonly by: ReadonlyMap<string, T>;
}

/** What counts for an account: the first choice that says anything; its account goes before its network. */
export function choose<T>(
  choices: readonly Choice<T>[],
  account: { readonly name: string; readonly network: string },
): T | undefined {
  for (const { all, by } of choices) {
    const chosen = by.get(account.name) ?? by.get(account.network) ?? all;
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}
