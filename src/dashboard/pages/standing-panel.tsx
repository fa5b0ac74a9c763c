import { sayMoney } from '../../core/money.ts';
import type { Hold } from '../../ledger/ledger.ts';
import { displayNameOf } from '../../telling/network-name.ts';
import type { AccountStanding, Standing } from '../standing.ts';
import type { Setting } from './setting.ts';
import { When } from './when.tsx';

interface StandingPanelProps {
  readonly standing: Standing;
  readonly holds: ReadonlyMap<string, Hold>;
  readonly setting: Setting;
}

/** How accounts, workers, scheduler and Redis are. */
export function StandingPanel(props: StandingPanelProps) {
  const { standing, setting } = props;
  const { words, now } = setting;
  const { scheduler, workers, accounts } = standing;
  const ran =
    scheduler.lastAt === undefined
      ? words.standing.neverRan
      : words.standing.ranLast(words.now.ago(now - scheduler.lastAt));
  return (
    <section aria-labelledby="standing" class="standing">
      <h2 id="standing">{words.standing.title}</h2>
      <h3>{words.standing.accounts}</h3>
      {accounts.length === 0 && <p class="quiet">{words.standing.noAccounts}</p>}
      <ul>
        {accounts.map((account) => (
          <AccountLine account={account} {...props} />
        ))}
      </ul>
      <h3>{words.standing.scheduler}</h3>
      <p>
        <Light isWell={!scheduler.isLate} /> {ran}
        {scheduler.applies === false && ` · ${words.standing.appliesNot}`}
      </p>
      {workers.length > 0 && <h3>{words.standing.workers}</h3>}
      <ul>
        {workers.map(({ network, count }) => (
          <li>
            <Light isWell={count > 0} /> {words.standing.workersOf(displayNameOf(network), count)}
          </li>
        ))}
      </ul>
      <h3>{words.standing.redis}</h3>
      <p>
        <Light isWell /> {words.standing.redisAnswers}
      </p>
    </section>
  );
}

/** Never says anything alone: the words beside it do. */
function Light({ isWell }: { readonly isWell: boolean }) {
  return (
    <span class={isWell ? 'light published' : 'light failed'} aria-hidden="true">
      {isWell ? '●' : '▲'}
    </span>
  );
}

function AccountLine({
  account,
  standing,
  holds,
  setting,
}: StandingPanelProps & { readonly account: AccountStanding }) {
  const { words } = setting;
  const { name, network, isConnected, spent, budget } = account;
  const isHeld = holds.has(name) || holds.has('*');
  const limits = standing.limited.filter((line) => line.account === name);
  return (
    <li>
      <Light isWell={isConnected !== false && !isHeld} /> <bdi>{name}</bdi>{' '}
      <span class="quiet">{displayNameOf(network)}</span>
      {' · '}
      {isHeld ? words.standing.held : sayConnected(isConnected, setting)}
      {limits.map(({ waiting, until }) => (
        <>
          {' · '}
          {words.standing.limited(waiting)} <When at={until} setting={setting} />
        </>
      ))}
      {(spent !== undefined || budget !== undefined) && (
        <span class="quiet">{` · ${saySpent({ spent, budget }, setting)}`}</span>
      )}
    </li>
  );
}

function sayConnected(isConnected: boolean | undefined, { words }: Setting): string {
  if (isConnected === undefined) return words.standing.unknown;
  return isConnected ? words.standing.connected : words.standing.notConnected;
}

function saySpent(
  { spent, budget }: Pick<AccountStanding, 'spent' | 'budget'>,
  { words }: Setting,
): string {
  const currency = spent?.currency ?? budget?.currency ?? '';
  const said = sayMoney(spent?.amount ?? 0, currency);
  if (budget === undefined) return words.standing.spent(said);
  return words.standing.spentOf(said, sayMoney(budget.amount, budget.currency));
}
