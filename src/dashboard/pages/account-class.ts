/** How many colours there are for accounts. */
const ACCOUNT_COLOURS = 8;

/** The class that gives an account its colour. Colour never says anything alone. */
export function accountClass(account: string, accounts: readonly string[]): string {
  const place = accounts.indexOf(account);
  return place === -1 ? 'account' : `account account-${place % ACCOUNT_COLOURS}`;
}
