import {
  CALENDAR_VIEWS,
  type CalendarDay,
  type CalendarRow,
  type CalendarView,
} from '../calendar-view.ts';
import { accountClass } from './account-class.ts';
import { Layout } from './layout.tsx';
import { publicationPath } from './paths.ts';
import type { Setting } from './setting.ts';
import { Clock, Day, Month } from './when.tsx';

interface CalendarPageProps {
  readonly setting: Setting;
  readonly view: CalendarView;
  /** Names of accounts, in the order of the config: each has its colour. */
  readonly accounts: readonly string[];
}

/** What is due on each day, past and future. */
export function CalendarPage({ setting, view, accounts }: CalendarPageProps) {
  const { words } = setting;
  const shown =
    view.name === 'month' ? view.days : view.days.filter((day) => isWorthShowing(day, view));
  return (
    <Layout setting={setting} page="calendar" title={words.pages.calendar}>
      <Controls setting={setting} view={view} />
      <h2 id="stretch">
        <Month day={view.day} setting={setting} />
      </h2>
      <ul class="legend" aria-label={words.calendar.accounts}>
        {accounts.map((account) => (
          <li class={accountClass(account, accounts)}>
            <bdi>{account}</bdi>
          </li>
        ))}
      </ul>
      <ol class={`days ${view.name}`} aria-labelledby="stretch">
        {shown.map((day) => (
          <DayCell day={day} view={view} setting={setting} accounts={accounts} />
        ))}
      </ol>
      {shown.length === 0 && <p class="quiet">{words.calendar.nothing}</p>}
      <p class="more subscribe">
        <a href="/calendar.ics">{words.calendar.subscribe}</a>
      </p>
    </Layout>
  );
}

function isWorthShowing({ total, clockChange, iso }: CalendarDay, view: CalendarView): boolean {
  return view.name === 'week' || total > 0 || clockChange !== 0 || iso === view.today;
}

function Controls({ setting, view }: { readonly setting: Setting; readonly view: CalendarView }) {
  const { words } = setting;
  const address = (name: string, day: string) => `/calendar?view=${name}&day=${day}`;
  return (
    <nav class="pages" aria-label={words.calendar.controls}>
      <a rel="prev" href={address(view.name, view.before)}>
        {words.calendar.before}
      </a>
      <a href={address(view.name, view.today)}>{words.calendar.today}</a>
      <a rel="next" href={address(view.name, view.after)}>
        {words.calendar.after}
      </a>
      <span class="gap" />
      {CALENDAR_VIEWS.map((name) => (
        <a href={address(name, view.day)} aria-current={name === view.name ? 'true' : undefined}>
          {words.calendar[name]}
        </a>
      ))}
    </nav>
  );
}

interface DayCellProps {
  readonly day: CalendarDay;
  readonly view: CalendarView;
  readonly setting: Setting;
  readonly accounts: readonly string[];
}

function DayCell({ day, view, setting, accounts }: DayCellProps) {
  const { words } = setting;
  const classes = [
    'day',
    day.isOfMonth ? '' : 'outside',
    day.iso === view.today ? 'today' : '',
    day.total === 0 ? 'empty' : '',
  ];
  const more = day.total - day.rows.length;
  return (
    <li class={classes.filter(Boolean).join(' ')}>
      <h3>
        <Day day={day.iso} setting={setting} />
      </h3>
      {day.clockChange !== 0 && <p class="notice">{words.calendar.clockChange(day.clockChange)}</p>}
      {day.rows.length > 0 && (
        <ul>
          {day.rows.map((row) => (
            <Due row={row} setting={setting} accounts={accounts} isLong={view.name !== 'month'} />
          ))}
        </ul>
      )}
      {more > 0 && (
        <p>
          <a href={`/calendar?view=list&day=${day.iso}`}>{words.andMore(more)}</a>
        </p>
      )}
    </li>
  );
}

interface DueProps {
  readonly row: CalendarRow;
  readonly setting: Setting;
  readonly accounts: readonly string[];
  readonly isLong: boolean;
}

function Due({ row, setting, accounts, isLong }: DueProps) {
  const { words } = setting;
  const { publication, entry, account, state, beginning } = row;
  return (
    <li class={`due ${accountClass(account, accounts)}`}>
      <a href={publicationPath(publication)}>
        <Clock at={row.due} setting={setting} /> <bdi>{entry}</bdi>
        <span class={isLong ? 'quiet' : 'unseen'}>
          {' '}
          <bdi>{account}</bdi>
        </span>
      </a>{' '}
      {state !== 'scheduled' && <span class={`state ${state}`}>{words.states[state]}</span>}
      {row.isInQuietHours && <span class="mark">{words.calendar.quietHours}</span>}
      {row.collides && <span class="mark">{words.calendar.collides}</span>}
      {isLong && beginning !== '' && (
        <p dir="auto" class="beginning">
          {beginning}
        </p>
      )}
    </li>
  );
}
