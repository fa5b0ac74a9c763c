/** Whose a limit is: that of one account, or of the app with which several accounts may talk to the network. */
export type LimitOwner = 'account' | 'app';

/** At most so many posts in any span of this length. */
export interface PostLimit {
  readonly posts: number;
  readonly perMs: number;
}

/** A limit that holds before any answer of the network has said so. */
export interface KnownLimit extends PostLimit {
  /** What a sighting calls the same limit: what the network says of it then takes its place. */
  readonly name: string;
  readonly of: LimitOwner;
}

/** What is known of one account's limits without asking anybody. */
export interface AccountLimits {
  /** A hash that all accounts of the same app share; missing: nobody knows, and the app's limits are the account's. */
  readonly app?: string | undefined;
  readonly known: readonly KnownLimit[];
}

/** What an answer of a network says of a limit. Times are counted from the answer on, so that no clock matters. */
export type LimitSighting =
  | {
      /** A count that begins anew at a time: `left` of `most` posts are left until then. */
      readonly kind: 'window';
      readonly of: LimitOwner;
      readonly name: string;
      readonly most: number;
      readonly left: number;
      readonly perMs: number;
      readonly resetInMs: number;
    }
  | {
      /** The limit is near: one post at a time, this far apart. A gap of 0: it is far again. */
      readonly kind: 'pace';
      readonly of: LimitOwner;
      readonly name: string;
      readonly gapMs: number;
      readonly forMs: number;
    }
  | {
      /** Nothing more of this kind until then. */
      readonly kind: 'stop';
      readonly of: LimitOwner;
      readonly what: 'posts' | 'reads';
      readonly forMs: number;
    };
