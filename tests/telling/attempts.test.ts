import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoryEvent } from '../../src/core/publication.ts';
import { attemptsOf } from '../../src/telling/attempts.ts';

const event = (at: number, kind: string, detail: StoryEvent['detail'] = {}): StoryEvent => ({
  ...{ at, kind, detail },
});

test('each request is an attempt, with what ended it and nothing that came later', () => {
  const attempts = attemptsOf([
    event(1, 'planned'),
    event(2, 'sending', { attempt: 1, part: 0 }),
    event(3, 'not sent', { message: 'X is away.' }),
    event(4, 'sending', { attempt: 2, part: 0 }),
    event(5, 'sender vanished'),
    event(6, 'not there', { look: 1 }),
    event(7, 'posted', { part: 0 }),
  ]);

  assert.deepEqual(
    attempts.map(({ number, began, ended, end }) => [number, began, ended, end?.kind]),
    [
      [1, 2, 3, 'not sent'],
      [2, 4, 5, 'sender vanished'],
    ],
  );
});

test('what is under way has no end, and what comes without a request is no attempt', () => {
  assert.deepEqual(attemptsOf([event(1, 'refused'), event(2, 'posted')]), []);
  assert.deepEqual(attemptsOf([event(1, 'sending', { attempt: 3, part: 1 })]), [
    { number: 3, part: 1, began: 1 },
  ]);
});
