import type { NetworkName } from './call.ts';
import { keyOf, type StoredEvent, type StoredPost, type Upload } from './record.ts';

/** Everything the three networks know, in memory. Changed by {@link applyEvent} only. */
export interface State {
  readonly posts: Map<string, StoredPost>;
  readonly uploads: Map<string, Upload>;
  /** Keys of visible and once visible posts by network and owner, in the order in which they appeared. */
  readonly feeds: Map<string, string[]>;
  /** Keys of all of them, in the order in which they appeared. */
  readonly shown: string[];
  /** Keys of posts that are to appear at a later time. */
  readonly scheduled: Set<string>;
  /** Keys of posts that nobody but their owner can see, by network and owner. */
  readonly hidden: Map<string, Set<string>>;
  /** When an owner last said something, by network, owner and what was said. */
  readonly said: Map<string, number>;
  /** Accounts that use a Page or channel, by network and its id; and the last that each account used. */
  readonly claims: Map<string, Set<string>>;
  readonly owners: Map<string, string>;
  readonly spentTokens: Set<string>;
  /** The highest number that an id was made from. */
  serial: bigint;
}

export function emptyState(): State {
  return {
    posts: new Map(),
    uploads: new Map(),
    feeds: new Map(),
    shown: [],
    scheduled: new Set(),
    hidden: new Map(),
    said: new Map(),
    claims: new Map(),
    owners: new Map(),
    spentTokens: new Set(),
    serial: 0n,
  };
}

export function saidKey(network: NetworkName, owner: string, said: string): string {
  return `${keyOf(network, owner)} ${said}`;
}

/** Applies one event. Events about things that are unknown change nothing. */
export function applyEvent(state: State, event: StoredEvent): void {
  switch (event.event) {
    case 'posted':
      raiseSerial(state, event.serial);
      addPost(state, event.post);
      return;
    case 'shown':
      showPost(state, keyOf(event.network, event.id), event.at);
      return;
    case 'deleted': {
      const key = keyOf(event.network, event.id);
      const post = state.posts.get(key);
      if (!post) return;
      state.posts.set(key, { ...post, deletedAt: event.at });
      state.scheduled.delete(key);
      state.hidden.get(keyOf(post.network, post.owner))?.delete(key);
      return;
    }
    case 'edited':
      changeEntry(state.posts, keyOf(event.network, event.id), {
        text: event.text,
        ...(event.at !== undefined && { editedAt: event.at }),
      });
      return;
    case 'uploaded':
      raiseSerial(state, event.serial);
      state.uploads.set(keyOf(event.upload.network, event.upload.id), event.upload);
      return;
    case 'described':
      changeEntry(state.uploads, keyOf(event.network, event.id), { alt: event.alt });
      return;
    case 'discarded':
      state.uploads.delete(keyOf(event.network, event.id));
      return;
    case 'claimed':
      entryOf(state.claims, keyOf(event.network, event.owner), () => new Set()).add(event.account);
      state.owners.set(keyOf(event.network, event.account), event.owner);
      return;
    case 'spent':
      state.spentTokens.add(event.token);
      return;
  }
}

function addPost(state: State, post: StoredPost): void {
  const key = keyOf(post.network, post.id);
  state.posts.set(key, post);
  if (post.said !== undefined) {
    state.said.set(saidKey(post.network, post.owner, post.said), post.createdAt);
  }
  const isVisible = post.visibleAt !== null && post.visibleAt <= post.createdAt;
  if (isVisible) {
    appear(state, post, key);
    return;
  }
  entryOf(state.hidden, keyOf(post.network, post.owner), () => new Set()).add(key);
  if (post.visibleAt !== null) state.scheduled.add(key);
}

function showPost(state: State, key: string, at: number): void {
  const post = state.posts.get(key);
  if (!post) return;
  const shown = { ...post, visibleAt: at };
  state.posts.set(key, shown);
  state.scheduled.delete(key);
  state.hidden.get(keyOf(post.network, post.owner))?.delete(key);
  appear(state, shown, key);
}

function appear(state: State, post: StoredPost, key: string): void {
  state.shown.push(key);
  entryOf(state.feeds, keyOf(post.network, post.owner), () => []).push(key);
}

function raiseSerial(state: State, serial: string): void {
  const value = BigInt(serial);
  if (value > state.serial) state.serial = value;
}

function changeEntry<Value>(map: Map<string, Value>, key: string, change: Partial<Value>): void {
  const value = map.get(key);
  if (value) map.set(key, { ...value, ...change });
}

function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const found = map.get(key);
  if (found) return found;
  const made = make();
  map.set(key, made);
  return made;
}
