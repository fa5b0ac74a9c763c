import type { PostLimit } from './limits.ts';
import type { Budget, PriceTable } from './prices.ts';

/** The organisation's credentials on one network, under a name that it chose. */
export interface Account<Settings = Readonly<Record<string, unknown>>> {
  readonly name: string;
  readonly network: string;
  /** Origin of every call, token calls included, without a slash at the end. */
  readonly apiUrl: string;
  /** True if the account talks to the sandbox: it has no secrets then, and needs none. */
  readonly sandbox: boolean;
  /** What the network's own schema says of the account: `handle`, `pageId`, `mode` … */
  readonly settings: Settings;
  /** Set if nothing goes out on it before a person has approved it. */
  readonly approval?: 'required';
  /** Limits of its own, below those of the network. */
  readonly limits?: readonly PostLimit[];
  /** What its network asks for; missing if it costs nothing. */
  readonly prices?: PriceTable;
  /** Most that it may spend in a month; missing for no limit. */
  readonly budget?: Budget;
  /** By field, as in `CARILLON_<ACCOUNT>_<FIELD>`: `API_KEY`, `PAGE_TOKEN` … Never printed. */
  readonly secrets: Readonly<Record<string, string>>;
}
