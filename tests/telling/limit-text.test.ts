import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCalendar } from '../../src/core/say-time.ts';
import { sayLimit, sayLimitedLine } from '../../src/telling/limit-text.ts';
import { publicationAsJson } from '../../src/telling/publication-json.ts';
import { aPublication, DUE } from '../support/publications.ts';

const calendar = openCalendar('Europe/Paris');
const hour = 3_600_000;

test('what waits for a limit says for whose and until when', () => {
  const until = DUE + hour;
  const said = (over: object) => sayLimit(aPublication(over), DUE, calendar).join(' ');

  assert.equal(
    said({ limit: { until, of: 'account' } }),
    'It waits for the limit of X until Tue 24 Nov 2026 10:00 (Europe/Paris, 09:00 UTC).',
  );
  assert.match(said({ limit: { until, of: 'app' } }), /the limit of X for its app until/);
  assert.match(said({ limit: { until: DUE + 9 * hour, of: 'account' } }), /after its last moment/);
  assert.match(said({ limit: { until: DUE - 1, of: 'account' } }), /waits for its turn/);
  assert.equal(said({}), '');
});

test('status has a line for each limited account', () => {
  const line = { account: 'newsroom-x', network: 'twitter', waiting: 150, until: DUE };

  assert.equal(
    sayLimitedLine({ ...line, of: 'account' }, DUE - 1, calendar),
    'newsroom-x has reached the limit of X: 150 publications wait until Tue 24 Nov 2026 09:00 and then go out by themselves, in their order.',
  );
  assert.equal(
    sayLimitedLine({ ...line, waiting: 1, of: 'app' }, DUE + 1, calendar),
    'newsroom-x had reached the limit of X for its app: 1 publication goes out now.',
  );
});

test('programs see nothing new', () => {
  const plain = publicationAsJson(aPublication());
  const limited = publicationAsJson(aPublication({ limit: { until: DUE, of: 'account' } }));

  assert.deepEqual(limited, plain);
});
