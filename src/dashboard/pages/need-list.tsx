import type { NeedGroup, NeedGroups } from '../overview/group-needs.ts';
import type { Row } from '../overview/row.ts';
import { handOffPath, publicationPath } from './paths.ts';
import type { Setting } from './setting.ts';
import { When } from './when.tsx';

interface NeedListProps {
  readonly needs: NeedGroups;
  readonly setting: Setting;
}

/** More causes than these are told by their number alone. */
const GROUPS = 12;

/** What a person has to do: for each cause one sentence, one action and the way to it. */
export function NeedList({ needs: { groups, older }, setting }: NeedListProps) {
  const { words } = setting;
  const shown = groups.slice(0, GROUPS);
  const more = groups.length - shown.length;
  return (
    <>
      {shown.length > 0 && (
        <ul class="needs">
          {shown.map((group) => (
            <Group group={group} setting={setting} />
          ))}
        </ul>
      )}
      {more > 0 && <p class="quiet">{words.now.moreGroups(more)}</p>}
      {older > 0 && (
        <p class="quiet">
          {words.now.older(older)} <a href="/history?state=failed">{words.now.toHistory}</a>
        </p>
      )}
    </>
  );
}

function Group({ group, setting }: { readonly group: NeedGroup; readonly setting: Setting }) {
  const { words } = setting;
  const { need, account, error, rows, total } = group;
  const [first] = rows;
  if (first === undefined) return null;
  const why = sayWhy(group, first);
  return (
    <li class={`need ${need}`}>
      <p class="what">
        <strong>{words.now.need[need](total, account)}</strong>{' '}
        {total === 1 && <Named row={first} setting={setting} />}
      </p>
      {why !== '' && (
        <p dir="auto" class="why">
          {why}
        </p>
      )}
      {total === 1 && first.beginning !== '' && (
        <p dir="auto" class="beginning">
          {first.beginning}
        </p>
      )}
      <p>
        <a class="button" href={addressOf(group, first)}>
          {words.now.needAction[need]}
        </a>
      </p>
      {total > 1 && (
        <details id={`need-${need}-${account}-${error?.code ?? ''}`}>
          <summary>{words.history.found(total)}</summary>
          <ul>
            {rows.map((row) => (
              <li>
                <Named row={row} setting={setting} />
              </li>
            ))}
          </ul>
          {total > rows.length && <p class="quiet">{words.andMore(total - rows.length)}</p>}
        </details>
      )}
    </li>
  );
}

function Named({ row, setting }: { readonly row: Row; readonly setting: Setting }) {
  return (
    <>
      <a href={publicationPath(row.publication)}>
        <bdi>{row.publication}</bdi>
      </a>{' '}
      <span class="quiet">
        <When at={row.due} setting={setting} />
      </span>
    </>
  );
}

/** What the network said and what to do, as far as that is of all of them, and the action says less. */
function sayWhy({ need, error, total }: NeedGroup, { publication }: Row): string {
  if (error === undefined || need === 'handoff' || need === 'approval') return '';
  return [error.message, error.advice]
    .filter((sentence) => total === 1 || !sentence.includes(publication))
    .join(' ');
}

/** One leads to its own page, many to where they are told apart. */
function addressOf({ need, account, total }: NeedGroup, first: Row): string {
  if (need === 'approval') return '/approvals';
  if (need === 'handoff') return handOffPath(first.publication);
  if (total === 1) return publicationPath(first.publication);
  return `/history?state=${first.state}&account=${encodeURIComponent(account)}`;
}
