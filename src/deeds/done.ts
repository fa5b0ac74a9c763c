/** What came of a deed. */
export interface Done {
  readonly isDone: boolean;
  /** A sentence that begins with the name of what it was done to. */
  readonly says: string;
}
