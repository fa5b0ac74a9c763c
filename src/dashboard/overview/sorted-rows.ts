import type { Row } from './row.ts';

/** More changes than these are made in one go. */
const ONE_BY_ONE = 16;

/** Rows in an order of their own, which stay in it as they come and go. */
export class SortedRows {
  readonly #keyOf: (row: Row) => number;
  #rows: Row[] = [];

  /** @param keyOf what they are sorted by, then by name; a row must not change its key while it is in */
  constructor(keyOf: (row: Row) => number) {
    this.#keyOf = keyOf;
  }

  get length(): number {
    return this.#rows.length;
  }

  /** Takes these instead of all that is in. */
  fill(rows: readonly Row[]): void {
    this.#rows = rows.toSorted((a, b) => this.#compare(a, b));
  }

  /** Takes some out and others in. */
  exchange(out: readonly Row[], into: readonly Row[]): void {
    if (out.length + into.length > ONE_BY_ONE) {
      this.#exchangeMany(out, into);
      return;
    }
    for (const row of out) {
      const place = this.#placeOf(row);
      if (this.#rows[place] === row) this.#rows.splice(place, 1);
    }
    for (const row of into) this.#rows.splice(this.#placeOf(row), 0, row);
  }

  /** In one go: each row alone would move all that come after it. */
  #exchangeMany(out: readonly Row[], into: readonly Row[]): void {
    const gone = new Set(out);
    const added = into.toSorted((a, b) => this.#compare(a, b));
    const rows: Row[] = [];
    let next = 0;
    for (const row of this.#rows) {
      if (gone.has(row)) continue;
      for (; next < added.length; next++) {
        const other = added[next] as Row;
        if (this.#compare(other, row) > 0) break;
        rows.push(other);
      }
      rows.push(row);
    }
    this.#rows = rows.concat(added.slice(next));
  }

  /** As many as `limit`, from the first or, `fromEnd`, from the last. */
  take(limit: number, { skip = 0, fromEnd = false } = {}): readonly Row[] {
    if (!fromEnd) return this.#rows.slice(skip, skip + limit);
    const end = Math.max(0, this.#rows.length - skip);
    return this.#rows.slice(Math.max(0, end - limit), end).reverse();
  }

  /** Those whose key is at least `from` and below `until`. */
  between(from: number, until: number): readonly Row[] {
    return this.#rows.slice(this.#firstFrom(from), this.#firstFrom(until));
  }

  /** From the last to the first. */
  *backwards(): Generator<Row> {
    for (let i = this.#rows.length - 1; i >= 0; i--) yield this.#rows[i] as Row;
  }

  #compare(a: Row, b: Row): number {
    return this.#keyOf(a) - this.#keyOf(b) || compareNames(a.publication, b.publication);
  }

  #placeOf(row: Row): number {
    return this.#search((other) => this.#compare(other, row) < 0);
  }

  #firstFrom(key: number): number {
    return this.#search((row) => this.#keyOf(row) < key);
  }

  /** How many rows at the beginning are `before` what is looked for. */
  #search(before: (row: Row) => boolean): number {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (before(this.#rows[middle] as Row)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function compareNames(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
