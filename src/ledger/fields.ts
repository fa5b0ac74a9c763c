import type { Receipt } from '../core/post.ts';
import type { PublicationState } from '../core/publication.ts';

/** A record's fields as Redis gives them. */
export type Fields = Readonly<Record<string, string | undefined>>;

export type StoredState = PublicationState | 'claimed';

export function readParts(reply: unknown): readonly Receipt[] {
  if (reply === undefined || reply === '') return [];
  const parts: unknown = JSON.parse(String(reply));
  // Lua writes an empty list as an empty object.
  return Array.isArray(parts) ? (parts as Receipt[]) : [];
}
