/** Waits until what a connection has written outlives whatever may happen to its server. */
export interface Settling {
  /** Names the connection as it is now; taken before what is to be settled is written. */
  mark(): number;
  /**
   * True once everything that was written since the mark is safe.
   *
   * @param needsReplicas false if the server has no replica that could ever take over
   */
  settle(mark: number, needsReplicas: boolean): Promise<boolean>;
}
