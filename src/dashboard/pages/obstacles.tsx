import type { ConfigReport } from '../../core/config-report.ts';
import { formatProblem } from '../../core/problem.ts';
import type { Fault } from '../../doctor/finding.ts';
import type { Frozen, Hold } from '../../ledger/ledger.ts';
import { displayNameOf } from '../../telling/network-name.ts';
import type { Standing } from '../standing.ts';
import type { Words } from '../words/words.ts';
import type { Setting } from './setting.ts';

/** What keeps more than one publication from going out. */
export interface Obstacles {
  readonly holds: ReadonlyMap<string, Hold>;
  readonly frozen: Frozen | undefined;
  readonly brokenConfig: ConfigReport | undefined;
  readonly faults: readonly Fault[];
  readonly standing: Standing;
}

export function countObstacles(obstacles: Obstacles): number {
  const { holds, frozen, brokenConfig, faults, standing } = obstacles;
  const one = (isThere: boolean) => (isThere ? 1 : 0);
  return (
    holds.size +
    faults.length +
    one(frozen !== undefined) +
    one(brokenConfig !== undefined) +
    stillParts(standing).length +
    unconnected(standing).length
  );
}

function sayFrozen({ by, reason }: Frozen, { now }: Words): string {
  return by === 'carillon' ? now.recovering(reason) : now.frozen(reason);
}

/** One sentence and one remedy each. */
export function ObstacleList({
  obstacles,
  setting,
}: {
  readonly obstacles: Obstacles;
  readonly setting: Setting;
}) {
  const { holds, frozen, brokenConfig, faults, standing } = obstacles;
  const { words } = setting;
  return (
    <>
      {frozen && <Alarm>{sayFrozen(frozen, words)}</Alarm>}
      {stillParts(standing).map((part) => (
        <Alarm>{sayStill(part, standing, setting)}</Alarm>
      ))}
      {brokenConfig && <BrokenConfig report={brokenConfig} words={words} />}
      {[...holds].map(([account, { reason }]) => (
        <Alarm>
          {account === '*'
            ? words.now.everythingHeld(reason)
            : words.now.accountHeld(account, reason)}
        </Alarm>
      ))}
      {unconnected(standing).map(({ name }) => (
        <Alarm>{words.standing.notConnectedRemedy(name)}</Alarm>
      ))}
      {faults.map(({ message, remedy }) => (
        <p class="alarm" dir="auto">
          {message} {remedy}
        </p>
      ))}
    </>
  );
}

function Alarm({ children }: { readonly children: unknown }) {
  return <p class="alarm">{children as string}</p>;
}

function unconnected({ accounts }: Standing) {
  return accounts.filter(({ isConnected }) => isConnected === false);
}

type StillPart = 'all' | 'scheduler' | { readonly network: string };

/** The parts that should run and do not; one cause where nothing runs at all. */
function stillParts({ scheduler, workers }: Standing): readonly StillPart[] {
  const still = workers.filter(({ count }) => count === 0);
  if (scheduler.isLate && still.length > 0 && still.length === workers.length) return ['all'];
  return [...(scheduler.isLate ? (['scheduler'] as const) : []), ...still];
}

function sayStill(part: StillPart, { scheduler }: Standing, { words, now }: Setting): string {
  if (part === 'all') return words.standing.nothingRuns;
  if (part !== 'scheduler') return words.standing.noWorker(displayNameOf(part.network));
  const { lastAt } = scheduler;
  if (lastAt === undefined) return words.standing.neverRan;
  return words.standing.late(words.now.ago(now - lastAt));
}

function BrokenConfig({ report, words }: { readonly report: ConfigReport; readonly words: Words }) {
  const { file, problems, count } = report;
  const more = count - problems.length;
  return (
    <div class="alarm">
      <p>{words.now.brokenConfig(file)}</p>
      <ul>
        {problems.map((problem) => (
          <li dir="auto">{formatProblem(problem)}</li>
        ))}
        {more > 0 && <li>{words.now.moreProblems(more)}</li>}
      </ul>
      <p>
        <a href="/plan">{words.now.toPlan}</a>
      </p>
    </div>
  );
}
