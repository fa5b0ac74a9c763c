import type { Child } from 'hono/jsx';
import { sayMoney } from '../../core/money.ts';
import { hasRole } from '../access/visitor.ts';
import type { AccountView } from '../account-view.ts';
import { accountClass } from './account-class.ts';
import { DeedForm } from './deed-form.tsx';
import { Layout } from './layout.tsx';
import { deedPath } from './paths.ts';
import type { Setting } from './setting.ts';
import { Month, When } from './when.tsx';

interface AccountsPageProps {
  readonly setting: Setting;
  readonly accounts: readonly AccountView[];
}

/** How every account is: whose, how connected, what holds it back, what it costs, and what is wrong with it. */
export function AccountsPage({ setting, accounts }: AccountsPageProps) {
  const { words } = setting;
  const names = accounts.map(({ name }) => name);
  return (
    <Layout setting={setting} page="accounts" title={words.pages.accounts}>
      {accounts.length === 0 && <p class="quiet">{words.accounts.none}</p>}
      {accounts.map((account) => (
        <section
          class={`account-card ${accountClass(account.name, names)}`}
          aria-labelledby={`account-${account.name}`}
        >
          <h2 id={`account-${account.name}`}>
            <bdi>{account.name}</bdi> · {account.networkName}
          </h2>
          <Standing account={account} setting={setting} />
          <Details account={account} setting={setting} />
        </section>
      ))}
    </Layout>
  );
}

interface AccountProps {
  readonly account: AccountView;
  readonly setting: Setting;
}

/** Whether anything is sent on it, and what this visitor may do about that. */
function Standing({ account: { name, hold, isHeldAlone }, setting }: AccountProps) {
  const { words, visitor } = setting;
  const deed = isHeldAlone ? 'resume' : 'pause';
  return (
    <>
      <p class={hold === undefined ? 'quiet' : 'notice'} dir="auto">
        {hold ?? words.accounts.goesOn}
      </p>
      {hasRole(visitor, 'operator') && (
        <div class="deeds">
          <DeedForm
            offer={{ deed, action: deedPath(deed), shown: { account: name } }}
            setting={setting}
            title={`${words.deeds[deed].title}: ${name}`}
          />
        </div>
      )}
    </>
  );
}

function Details({ account, setting }: AccountProps) {
  const { words } = setting;
  const { whose, askedAt, connection, connectCommand, findings, line, ownLimits } = account;
  return (
    <dl>
      <Line title={words.accounts.whose}>
        {whose === undefined ? words.accounts.whoseUnknown : <bdi>{whose}</bdi>}
        {askedAt !== undefined && (
          <>
            {' '}
            (<When at={askedAt} setting={setting} />)
          </>
        )}
      </Line>
      <Line title={words.accounts.access}>
        <p dir="auto">{connection}</p>
        {connectCommand !== undefined && (
          <p>
            {words.accounts.toConnect} <code dir="ltr">{connectCommand}</code>
          </p>
        )}
      </Line>
      <Line title={words.accounts.limits}>
        <p dir="auto">{line ?? words.accounts.noLimits}</p>
        {ownLimits.map(({ posts, perMs }) => (
          <p>{words.accounts.ownLimit(posts, perMs)}</p>
        ))}
      </Line>
      <Money account={account} setting={setting} />
      <Line title={words.accounts.findings}>
        {findings.length === 0 && <p>{words.accounts.noFindings}</p>}
        {findings.map((finding) => (
          <p class="alarm" dir="auto">
            {finding}
          </p>
        ))}
      </Line>
    </dl>
  );
}

function Money({ account: { money }, setting }: AccountProps) {
  if (money === undefined) return null;
  const { words, sandboxUrl } = setting;
  const { month, currency, spent, reserved, budget } = money;
  return (
    <Line
      title={
        <>
          {words.accounts.money} <Month day={`${month}-01`} setting={setting} />
        </>
      }
    >
      <p>
        {words.accounts.spent(
          sayMoney(spent, currency),
          reserved === 0 ? undefined : sayMoney(reserved, currency),
          budget && sayMoney(budget.amount, budget.currency),
        )}
      </p>
      {sandboxUrl !== undefined && <p class="quiet">{words.accounts.wouldBe}</p>}
    </Line>
  );
}

function Line({ title, children }: { readonly title: Child; readonly children?: Child }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </>
  );
}
