import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainInk } from '../../src/cli/ink.ts';
import { widthOf } from '../../src/cli/layout.ts';
import { linesOfStatus } from '../../src/cli/status-text.ts';
import { PUBLICATION_STATES } from '../../src/core/publication.ts';
import { openCalendar } from '../../src/core/say-time.ts';
import { linesOfObstacles } from '../../src/telling/obstacles.ts';
import { publicationAsJson } from '../../src/telling/publication-json.ts';
import { aHold, anError, aReceipt } from '../support/ledger.ts';
import { aPublication, DUE } from '../support/publications.ts';

const calendar = openCalendar('Europe/Paris');
const setting = { calendar, ink: plainInk, width: 80 };

function linesOf(...publications: Parameters<typeof linesOfStatus>[0]) {
  return linesOfStatus(publications, [], { isWhole: false }, setting);
}

test('what needs a person comes first, then what is next, then what went out', () => {
  const lines = linesOf(
    aPublication({ publication: 'a/x', state: 'published', receipt: aReceipt(), publishedAt: DUE }),
    aPublication({ publication: 'b/x', due: DUE + 60_000 }),
    aPublication({ publication: 'c/x', state: 'failed', error: anError() }),
  );

  assert.deepEqual(lines, [
    'Needs you (1)',
    '  c/x  Tue 24 Nov 2026 09:00  failed',
    '    X is away.',
    '    Nothing to do.',
    '',
    'Next (1)',
    '  b/x  Tue 24 Nov 2026 09:01  scheduled',
    '',
    'Went out (1)',
    '  a/x  Tue 24 Nov 2026 09:00  published',
    '    https://x.example/newsroom/100',
    '',
    'Times are in Europe/Paris.',
  ]);
});

test('a publication in any state is listed', () => {
  for (const state of PUBLICATION_STATES) {
    assert.ok(linesOf(aPublication({ state })).some((line) => line.includes('spring-report')));
  }
  assert.deepEqual(linesOf(), ['There are no publications.']);
});

test('long lists are cut, with the command that shows the rest; a state that was asked for is not', () => {
  const many = Array.from({ length: 25 }, (_, i) =>
    aPublication({ publication: `e${i}/x`, due: DUE + i * 60_000 }),
  );

  const cut = linesOf(...many);
  const whole = linesOfStatus(many, [], { isWhole: true }, setting);

  assert.ok(cut.includes('  and 5 more: "carillon status --state scheduled"'));
  assert.equal(cut.filter((line) => line.includes('/x')).length, 20);
  assert.match(cut[1] ?? '', /e0\/x/);
  assert.equal(whole.filter((line) => line.includes('/x')).length, 25);
});

test('lines with long names and long words of a network fit the terminal', () => {
  const publication = `${'entry-'.repeat(12)}/newsroom-x`;
  const error = anError({ message: 'The network says a lot about it. '.repeat(9) });
  for (const line of linesOf(aPublication({ publication, state: 'missed', error }))) {
    assert.ok(widthOf(line) <= Math.max(80, publication.length + 2), line);
  }
});

test('what stops more than one publication stands on top', () => {
  const lines = linesOfObstacles(
    {
      frozen: { reason: 'a restore', by: 'ada', at: DUE },
      holds: new Map([
        ['*', aHold({ at: DUE })],
        ['newsroom-x', aHold({ kind: 'refused', code: 'twitter:401', reason: 'Token dead.' })],
        ['newsroom-page', aHold()],
      ]),
      duplicates: [{ publication: 'a/x', url: 'https://x.com/i/2' }],
    },
    calendar,
  );

  assert.match(lines[0] ?? '', /frozen since Tue 24 Nov 2026 09:00 .* by ada \(a restore\)/);
  assert.match(lines[1] ?? '', /^Everything is paused since .*"carillon resume" lets/);
  assert.match(lines[2] ?? '', /refuses it \(twitter:401\): Token dead\. .*resume newsroom-x"/);
  assert.match(lines[3] ?? '', /^newsroom-page is paused .*"carillon resume newsroom-page"/);
  assert.match(lines[4] ?? '', /second post of a\/x .* https:\/\/x\.com\/i\/2/);
});

test('as JSON a publication has exactly the keys of the interface', () => {
  const published = aPublication({
    state: 'published',
    publishedAt: DUE + 1_000,
    receipt: aReceipt(),
    attempts: 1,
  });
  const failed = aPublication({ state: 'failed', error: anError() });

  assert.deepEqual(JSON.parse(JSON.stringify(publicationAsJson(published))), {
    publication: 'spring-report/newsroom-x',
    entry: 'spring-report',
    account: 'newsroom-x',
    network: 'twitter',
    state: 'published',
    due: '2026-11-24T08:00:00.000Z',
    publishedAt: '2026-11-24T08:00:01.000Z',
    remoteId: '100',
    url: 'https://x.example/newsroom/100',
    attempts: 1,
    error: null,
  });
  const { error, publishedAt, remoteId, url } = JSON.parse(
    JSON.stringify(publicationAsJson(failed)),
  ) as Record<string, unknown>;
  assert.deepEqual(error, { code: 'twitter:503', message: 'X is away.', advice: 'Nothing to do.' });
  assert.deepEqual([publishedAt, remoteId, url], [null, null, null]);
});

test('what is to be gone and only a person can delete needs a person', () => {
  const wish = { by: 'ada', reason: '', at: DUE, isByHand: false };
  const out = { state: 'published', receipt: aReceipt() } as const;
  const titleOf = (needsPerson: boolean) =>
    linesOf(aPublication({ ...out, retraction: { ...wish, needsPerson } }))[0];

  assert.deepEqual([titleOf(true), titleOf(false)], ['Needs you (1)', 'Went out (1)']);
});
