import { numberFor } from './account.ts';
import type { Call } from './call.ts';
import { Refusal } from './call.ts';
import { graphError, unsupported } from './facebook-errors.ts';
import type { Store } from './store.ts';

/** Page ids are shorter than the 19 digits of posts and photos. */
const pagePattern = /^\d{1,17}$/;

/** The Page of an account: the one that it used last, or else one made from its name. */
export function pageOf(store: Store, account: string): string {
  return store.ownerOf('facebook', account) ?? numberFor(`facebook ${account}`, 15);
}

/**
 * Checks that a token may act for a Page, and remembers that it does. Any number is a Page here; an account
 * that has its Page is refused on a Page that only others use, as a Page token is.
 */
export function usePage(store: Store, account: string, id: string, call: Call): string {
  if (!/^\d+$/.test(id)) {
    throw new Refusal(
      graphError({
        message: `(#803) Some of the aliases you requested do not exist: ${id}`,
        code: 803,
        status: 404,
      }),
    );
  }
  if (!pagePattern.test(id)) throw unsupported(call.method, id);
  const users = store.accountsOf('facebook', id);
  const own = store.ownerOf('facebook', account);
  if (users.size > 0 && !users.has(account) && own !== undefined) {
    throw unsupported(
      call.method,
      id,
      `In this sandbox the Page ${id} belongs to ${[...users].join(', ')}; ${account} has the Page ${own}.`,
    );
  }
  store.claim('facebook', id, account);
  return id;
}
