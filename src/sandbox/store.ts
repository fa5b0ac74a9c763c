import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetworkName } from './call.ts';
import { sha256 } from './image.ts';
import { type Journal, memoryJournal, openJournal } from './journal.ts';
import { keyOf, type StoredEvent, type StoredPost, type Upload } from './record.ts';
import { applyEvent, emptyState, type State, saidKey } from './state.ts';
import { TokenDesk } from './token-desk.ts';

/** X's own epoch: the time in an id counts from here. */
const snowflakeEpoch = 1_288_834_974_657n;

/**
 * What the three networks remember. Changes are visible at once in memory; an answer may leave only after
 * {@link Store.settled}, so that nobody hears of what a crash could still undo.
 */
export class Store {
  readonly now: () => number;
  readonly takesRepeats: boolean;
  readonly #state: State = emptyState();
  readonly #journal: Journal;
  readonly #mediaDir: string | undefined;
  readonly #mediaBytes = new Map<string, Buffer>();

  constructor(
    now: () => number,
    journal: Journal,
    mediaDir: string | undefined,
    past: readonly StoredEvent[],
    takesRepeats: boolean,
  ) {
    this.now = now;
    this.takesRepeats = takesRepeats;
    this.#journal = journal;
    this.#mediaDir = mediaDir;
    for (const event of past) applyEvent(this.#state, event);
  }

  #record(event: StoredEvent): void {
    applyEvent(this.#state, event);
    this.#journal.append(JSON.stringify(event));
  }

  /** A number for an id, of 19 digits like X's: from the time, and always above every earlier one. */
  nextSerial(): bigint {
    const fromClock = (BigInt(this.now()) - snowflakeEpoch) << 22n;
    const serial = fromClock > this.#state.serial ? fromClock : this.#state.serial + 1n;
    this.#state.serial = serial;
    return serial;
  }

  addPost(post: StoredPost, serial: bigint): void {
    this.#record({ event: 'posted', post, serial: String(serial) });
  }

  addUpload(upload: Upload, serial: bigint): void {
    this.#record({ event: 'uploaded', upload, serial: String(serial) });
  }

  show(post: StoredPost, at: number): void {
    this.#record({ event: 'shown', network: post.network, id: post.id, at });
  }

  edit(post: StoredPost, text: string): void {
    this.#record({ event: 'edited', network: post.network, id: post.id, text, at: this.now() });
  }

  remove(post: StoredPost): void {
    this.#record({ event: 'deleted', network: post.network, id: post.id, at: this.now() });
  }

  describe(upload: Upload, alt: string): void {
    this.#record({ event: 'described', network: upload.network, id: upload.id, alt });
  }

  discard(upload: Upload): void {
    this.#record({ event: 'discarded', network: upload.network, id: upload.id });
  }

  claim(network: NetworkName, owner: string, account: string): void {
    if (this.ownerOf(network, account) === owner) return;
    this.#record({ event: 'claimed', network, owner, account });
  }

  /** What it says of the tokens that it gives. */
  readonly tokenDesk = new TokenDesk();

  /** Marks a single-use token as used; false if it already was. */
  spend(token: string): boolean {
    const hash = sha256(token);
    if (this.#state.spentTokens.has(hash)) return false;
    this.#record({ event: 'spent', token: hash });
    return true;
  }

  /** True for a single-use token that was used, and for any token that was revoked. */
  isSpent(token: string): boolean {
    return this.#state.spentTokens.has(sha256(token));
  }

  /** A post that exists: deleted ones do not. */
  post(network: NetworkName, id: string): StoredPost | undefined {
    this.#showDue();
    const post = this.#state.posts.get(keyOf(network, id));
    return post?.deletedAt === undefined ? post : undefined;
  }

  upload(network: NetworkName, id: string): Upload | undefined {
    return this.#state.uploads.get(keyOf(network, id));
  }

  /** The posts of an owner that followers see, latest first. */
  *feed(network: NetworkName, owner: string): Generator<StoredPost> {
    this.#showDue();
    const keys = this.#state.feeds.get(keyOf(network, owner)) ?? [];
    for (let index = keys.length - 1; index >= 0; index--) {
      const post = this.#state.posts.get(keys[index] ?? '');
      if (post && post.deletedAt === undefined) yield post;
    }
  }

  /** The posts of an owner that only the owner sees, latest first. */
  hidden(network: NetworkName, owner: string): readonly StoredPost[] {
    this.#showDue();
    const keys = this.#state.hidden.get(keyOf(network, owner)) ?? [];
    return [...keys].flatMap((key) => this.#state.posts.get(key) ?? []).reverse();
  }

  /** Every post that followers could ever see, in the order in which they appeared. */
  *shown(): Generator<StoredPost> {
    this.#showDue();
    for (const key of this.#state.shown) {
      const post = this.#state.posts.get(key);
      if (post) yield post;
    }
  }

  /** The same from the latest back, without the deleted ones. */
  *latest(network: NetworkName): Generator<StoredPost> {
    this.#showDue();
    for (let index = this.#state.shown.length - 1; index >= 0; index--) {
      const post = this.#state.posts.get(this.#state.shown[index] ?? '');
      if (post?.network === network && post.deletedAt === undefined) yield post;
    }
  }

  saidAt(network: NetworkName, owner: string, said: string): number | undefined {
    return this.#state.said.get(saidKey(network, owner, said));
  }

  /** The Page or channel that an account used last. */
  ownerOf(network: NetworkName, account: string): string | undefined {
    return this.#state.owners.get(keyOf(network, account));
  }

  accountsOf(network: NetworkName, owner: string): ReadonlySet<string> {
    return this.#state.claims.get(keyOf(network, owner)) ?? new Set();
  }

  /** Every Page or channel that an account has used. */
  ownersOf(network: NetworkName, account: string): readonly string[] {
    const prefix = keyOf(network, '');
    return [...this.#state.claims]
      .filter(([key, accounts]) => key.startsWith(prefix) && accounts.has(account))
      .map(([key]) => key.slice(prefix.length));
  }

  /** Posts with a time of their own appear when it has come. */
  #showDue(): void {
    for (const key of this.#state.scheduled) {
      const post = this.#state.posts.get(key);
      if (post && post.visibleAt !== null && post.visibleAt <= this.now()) {
        this.show(post, post.visibleAt);
      }
    }
  }

  /** Keeps bytes under their hash, on the disk before it resolves. */
  async keepMedia(bytes: Buffer): Promise<string> {
    const hash = sha256(bytes);
    if (this.#mediaDir === undefined) {
      this.#mediaBytes.set(hash, bytes);
      return hash;
    }
    const file = join(this.#mediaDir, hash);
    const unfinished = `${file}.${process.pid}-${this.nextSerial()}`;
    const handle = await open(unfinished, 'w');
    await handle.writeFile(bytes);
    await handle.sync();
    await handle.close();
    await rename(unfinished, file);
    return hash;
  }

  async media(hash: string): Promise<Buffer | undefined> {
    if (this.#mediaDir === undefined) return this.#mediaBytes.get(hash);
    return readFile(join(this.#mediaDir, hash)).catch(() => undefined);
  }

  /** Resolves once everything changed so far would survive a crash. */
  settled(): Promise<void> {
    return this.#journal.settled();
  }

  close(): Promise<void> {
    return this.#journal.close();
  }
}

/** Opens what an earlier sandbox left in the directory, or, without one, a memory that ends with the process. */
export async function openStore(options: {
  dataDir: string | undefined;
  now: () => number;
  log: (line: string) => void;
  takesRepeats: boolean;
}): Promise<Store> {
  const { now, takesRepeats } = options;
  if (options.dataDir === undefined) {
    return new Store(now, memoryJournal, undefined, [], takesRepeats);
  }
  const mediaDir = join(options.dataDir, 'media');
  await mkdir(mediaDir, { recursive: true });
  const { journal, lines } = await openJournal(join(options.dataDir, 'journal.jsonl'));
  const past = lines.flatMap((line, index) => {
    const event = parseEvent(line);
    if (!event) options.log(`journal.jsonl:${index + 1} is damaged and was left out.`);
    return event ?? [];
  });
  return new Store(now, journal, mediaDir, past, takesRepeats);
}

function parseEvent(line: string): StoredEvent | undefined {
  try {
    const event = JSON.parse(line) as StoredEvent;
    return typeof event.event === 'string' ? event : undefined;
  } catch {
    return undefined;
  }
}
