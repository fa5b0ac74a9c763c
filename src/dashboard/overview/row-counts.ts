import { PUBLICATION_STATES, type PublicationState } from '../../core/publication.ts';
import type { Row } from './row.ts';

export interface RowCount {
  readonly network: string;
  readonly account: string;
  readonly state: PublicationState;
  readonly count: number;
}

interface AccountCounts {
  readonly network: string;
  readonly account: string;
  readonly byState: Map<PublicationState, number>;
}

/** How many rows there are of each account in each state. */
export class RowCounts {
  readonly #accounts = new Map<string, AccountCounts>();

  add(rows: Iterable<Row>): void {
    for (const row of rows) this.#change(row, 1);
  }

  remove(rows: Iterable<Row>): void {
    for (const row of rows) this.#change(row, -1);
  }

  clear(): void {
    this.#accounts.clear();
  }

  /** Of every account that has had a row, every state. */
  *all(): Generator<RowCount> {
    for (const { network, account, byState } of this.#accounts.values()) {
      for (const state of PUBLICATION_STATES) {
        yield { network, account, state, count: byState.get(state) ?? 0 };
      }
    }
  }

  #change({ network, account, state }: Row, by: number): void {
    const key = `${network} ${account}`;
    let counts = this.#accounts.get(key);
    if (counts === undefined) {
      counts = { network, account, byState: new Map() };
      this.#accounts.set(key, counts);
    }
    counts.byState.set(state, (counts.byState.get(state) ?? 0) + by);
  }
}
