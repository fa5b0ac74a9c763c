import type { AlertKind, AlertPage } from '../core/alerts.ts';
import type { Calendar } from '../core/say-time.ts';
import { type Obstacle, type Obstacles, sayObstacles } from '../telling/obstacles.ts';
import type { Condition } from './condition.ts';

const NOTHING = { frozen: undefined, holds: new Map(), duplicates: [] } as const;

/** What stands in the way of many publications at once, in the words of `status`. A pause by a person is no news. */
export function obstacleConditions(
  { frozen, holds, duplicates, brokenConfig }: Obstacles,
  calendar: Calendar,
): readonly Condition[] {
  const say = (obstacles: Partial<Obstacles>) =>
    sayObstacles({ ...NOTHING, ...obstacles }, calendar);
  const refused = [...holds].filter(([, { kind }]) => kind === 'refused');
  return [
    ...say({ frozen }).map(conditionOf('frozen', '', 'now')),
    ...refused.flatMap(([account, hold]) =>
      say({ holds: new Map([[account, hold]]) }).map(conditionOf('refused', account, 'accounts')),
    ),
    ...duplicates.flatMap((duplicate) =>
      say({ duplicates: [duplicate] }).map(({ message, remedy }) => ({
        ...{ key: `duplicate ${duplicate.url}`, kind: 'duplicate' as const },
        about: `second post of ${duplicate.publication}`,
        ...{ message, advice: remedy, page: { publication: duplicate.publication } },
      })),
    ),
    ...say({ brokenConfig }).map(conditionOf('config', '', 'plan')),
  ];
}

function conditionOf(kind: AlertKind, about: string, page: AlertPage) {
  return ({ code, message, remedy }: Obstacle): Condition => ({
    ...{ key: `obstacle ${code}`, kind, about, message, advice: remedy, page },
  });
}
