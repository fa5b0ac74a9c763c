import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCalendar } from '../../src/core/say-time.ts';
import { redisClock } from '../../src/ledger/ledger-clock.ts';
import { APPLY_SCRIPTS } from '../../src/ledger/lua-apply.ts';
import { COST_SCRIPTS } from '../../src/ledger/lua-costs.ts';
import { HOLDING_SCRIPTS } from '../../src/ledger/lua-holding.ts';
import { libraryOf } from '../../src/ledger/lua-library.ts';
import { PEOPLE_SCRIPTS } from '../../src/ledger/lua-people.ts';
import { RETRACT_SCRIPTS } from '../../src/ledger/lua-retract.ts';
import { SIGHT_SCRIPTS } from '../../src/ledger/lua-sights.ts';
import { UPKEEP_SCRIPTS } from '../../src/ledger/lua-upkeep.ts';
import { WORKER_SCRIPTS } from '../../src/ledger/lua-worker.ts';
import { STORY_SENTENCES, sayEvent } from '../../src/telling/story-text.ts';
import { DUE } from '../support/publications.ts';

const context = { calendar: openCalendar('Europe/Paris'), parts: 1 };

function say(kind: string, detail: Record<string, string | number> = {}, parts = 1): string {
  return sayEvent({ at: DUE, kind, detail }, { ...context, parts });
}

/** Every kind that a script tells of, in `tell(name, …)` or `tell_json(name, …)`, of the old one too, or as the value of a local `kind`. */
function kindsInScripts(): ReadonlySet<string> {
  const scripts = {
    ...APPLY_SCRIPTS,
    ...PEOPLE_SCRIPTS,
    ...UPKEEP_SCRIPTS,
    ...WORKER_SCRIPTS,
    ...COST_SCRIPTS,
    ...RETRACT_SCRIPTS,
    ...SIGHT_SCRIPTS,
    ...HOLDING_SCRIPTS,
  };
  const kinds = new Set<string>();
  for (const script of [libraryOf(redisClock, 'none'), ...Object.values(scripts)]) {
    for (const [, call = ''] of script.matchAll(
      /(?:tell(?:_json)?\((?:name|old), |local kind = )([^\n{]*)/g,
    )) {
      for (const [, kind = ''] of call.matchAll(/'([^']+)'/g)) kinds.add(kind);
    }
  }
  return kinds;
}

test('there is a sentence for every kind of event that the ledger writes, and no other', () => {
  const kinds = kindsInScripts();
  assert.ok(kinds.size >= 20);
  assert.deepEqual(Object.keys(STORY_SENTENCES).sort(), [...kinds].sort());
});

test('every sentence is one, also without the facts that it expects', () => {
  for (const kind of Object.keys(STORY_SENTENCES)) {
    const said = say(kind);
    assert.match(said, /^\p{Lu}/u);
    assert.match(say(kind, { url: 'https://x.com/i/1', message: 'Away.' }), /[.)]$|\/1$/);
  }
});

test('events are told with their facts', () => {
  const error = { code: 'twitter:503', message: 'X is away.', advice: 'Nothing.' };
  const sender = 'web-1:4711:99';

  assert.equal(say('planned', { due: DUE }), 'Planned for Tue 24 Nov 2026 09:00.');
  assert.equal(
    say('moved', { from: DUE - 3_600_000, due: DUE, because: 'quiet hours of newsroom-x' }),
    'Moved from Tue 24 Nov 2026 08:00 to Tue 24 Nov 2026 09:00: quiet hours of newsroom-x.',
  );
  assert.equal(
    say('sending', { attempt: 2, part: 0, fence: 7, sender }),
    'Attempt 2: the request goes out from web-1, process 4711.',
  );
  assert.equal(
    say('sending', { attempt: 2, part: 1, fence: 7, sender }, 3),
    'Attempt 2: the request for part 2 of 3 goes out from web-1, process 4711.',
  );
  assert.equal(say('not sent', error), 'Not sent: X is away. (twitter:503)');
  assert.equal(
    say('posted', { part: 0, remoteId: '1', url: 'https://x.com/i/1', evidence: 'answered' }),
    'Published: https://x.com/i/1',
  );
  assert.equal(
    say('posted', { part: 0, url: 'https://x.com/i/1', evidence: 'confirmed by ada' }),
    'Published, confirmed by ada: https://x.com/i/1',
  );
  assert.equal(
    say('posted', { part: 2, url: 'https://x.com/i/1', evidence: 'found' }, 3),
    'Part 3 of 3 is up, found on the account: https://x.com/i/1',
  );
  assert.equal(say('cancelled', { by: 'apply' }), 'Taken out, as the config does not have it.');
  assert.match(say('looked for first', { lateBy: 1, old: 1 }), /older than the last recovery/);
  assert.match(say('looked for first', { lateBy: 3_600_000 }), /^Late by 1 hour and never tried/);
});

test('a kind that nobody has heard of is still printed, with its facts', () => {
  assert.equal(say('sung', { by: 'a choir', verses: 3 }), 'Sung: by a choir, verses 3.');
  assert.equal(say('toString'), 'ToString.');
});
