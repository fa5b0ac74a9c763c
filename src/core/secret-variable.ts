/** The variable of the environment that holds a secret of an account. */
export function secretVariable(account: string, field: string): string {
  return `CARILLON_${account.toUpperCase().replaceAll('-', '_')}_${field}`;
}
