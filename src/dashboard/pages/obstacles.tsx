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
    one(standing.scheduler.isLate) +
    unconnected(standing).length +
    unworked(standing).length
  );
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
  const { words, now } = setting;
  const { isLate, lastAt } = standing.scheduler;
  return (
    <>
      {frozen && <Alarm>{words.now.frozen(frozen.reason)}</Alarm>}
      {isLate && (
        <Alarm>
          {lastAt === undefined
            ? words.standing.neverRan
            : words.standing.late(words.now.ago(now - lastAt))}
        </Alarm>
      )}
      {brokenConfig && <BrokenConfig report={brokenConfig} words={words} />}
      {[...holds].map(([account, { reason }]) => (
        <Alarm>
          {account === '*'
            ? words.now.everythingHeld(reason)
            : words.now.accountHeld(account, reason)}
        </Alarm>
      ))}
      {unworked(standing).map(({ network }) => (
        <Alarm>{words.standing.noWorker(displayNameOf(network))}</Alarm>
      ))}
      {unconnected(standing).map(({ name }) => (
        <Alarm>{words.standing.notConnectedRemedy(name)}</Alarm>
      ))}
      {faults.map(({ message, remedy }) => (
        <Alarm>
          {message} {remedy}
        </Alarm>
      ))}
    </>
  );
}

function Alarm({ children }: { readonly children: unknown }) {
  return (
    <p class="alarm" dir="auto">
      {children as string}
    </p>
  );
}

function unconnected({ accounts }: Standing) {
  return accounts.filter(({ isConnected }) => isConnected === false);
}

function unworked({ workers }: Standing) {
  return workers.filter(({ count }) => count === 0);
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
