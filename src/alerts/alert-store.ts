import type { Known } from './decide.ts';
import type { AlertMessage } from './message.ts';

/** A message that a channel has not taken yet. */
export interface Waiting {
  readonly channel: string;
  readonly message: AlertMessage;
  /** How often it was tried. */
  readonly tries: number;
  /** When it is tried next: milliseconds since 1970. */
  readonly nextAt: number;
}

/** Why a channel gets nothing. */
export interface ChannelTrouble {
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly reason: string;
}

/** What is remembered of alerts, shared by every process. */
export interface AlertStore {
  /** What people have been told of, or are about to be. */
  known(): Promise<ReadonlyMap<string, Known>>;
  /**
   * Changes what is known and lets messages wait for their channels, both or neither.
   *
   * @returns false, with nothing done, if another process sends by now
   */
  commit(
    changes: ReadonlyMap<string, Known | undefined>,
    messages: readonly Waiting[],
  ): Promise<boolean>;
  /** The oldest first. */
  waiting(): Promise<readonly Waiting[]>;
  /** Puts it back with other numbers. */
  postpone(waiting: Waiting): Promise<void>;
  /** Takes it out: it was taken, or is given up. */
  remove(waiting: Waiting): Promise<void>;
  /** By channel. */
  troubles(): Promise<ReadonlyMap<string, ChannelTrouble>>;
  keepTrouble(channel: string, trouble: ChannelTrouble | undefined): Promise<void>;
}
