import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { SealedError } from '../core/credentials.ts';

/** A key of AES-256, with a name that tells nothing of it. */
export interface SecretKey {
  readonly id: string;
  readonly bytes: Buffer;
}

const cipher = 'aes-256-gcm';
const version = 'v1';
const nonceBytes = 12;
const tagBytes = 16;
export const secretKeyBytes = 32;

export function secretKeyOf(bytes: Buffer): SecretKey {
  const id = createHash('sha256').update('carillon key id').update(bytes).digest('hex');
  return { id: id.slice(0, 12), bytes };
}

/**
 * Seals a text with AES-256-GCM: `v1.<key id>.<nonce, ciphertext and tag>`.
 *
 * @param belongsTo sealed in with it: the text opens for the same owner only
 */
export function seal(text: string, key: SecretKey, belongsTo: string): string {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key.bytes, nonce, { authTagLength: tagBytes });
  sealing.setAAD(contextOf(key.id, belongsTo));
  const sealed = [nonce, sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()];
  return `${version}.${key.id}.${Buffer.concat(sealed).toString('base64url')}`;
}

/** @throws {SealedError} if it was changed, belongs to another owner, or none of the keys is its own */
export function unseal(sealed: string, keys: readonly SecretKey[], belongsTo: string): string {
  const [written, keyId, content, ...more] = sealed.split('.');
  if (written !== version || !keyId || !content || more.length > 0) throw tampered(belongsTo);
  const key = keys.find(({ id }) => id === keyId);
  if (key === undefined) throw sealedOtherwise(belongsTo, keyId);

  const bytes = Buffer.from(content, 'base64url');
  if (bytes.length < nonceBytes + tagBytes) throw tampered(belongsTo);
  const opening = createDecipheriv(cipher, key.bytes, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  opening.setAAD(contextOf(keyId, belongsTo));
  opening.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const text = opening.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8');
    return text + opening.final('utf8');
  } catch {
    throw tampered(belongsTo);
  }
}

/** The id of the key that a text was sealed with. */
export function keyIdOf(sealed: string): string | undefined {
  return sealed.split('.')[1];
}

function contextOf(keyId: string, belongsTo: string): Buffer {
  return Buffer.from(`${version}\n${keyId}\n${belongsTo}`);
}

export function sealedOtherwise(belongsTo: string, keyId: string): SealedError {
  return new SealedError(
    `The credentials of ${belongsTo} are sealed with a key (${keyId}) that this process does not have. Put that key back: it is the file "secret-key" of the data directory that they were made with, or CARILLON_SECRET_KEY. Without it, connect every account again.`,
  );
}

function tampered(belongsTo: string): SealedError {
  return new SealedError(
    `The credentials of ${belongsTo} were changed in Redis, or belong to another account: they are not used. Connect the account again, and look who else may write to this Redis.`,
  );
}
