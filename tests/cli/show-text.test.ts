import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainInk } from '../../src/cli/ink.ts';
import { linesOfShow } from '../../src/cli/show-text.ts';
import { PUBLICATION_STATES } from '../../src/core/publication.ts';
import { openCalendar } from '../../src/core/say-time.ts';
import { showAsJson } from '../../src/telling/publication-json.ts';
import type { Shown } from '../../src/telling/shown.ts';
import { whatIsNext } from '../../src/telling/what-is-next.ts';
import { anError, aPost, aReceipt } from '../support/ledger.ts';
import { makePng } from '../support/png.ts';
import { aPublication, DUE } from '../support/publications.ts';

const calendar = openCalendar('Europe/Paris');
const setting = { calendar, ink: plainInk, width: 80 };

function aShown(over: Partial<Shown> = {}): Shown {
  return {
    publication: aPublication(),
    post: aPost(),
    story: [{ at: DUE - 3_600_000, kind: 'planned', detail: { due: DUE } }],
    hold: undefined,
    isFrozen: false,
    composerUrl: undefined,
    networkName: 'X',
    now: DUE - 1_000,
    ...over,
  };
}

function next(over: Partial<Shown>): string {
  return whatIsNext(aShown(over), calendar).join(' ');
}

test('a publication tells what it is, its text, its story and what comes next', () => {
  const rule = '─'.repeat(60);

  assert.deepEqual(linesOfShow(aShown(), setting), [
    'spring-report/newsroom-x · X · scheduled',
    'Due Tue 24 Nov 2026 09:00 (Europe/Paris, 08:00 UTC), at the latest Tue 24 Nov',
    '2026 11:00.',
    '',
    rule,
    'Our spring report is out',
    rule,
    '',
    'Story',
    '  Tue 24 Nov 2026 08:00:00  Planned for Tue 24 Nov 2026 09:00.',
    '',
    'Next',
    '  It goes out on Tue 24 Nov 2026 09:00 (Europe/Paris, 08:00 UTC).',
  ]);
});

test('every state says what comes next', () => {
  for (const state of PUBLICATION_STATES) {
    assert.match(next({ publication: aPublication({ state }) }), /\S.*[.S]$/, state);
  }
});

test('what is planned says when, why it waits and what stops it', () => {
  const retried = aPublication({ attempts: 1, nextAt: DUE + 60_000, error: anError() });

  assert.equal(next({ now: DUE }), 'It goes out as soon as a worker takes it.');
  assert.equal(
    next({ publication: retried, now: DUE }),
    'X is away. It is tried again on Tue 24 Nov 2026 09:01 (Europe/Paris, 08:01 UTC).',
  );
  assert.match(next({ hold: '*' }), /held until "carillon resume"\.$/);
  assert.match(next({ hold: 'account' }), /held until "carillon resume newsroom-x"\.$/);
  assert.match(next({ isFrozen: true }), /^The ledger is frozen/);
  assert.match(
    next({ publication: aPublication({ state: 'held' }), hold: 'account' }),
    /waits for "carillon resume newsroom-x" until Tue 24 Nov 2026 11:00 \(Europe\/Paris\)/,
  );
});

test('a handoff has the text to copy, the images, the place and how to say where it is', () => {
  const lines = linesOfShow(
    aShown({
      publication: aPublication({ state: 'handoff', publication: 'a/tube', error: anError() }),
      post: aPost({ text: 'Copy me', media: [makePng('A chart').media] }),
      composerUrl: 'https://www.youtube.com/channel/UC1/posts',
    }),
    setting,
  ).join('\n');

  assert.match(lines, /^Copy me$/m);
  assert.match(lines, /^Image: grey\.png \(PNG, 1 kB\), described as “A chart”$/m);
  assert.match(lines, /https:\/\/www\.youtube\.com\/channel\/UC1\/posts/);
  assert.match(lines, /carillon confirm a\/tube ADDRESS/);
});

test('a record without a text or with a strange event is shown all the same', () => {
  const lines = linesOfShow(
    aShown({
      publication: aPublication({ state: 'published', receipt: aReceipt() }),
      post: undefined,
      story: [{ at: DUE, kind: 'sung', detail: { by: 'a choir' } }],
    }),
    setting,
  );

  assert.ok(lines.includes('https://x.example/newsroom/100'));
  assert.ok(lines.includes('  Tue 24 Nov 2026 09:00:00  Sung: by a choir.'));
  assert.ok(lines.includes('  Nothing: it is live.'));
});

test('as JSON it has the status, the post and the story with sentences', () => {
  const json = JSON.parse(JSON.stringify(showAsJson(aShown(), calendar))) as {
    state: string;
    post: object;
    story: object[];
    next: string;
  };

  assert.equal(json.state, 'scheduled');
  assert.deepEqual(json.post, { text: 'Our spring report is out', link: null, media: [] });
  assert.deepEqual(json.story, [
    {
      at: '2026-11-24T07:00:00.000Z',
      kind: 'planned',
      detail: { due: DUE },
      sentence: 'Planned for Tue 24 Nov 2026 09:00.',
    },
  ]);
  assert.match(json.next, /^It goes out on /);
});
