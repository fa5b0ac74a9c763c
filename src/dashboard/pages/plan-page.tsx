import { sayMonth } from '../../core/lack.ts';
import { formatAmount, sayMoney } from '../../core/money.ts';
import type { Problem } from '../../core/problem.ts';
import { isOverBudget, type MonthCosts } from '../../costs/month-costs.ts';
import type { PlanReport, ShownChange, ShownPlan } from '../plan-report.ts';
import type { SchedulerStanding } from '../standing.ts';
import { Layout } from './layout.tsx';
import { publicationPath } from './paths.ts';
import type { Setting } from './setting.ts';
import { When } from './when.tsx';

interface PlanPageProps {
  readonly setting: Setting;
  readonly report: PlanReport;
  readonly scheduler: SchedulerStanding;
  /** Names of the publications that there are already: they have a page. */
  readonly known: ReadonlySet<string>;
}

/** What the config would change, and what is wrong with it. */
export function PlanPage(props: PlanPageProps) {
  const { setting, report } = props;
  const { words } = setting;
  return (
    <Layout setting={setting} page="plan" title={words.pages.plan} isStill>
      <p class="quiet">
        <When at={report.at} setting={setting} /> · <a href="/plan">{words.plan.again}</a>
      </p>
      <Outcome {...props} />
    </Layout>
  );
}

function Outcome(props: PlanPageProps) {
  const { setting, report, scheduler } = props;
  const { words } = setting;
  const { outcome } = report;
  switch (outcome.kind) {
    case 'reading':
      return <p class="notice">{words.plan.reading}</p>;
    case 'failed':
      return (
        <p class="alarm" dir="auto">
          {words.plan.failed} {outcome.reason}
        </p>
      );
    case 'broken':
      return (
        <>
          <p class="alarm">{words.plan.broken}</p>
          <Problems report={report} setting={setting} />
        </>
      );
    case 'planned':
      return (
        <>
          {outcome.plan.total > 0 && <p class="notice">{sayWhoApplies(scheduler, setting)}</p>}
          <Changes plan={outcome.plan} {...props} />
          <Notes plan={outcome.plan} setting={setting} />
          <Costs costs={outcome.plan.costs} setting={setting} />
          <Problems report={report} setting={setting} />
        </>
      );
  }
}

function sayWhoApplies({ isLate, applies }: SchedulerStanding, { words }: Setting): string {
  if (isLate) return words.plan.noScheduler;
  return applies === false ? words.plan.appliesNot : words.plan.applies;
}

function Changes({ plan, setting, known }: PlanPageProps & { readonly plan: ShownPlan }) {
  const { words } = setting;
  const { changes, counts, total, unchanged } = plan;
  if (total === 0) return <p class="well">{words.plan.nothing(unchanged)}</p>;
  const sums = (['add', 'move', 'update', 'cancel', 'late', 'protected'] as const).flatMap(
    (action) => {
      const n = counts[action];
      return n === undefined ? [] : [words.plan.sums[action](n)];
    },
  );
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{words.plan.changes}</h2>
      <p>{[...sums, words.plan.sums.unchanged(unchanged)].join(' · ')}</p>
      <ul class="rows changes">
        {changes.map((change) => (
          <ChangeLine change={change} isKnown={known.has(change.publication)} setting={setting} />
        ))}
      </ul>
      {total > changes.length && <p class="more quiet">{words.andMore(total - changes.length)}</p>}
    </section>
  );
}

interface ChangeLineProps {
  readonly change: ShownChange;
  readonly isKnown: boolean;
  readonly setting: Setting;
}

function ChangeLine({ change, isKnown, setting }: ChangeLineProps) {
  const { words } = setting;
  const { action, publication, due, reason, beginning, further, movedFrom } = change;
  return (
    <li>
      <p class="headline">
        <span class={`change ${action}`}>{words.plan.actions[action]}</span>{' '}
        {isKnown ? (
          <a href={publicationPath(publication)}>
            <bdi>{publication}</bdi>
          </a>
        ) : (
          <strong>
            <bdi>{publication}</bdi>
          </strong>
        )}{' '}
        {due === undefined ? words.plan.atOnce : <When at={due} setting={setting} />}
      </p>
      {movedFrom !== undefined && (
        <p>
          {words.plan.wasPlannedFor} <When at={movedFrom} setting={setting} />
          {change.isRewritten && ` · ${words.plan.textChangesToo}`}
        </p>
      )}
      {movedFrom === undefined && change.isRewritten && <p>{words.plan.postChanges}</p>}
      {change.hasOtherLimit && <p>{words.plan.lastMomentChanges}</p>}
      {reason !== undefined && <p dir="auto">{reason}</p>}
      {beginning !== '' && (
        <p dir="auto" class="beginning">
          {beginning}
        </p>
      )}
      {further > 0 && <p class="quiet">{words.plan.thread(further)}</p>}
    </li>
  );
}

function Notes({ plan, setting }: { readonly plan: ShownPlan; readonly setting: Setting }) {
  const { words } = setting;
  return (
    <>
      {plan.waiting > 0 && (
        <p class="notice">
          {words.plan.waiting(plan.waiting)} <a href="/approvals">{words.now.toApprovals}</a>
        </p>
      )}
      {plan.moved.map(({ publication, by, due }) => (
        <p class="notice">
          {words.plan.moved(publication, by)} <When at={due} setting={setting} />
        </p>
      ))}
    </>
  );
}

function Costs({
  costs,
  setting,
}: {
  readonly costs: readonly MonthCosts[];
  readonly setting: Setting;
}) {
  if (costs.length === 0) return null;
  const { words, sandboxUrl } = setting;
  const title = sandboxUrl === undefined ? words.plan.costs : words.plan.wouldCost;
  const days = [...new Set(costs.flatMap(({ asOf }) => asOf ?? []))].sort();
  return (
    <div>
      <h2 id="costs">{title}</h2>
      <section class="scroll" tabindex={0} aria-label={title}>
        <table>
          <thead>
            <tr>
              {(['month', 'account', 'planned', 'spent', 'budget'] as const).map((name) => (
                <th scope="col">{words.plan[name]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {costs.map((row) => (
              <tr class={isOverBudget(row) ? 'over' : undefined}>
                <td>{sayMonth(row.month)}</td>
                <td>{row.account === '*' ? words.plan.allAccounts : <bdi>{row.account}</bdi>}</td>
                <td>{sayMoney(row.planned, row.currency)}</td>
                <td>{sayMoney(row.spent, row.currency)}</td>
                <td>
                  {row.budget !== undefined && formatAmount(row.budget)}
                  {isOverBudget(row) && <strong class="failed"> {words.plan.overBudget}</strong>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {days.length > 0 && <p class="quiet">{words.plan.pricesAsOf(days.join(', '))}</p>}
    </div>
  );
}

function Problems({ report, setting }: { readonly report: PlanReport; readonly setting: Setting }) {
  const { words } = setting;
  const { problems, problemCount } = report;
  return (
    <section aria-labelledby="problems">
      <h2 id="problems">{words.plan.problems}</h2>
      {problemCount === 0 && <p class="quiet">{words.plan.noProblems}</p>}
      <ul class="rows problems">
        {problems.map((problem) => (
          <ProblemLine problem={problem} setting={setting} />
        ))}
      </ul>
      {problemCount > problems.length && (
        <p class="more quiet">{words.now.moreProblems(problemCount - problems.length)}</p>
      )}
    </section>
  );
}

function ProblemLine({
  problem,
  setting,
}: {
  readonly problem: Problem;
  readonly setting: Setting;
}) {
  const { words } = setting;
  const { severity, file, line, column, message } = problem;
  return (
    <li>
      <p class="headline">
        <span class={severity === 'error' ? 'failed' : 'held'}>{words.plan[severity]}</span>{' '}
        <code dir="ltr">{`${file}:${line}:${column}`}</code>
      </p>
      <p dir="auto">{message}</p>
    </li>
  );
}
