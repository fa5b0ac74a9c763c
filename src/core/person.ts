/** Somebody whom posts may mention, as the config declares them. */
export interface Person {
  /** Stands for them in templates and own words: `{@sara}`. */
  readonly key: string;
  readonly name: string;
  /** By network, with the sign `@`. */
  readonly handles: Readonly<Record<string, string>>;
}

/** What one network knows of a person. */
export interface Mentionable {
  readonly key: string;
  readonly name: string;
  /** With the sign `@`; missing where the network has none for them. */
  readonly handle?: string;
}

/** A person's side on one network. */
export function mentionableOn(network: string): (person: Person) => Mentionable {
  return ({ key, name, handles }) => {
    const handle = handles[network];
    return { key, name, ...(handle !== undefined && { handle }) };
  };
}
