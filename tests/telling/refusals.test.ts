import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operatorName } from '../../src/core/operator.ts';
import { PUBLICATION_STATES } from '../../src/core/publication.ts';
import { whyNotCancelled, whyNotConfirmed, whyNotRetried } from '../../src/telling/refusals.ts';
import { aReceipt } from '../support/ledger.ts';
import { aPublication } from '../support/publications.ts';

const states = [...PUBLICATION_STATES, 'claimed', 'missing'] as const;

test('every refusal has its reason, whatever the state', () => {
  const publication = aPublication({ receipt: aReceipt() });
  for (const state of states) {
    for (const said of [
      whyNotRetried(state, publication, { notPosted: false }),
      whyNotRetried(state, publication, { notPosted: true }),
      whyNotCancelled(state, publication),
      whyNotConfirmed(state, publication, undefined),
    ]) {
      assert.match(said, /^\p{Lu}.{10,}/u, state);
    }
  }
});

test('what may be live is not sent again before somebody has looked', () => {
  const publication = aPublication({ state: 'unconfirmed' });

  assert.match(
    whyNotRetried('unconfirmed', publication, { notPosted: false }),
    /looking for it.*"carillon retry spring-report\/newsroom-x --not-posted"/,
  );
  assert.match(
    whyNotRetried('unconfirmed', publication, { notPosted: true }),
    /may still be at it/,
  );
});

test('a post that belongs to another publication is said to', () => {
  const said = whyNotConfirmed('unconfirmed', aPublication(), 'other/newsroom-x');
  assert.match(said, /belongs to other\/newsroom-x already/);
});

test('a user who is named like a part of Carillon is told from it', () => {
  assert.equal(
    operatorName(() => 'ada'),
    'ada',
  );
  assert.equal(
    operatorName(() => 'carillon'),
    'user carillon',
  );
  assert.equal(
    operatorName(() => 'apply'),
    'user apply',
  );
  assert.notEqual(operatorName(), '');
});
