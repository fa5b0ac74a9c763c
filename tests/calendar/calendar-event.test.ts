import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Planned, readCalendar } from '../../src/calendar/calendar-event.ts';
import type { Post } from '../../src/core/post.ts';
import { aPublication, DUE } from '../support/publications.ts';

const post: Post = { network: 'twitter', text: 'Our report is out', media: [] };

function aPlanned(over: Partial<Planned> = {}): Planned {
  return {
    publication: 'spring-report/newsroom-x',
    entry: 'spring-report',
    account: 'newsroom-x',
    network: 'twitter',
    due: DUE,
    publishByMs: 7_200_000,
    post,
    fingerprint: 'f',
    link: 'https://news.example.org/spring',
    ...over,
  };
}

test('without a ledger, everything with a time is planned', () => {
  const { events, undated } = readCalendar({
    intents: [
      aPlanned({ publication: 'late/newsroom-x', due: DUE + 1 }),
      aPlanned(),
      aPlanned({ publication: 'soon/newsroom-x', due: undefined }),
    ],
    records: [],
    posts: new Map(),
  });

  assert.deepEqual(
    events.map(({ publication, state, at, url, revision }) => [
      publication,
      state,
      at,
      url,
      revision,
    ]),
    [
      ['spring-report/newsroom-x', 'planned', DUE, 'https://news.example.org/spring', 0],
      ['late/newsroom-x', 'planned', DUE + 1, 'https://news.example.org/spring', 0],
    ],
  );
  assert.equal(undated, 1);
});

test('the ledger has the last word on state, time, text and address', () => {
  const receipt = { remoteId: '1', url: 'https://x.com/newsroom/status/1' };
  const sent: Post = { ...post, text: 'As it was sent' };

  const { events } = readCalendar({
    intents: [aPlanned({ due: DUE + 60_000 })],
    records: [aPublication({ state: 'published', publishedAt: DUE + 5, receipt, generation: 4 })],
    posts: new Map([['spring-report/newsroom-x', sent]]),
  });

  assert.deepEqual(events, [
    {
      publication: 'spring-report/newsroom-x',
      entry: 'spring-report',
      account: 'newsroom-x',
      network: 'twitter',
      at: DUE + 5,
      state: 'published',
      post: sent,
      revision: 4,
      url: receipt.url,
    },
  ]);
});

test('what the config does not have any more stays in the calendar, with what is wrong with it', () => {
  const error = { code: 'too-late', message: 'Its time had passed.', advice: 'Give it a new one.' };

  const { events } = readCalendar({
    intents: [],
    records: [aPublication({ state: 'missed', error })],
    posts: new Map([['spring-report/newsroom-x', post]]),
  });

  assert.deepEqual(
    events.map(({ state, note }) => [state, note]),
    [['missed', 'Its time had passed. Give it a new one.']],
  );
});

test('a record that was rebuilt from a journal, of which nobody knows the text, is left out', () => {
  const { events } = readCalendar({ intents: [], records: [aPublication()], posts: new Map() });

  assert.deepEqual(events, []);
});
