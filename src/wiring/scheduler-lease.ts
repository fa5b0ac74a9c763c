/** The key of the lease of the scheduler that leads. */
export function schedulerLeaseKey(prefix: string): string {
  return `${prefix}:ledger:lead`;
}
