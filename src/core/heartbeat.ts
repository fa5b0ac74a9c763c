/** A sign of life of a part that runs for long, by the clock of Redis. */
export interface Heartbeat {
  /** A scheduler gives one only while it leads. */
  readonly part: 'scheduler' | 'worker';
  /** Of a worker. */
  readonly network?: string;
  /** Of a scheduler: false if it only says what a saved config would change. */
  readonly applies?: boolean;
  /** Which process: see sender.ts. */
  readonly by: string;
  /** The last one: milliseconds since 1970. */
  readonly at: number;
}

/** So often it is given. */
export const BEAT_EVERY_MS = 5_000;

/** Silent for longer than this, a part is late. */
export const LATE_AFTER_MS = 30_000;

export interface Heartbeats {
  beat(sign: Omit<Heartbeat, 'at'>): Promise<void>;
  /** Takes a part off the list that ends as it should. */
  end(sign: Omit<Heartbeat, 'at'>): Promise<void>;
  /** The last of each process of the last days, the latest first. */
  all(): Promise<readonly Heartbeat[]>;
}

/** Tells that a part lives, until it is disposed. */
export interface Heart extends AsyncDisposable {
  /** Comes back at once; asked more often than it is worth, it does nothing. */
  beat(): void;
}
