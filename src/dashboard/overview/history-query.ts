import { PUBLICATION_STATES, type PublicationState } from '../../core/publication.ts';
import type { Row } from './row.ts';
import { searchable } from './searchable.ts';

/** Which publications of the past and the future somebody looks for. */
export interface HistoryQuery {
  /** Every word of it must be there. */
  readonly search: string;
  readonly state: PublicationState | undefined;
  readonly account: string | undefined;
  readonly page: number;
}

/** Reads what stands in an address; what cannot be meant is left out. */
export function readHistoryQuery(param: (name: string) => string | undefined): HistoryQuery {
  const state = PUBLICATION_STATES.find((one) => one === param('state'));
  const page = Number(param('page') ?? 1);
  return {
    search: (param('search') ?? '').slice(0, 200),
    state,
    account: param('account') || undefined,
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

export function matches({ search, state, account }: HistoryQuery): (row: Row) => boolean {
  const words = searchable(search).split(/\s+/).filter(Boolean);
  return (row) =>
    (state === undefined || row.state === state) &&
    (account === undefined || row.account === account) &&
    words.every((word) => row.searched.includes(word));
}

/** The same question for another page, or for a download, as the end of an address. */
export function writeHistoryQuery({ search, state, account }: HistoryQuery, page?: number): string {
  const params = new URLSearchParams();
  if (search !== '') params.set('search', search);
  if (state !== undefined) params.set('state', state);
  if (account !== undefined) params.set('account', account);
  if (page !== undefined && page > 1) params.set('page', String(page));
  const query = params.toString();
  return query === '' ? '' : `?${query}`;
}
