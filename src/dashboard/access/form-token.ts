import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a form carries to prove that it is of a page that was made for this very visit. */
export function formTokenOf(key: Buffer, visit: string): string {
  return createHmac('sha256', key).update(`form ${visit}`).digest('base64url');
}

/** Takes as long whether it is right or wrong. */
export function isSameToken(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
