/**
 * A backup is a gzipped file of JSON lines: a head, then what stood under each key, then an end with the count and the
 * SHA-256 of all lines before it. Nothing in it depends on the version of Redis.
 */
export interface BackupHead {
  /** The version of this form. */
  readonly carillonBackup: 1;
  /** `carillon`, or `carillon-sandbox`. */
  readonly namespace: string;
  /** The ledger's own name. */
  readonly ledger: string;
  /** When it was begun: milliseconds since 1970, by the clock of Redis. */
  readonly at: number;
  /** The version of Carillon that wrote it. */
  readonly version: string;
  /** The host that it was written on. */
  readonly host: string;
}

export const KEY_KINDS = ['string', 'hash', 'list', 'set', 'zset'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** Some of what stands under a key. A large key has several of these, in their order. */
export interface BackupEntry {
  /** Below the prefix: `ledger:fence`. */
  readonly key: string;
  readonly kind: KeyKind;
  /** True for the first of a key: whatever stood there before goes. */
  readonly isFirst: boolean;
  /** As the command that writes it takes them: members and scores, or fields and values, in turn. */
  readonly values: readonly Buffer[];
  /** When it ends by itself: milliseconds since 1970. */
  readonly expireAt?: number;
}

export interface BackupEnd {
  readonly end: true;
  readonly lines: number;
  readonly sha256: string;
}

/** A file that cannot be used as a backup. The message says it to people. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

type Written = string | { readonly base64: string };

export function writeEntry({ key, kind, isFirst, values, expireAt }: BackupEntry): string {
  return JSON.stringify({
    ...{ key, kind, isFirst, values: values.map(writeBytes) },
    ...(expireAt !== undefined && { expireAt }),
  });
}

/** Undefined for what is no entry. */
export function readEntry(line: string): BackupEntry | undefined {
  const { key, kind, isFirst, values, expireAt } = parse(line) as Partial<BackupEntry>;
  const known = KEY_KINDS.find((one) => one === kind);
  if (typeof key !== 'string' || known === undefined || !Array.isArray(values)) return undefined;
  const bytes = (values as readonly Written[]).map(readBytes);
  if (bytes.some((one) => one === undefined)) return undefined;
  return {
    ...{ key, kind: known, isFirst: isFirst === true, values: bytes as Buffer[] },
    ...(typeof expireAt === 'number' && { expireAt }),
  };
}

export function readHead(line: string): BackupHead | undefined {
  const head = parse(line) as Partial<BackupHead>;
  const isHead =
    typeof head.carillonBackup === 'number' &&
    [head.namespace, head.ledger, head.version, head.host].every((one) => typeof one === 'string');
  return isHead && Number.isFinite(head.at) ? (head as BackupHead) : undefined;
}

export function readEnd(line: string): BackupEnd | undefined {
  const end = parse(line) as Partial<BackupEnd>;
  return end.end === true && typeof end.sha256 === 'string' ? (end as BackupEnd) : undefined;
}

function parse(line: string): object {
  try {
    const read: unknown = JSON.parse(line);
    return typeof read === 'object' && read !== null ? read : {};
  } catch {
    return {};
  }
}

/** Text stays text, so that people can look into it. */
function writeBytes(bytes: Buffer): Written {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : { base64: bytes.toString('base64') };
}

function readBytes(written: Written | null): Buffer | undefined {
  if (typeof written === 'string') return Buffer.from(written, 'utf8');
  return typeof written?.base64 === 'string' ? Buffer.from(written.base64, 'base64') : undefined;
}
