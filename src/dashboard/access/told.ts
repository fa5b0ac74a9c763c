import { createHmac } from 'node:crypto';
import { isSameToken } from './form-token.ts';
import type { Visitor } from './visitor.ts';

/** A sentence that a page shows once it was led to. */
interface Told {
  /** The address that it is for, without its query. */
  readonly path: string;
  readonly visitor: Pick<Visitor, 'formToken'>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** So long it is shown, whenever the page is renewed. */
const SHOWN_MS = 2 * 60_000;
const LONGEST = 1_500;

/**
 * Writes a sentence into the end of an address. Signed with what only a visit's own pages carry, so that no link from
 * elsewhere puts words into a page.
 */
export function writeTold(text: string, { path, visitor, now }: Told): string {
  const said =
    text.length > LONGEST ? `${text.slice(0, LONGEST).replaceAll(/\p{Surrogate}/gu, '')}…` : text;
  const body = Buffer.from(JSON.stringify([said, now + SHOWN_MS])).toString('base64url');
  return `${path}?told=${body}.${signatureOf(body, path, visitor)}`;
}

/** Reads it back; undefined if it is of another visit, for another page, altered or over. */
export function readTold(
  given: string | undefined,
  { path, visitor, now }: Told,
): string | undefined {
  const [body = '', signature = '', ...more] = (given ?? '').split('.');
  if (more.length > 0 || !isSameToken(signature, signatureOf(body, path, visitor)))
    return undefined;
  const [text, until] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as [
    string,
    number,
  ];
  return until > now ? text : undefined;
}

function signatureOf(body: string, path: string, { formToken }: Told['visitor']): string {
  return createHmac('sha256', formToken)
    .update(JSON.stringify(['told', path, body]))
    .digest('base64url');
}
