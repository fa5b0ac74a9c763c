import { createHmac, randomBytes } from 'node:crypto';
import { isSameToken } from './form-token.ts';

/** One thing that whoever holds a link may do, without entering. */
export interface LinkedDeed {
  readonly deed: 'approve' | 'hand-off';
  readonly publication: string;
  /** Of the post that was shown: another text needs another link. */
  readonly fingerprint: string;
  /** The time that was shown. */
  readonly due: number;
  /** For whom the link was made, for the record. */
  readonly for: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** Tells two links to the same thing apart. */
  readonly nonce: string;
}

/** Writes a deed into a text for an address that nobody else can make or change. */
export function signLink(key: Buffer, deed: Omit<LinkedDeed, 'nonce'>): string {
  const nonce = randomBytes(12).toString('base64url');
  const body = Buffer.from(JSON.stringify({ ...deed, nonce })).toString('base64url');
  return `${body}.${signatureOf(key, body)}`;
}

/** Where a link leads, below the address of the dashboard. */
export function linkPath(link: string): string {
  return `/link/${link}`;
}

/** Reads it back, unless it was altered, or is over. */
export function readLink(key: Buffer, text: string, now: number): LinkedDeed | 'altered' | 'over' {
  const [body = '', signature = '', ...more] = text.split('.');
  if (more.length > 0 || !isSameToken(signature, signatureOf(key, body))) return 'altered';
  const deed = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as LinkedDeed;
  return deed.expiresAt > now ? deed : 'over';
}

function signatureOf(key: Buffer, body: string): string {
  return createHmac('sha256', key).update(`link ${body}`).digest('base64url');
}
