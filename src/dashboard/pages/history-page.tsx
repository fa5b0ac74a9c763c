import { PUBLICATION_STATES } from '../../core/publication.ts';
import { type HistoryQuery, writeHistoryQuery } from '../overview/history-query.ts';
import type { Row } from '../overview/row.ts';
import { Layout } from './layout.tsx';
import { publicationPath } from './paths.ts';
import type { Setting } from './setting.ts';
import { When } from './when.tsx';

export const ROWS_OF_PAGE = 50;

interface HistoryPageProps {
  readonly setting: Setting;
  readonly query: HistoryQuery;
  readonly rows: readonly Row[];
  /** How many there are on all pages. */
  readonly total: number;
  /** How many stand in no list any more. */
  readonly archived: number;
  /** Names of accounts, to choose from. */
  readonly accounts: readonly string[];
}

/** Everything that was ever planned, the latest first. */
export function HistoryPage(props: HistoryPageProps) {
  const { setting, query, rows, total, archived } = props;
  const { words } = setting;
  return (
    <Layout setting={setting} page="history" title={words.pages.history}>
      <Search {...props} />
      <p class="quiet" role="status">
        {words.history.found(total)}
      </p>
      {archived > 0 && <p class="quiet">{words.history.archived(archived)}</p>}
      {rows.length > 0 && (
        <section class="scroll" tabindex={0} aria-label={words.pages.history}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.history.time}</th>
                <th scope="col">{words.history.publication}</th>
                <th scope="col">{words.history.state}</th>
                <th scope="col">{words.history.address}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Line row={row} setting={setting} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <Pages query={query} total={total} setting={setting} />
    </Layout>
  );
}

function Search({ setting, query, accounts }: HistoryPageProps) {
  const { words } = setting;
  return (
    <search>
      <form method="get" action="/history" class="search">
        <label>
          {words.history.search}
          <input type="search" name="search" value={query.search} />
        </label>
        <label>
          {words.history.state}
          <select name="state">
            <option value="">{words.history.any}</option>
            {PUBLICATION_STATES.map((state) => (
              <option value={state} selected={state === query.state}>
                {words.states[state]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.history.account}
          <select name="account">
            <option value="">{words.history.any}</option>
            {accounts.map((account) => (
              <option selected={account === query.account}>{account}</option>
            ))}
          </select>
        </label>
        <button type="submit">{words.history.show}</button>
        <p>
          <a href={`/history.csv${writeHistoryQuery(query)}`}>CSV</a>{' '}
          <a href={`/history.json${writeHistoryQuery(query)}`}>JSON</a>
        </p>
      </form>
    </search>
  );
}

function Line({ row, setting }: { readonly row: Row; readonly setting: Setting }) {
  const { words, sandboxUrl } = setting;
  const { publication, state, url, beginning } = row;
  return (
    <tr>
      <td class="when">
        <When at={row.publishedAt ?? row.due} setting={setting} />
      </td>
      <td>
        <a href={publicationPath(publication)}>
          <bdi>{publication}</bdi>
        </a>
        {beginning !== '' && (
          <p dir="auto" class="beginning">
            {beginning}
          </p>
        )}
      </td>
      <td>
        <span class={`state ${state}`}>{words.states[state]}</span>
      </td>
      <td>
        {url !== undefined && sandboxUrl === undefined && (
          <a href={url} aria-label={`${words.history.open}: ${publication}`}>
            {words.history.open}
          </a>
        )}
      </td>
    </tr>
  );
}

function Pages({ query, total, setting }: Pick<HistoryPageProps, 'query' | 'total' | 'setting'>) {
  const { words } = setting;
  const last = Math.max(1, Math.ceil(total / ROWS_OF_PAGE));
  if (last === 1) return null;
  const { page } = query;
  return (
    <nav class="pages" aria-label={words.history.pages}>
      {page > 1 && (
        <a rel="prev" href={`/history${writeHistoryQuery(query, page - 1)}`}>
          {words.history.newer}
        </a>
      )}
      <span>{words.history.pageOf(page, last)}</span>
      {page < last && (
        <a rel="next" href={`/history${writeHistoryQuery(query, page + 1)}`}>
          {words.history.older}
        </a>
      )}
    </nav>
  );
}
