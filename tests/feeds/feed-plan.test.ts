import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onlyFromFeeds } from '../../src/feeds/feed-plan.ts';
import type { Change } from '../../src/planning/plan.ts';
import { aFeed } from '../support/feed.ts';
import { anIntent } from '../support/ledger.ts';

const change = (action: Change['action'], entry: string): Change => ({
  action,
  publication: `${entry}/news-x`,
  due: 0,
  intent: anIntent({ publication: `${entry}/news-x` }),
});
const [one, two] = ['news-0123456789', 'news-abcdefabcd'] as const;

it('what is new in a feed is let go out without a change of anything else', () => {
  const changes = [
    change('add', one),
    change('update', two),
    change('add', 'own'),
    change('cancel', one),
  ];
  const namesOf = (ids: ReadonlySet<string> | 'all') =>
    onlyFromFeeds({ changes, unchanged: 0 }, [aFeed()], ids).changes.map(
      ({ action, publication }) => `${action} ${publication}`,
    );

  assert.deepEqual(namesOf(new Set([one])), [`add ${one}/news-x`]);
  assert.deepEqual(namesOf('all'), [`add ${one}/news-x`, `update ${two}/news-x`]);
});
