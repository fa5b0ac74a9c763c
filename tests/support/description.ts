import type { Heard } from './answering-server.ts';

/** What a network says of its API, as far as requests can be held against it. */
export interface Description {
  /** Such as "X's OpenAPI file". */
  readonly name: string;
  /** Why it cannot be used here, or false. */
  readonly absent: string | false;
  /** What is wrong with a request by its letter; empty if nothing is. */
  read(): (heard: Heard) => readonly string[];
}

/** The operations of some requests, ids left out: `POST /2/tweets`. */
export function operationsOf(heard: readonly Heard[]): ReadonlySet<string> {
  const nameOf = ({ method, url }: Heard) =>
    `${method} ${url.split('?', 1)[0]?.replace(/\d{3,}(?:_\d+)?/g, '…')}`;
  return new Set(heard.map(nameOf));
}
