import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anIntent, inconsistenciesOf, NAME, publishAll, useLedgers } from '../support/ledger.ts';

const openLedger = useLedgers();
const links = ['https://news.example.org/a'];
const fault = {
  code: 'preflight:not-found',
  message: 'There is no page.',
  advice: 'Check it.',
  isFailure: true,
};

test('what was found at a link is kept, and told once however often it is found', async () => {
  const { ledger, kinds } = openLedger();
  await ledger.add(anIntent());

  assert.equal(await ledger.noteLinks(NAME, { links, faults: [fault] }), true);
  assert.equal(await ledger.noteLinks(NAME, { links, faults: [fault] }), false);

  assert.deepEqual(await kinds(), ['planned', 'link in doubt']);
  const known = await ledger.linkCheck(NAME);
  assert.deepEqual([known?.links, known?.faults], [links, [fault]]);
  assert.ok((known?.ageMs ?? -1) >= 0);
});

test('a link that works again is told, one that always did is not', async () => {
  const { ledger, kinds } = openLedger();
  await ledger.add(anIntent());

  await ledger.noteLinks(NAME, { links, faults: [] });
  assert.deepEqual(await kinds(), ['planned']);
  await ledger.noteLinks(NAME, { links, faults: [fault] });
  await ledger.noteLinks(NAME, { links, faults: [] });
  assert.deepEqual(await kinds(), ['planned', 'link in doubt', 'link works']);
});

test('a note changes no state, whatever it is', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  await publishAll(bench);
  const before = await bench.ledger.get(NAME);

  await bench.ledger.noteLinks(NAME, { links, faults: [fault] });

  assert.deepEqual(await bench.ledger.get(NAME), before);
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('of a publication that is not there nothing is kept', async () => {
  const { ledger } = openLedger();
  assert.equal(await ledger.noteLinks('none/x', { links, faults: [] }), false);
  assert.equal(await ledger.linkCheck('none/x'), undefined);
});
