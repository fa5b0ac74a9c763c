import { createHmac } from 'node:crypto';

/**
 * What the header `Carillon-Signature` says: `t=<seconds since 1970>,v1=<HMAC-SHA256 in hex>` of the time, a dot and
 * the body, so that a receiver can tell who sent it and refuse what is old.
 */
export function signBody(body: string, secret: string, at: number): string {
  const seconds = Math.floor(at / 1000);
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${signature}`;
}
