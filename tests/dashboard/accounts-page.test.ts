import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../src/doctor/finding.ts';
import { startTestDesk } from '../support/desk.ts';
import { aHold, anIntent, useLedgers } from '../support/ledger.ts';

const openLedger = useLedgers();

test('says of every account why nothing is sent, what it costs and what is wrong with it', async () => {
  const bench = openLedger();
  await bench.ledger.pause('newsroom-x', aHold({ by: 'grace', reason: 'paused by hand' }));
  const finding = (account: string, severity: 'note' | 'error', message: string): Finding => ({
    ...{ check: 'account', code: 'any', account, severity, message, remedy: 'Connect <it>.' },
  });
  const desk = await startTestDesk(bench, {
    findings: [
      finding('newsroom-page', 'error', 'Its token has ended.'),
      finding('newsroom-page', 'note', 'A hint.'),
    ],
    accounts: [
      {
        ...{ name: 'newsroom-x', network: 'twitter', apiUrl: 'http://127.0.0.1:1' },
        ...{ sandbox: false, settings: {}, secrets: {} },
        limits: [{ posts: 50, perMs: 900_000 }],
        prices: { asOf: '2026-04-20', currency: 'USD', prices: { post: 15_000 } },
        budget: { amount: 20_000_000, currency: 'USD' },
      },
      {
        ...{ name: 'newsroom-page', network: 'facebook', apiUrl: 'http://127.0.0.1:1' },
        ...{ sandbox: false, settings: {}, secrets: {} },
      },
    ],
  });
  const vera = await desk.enter('vera');

  const page = await vera.read('/accounts');

  assert.match(page, /newsroom-x is paused since .* by grace/);
  assert.match(page, /At most 50 posts in 15 minutes/);
  assert.match(page, /0\.00 USD spent, of a budget of 20\.00 USD/);
  assert.match(page, /carillon connect newsroom-page/);
  assert.match(page, /Its token has ended\. Connect &lt;it&gt;\./);
  assert.doesNotMatch(page, /A hint/);
  assert.doesNotMatch(page, /action="\/deeds\//);
});

test('says of an account that everything is paused, and lets go on only what is paused alone', async () => {
  const bench = openLedger();
  await bench.ledger.pause('*', aHold({ by: 'grace' }));
  const olga = await (await startTestDesk(bench)).enter('olga');

  const page = await olga.read('/accounts');

  assert.doesNotMatch(page, /Goes on\./);
  assert.match(page, /Everything is paused since .* by grace/);
  assert.equal([...page.matchAll(/action="\/deeds\/resume"/g)].length, 1);
});

test('says what a limit of the network holds back', async () => {
  const bench = openLedger();
  await bench.ledger.add(anIntent());
  await bench.ledger.sawLimits('newsroom-x', undefined, [
    { kind: 'stop', of: 'account', what: 'posts', forMs: 3_600_000 },
  ]);
  await bench.claim();
  const vera = await (await startTestDesk(bench)).enter('vera');

  assert.match(
    await vera.read('/accounts'),
    /newsroom-x has reached the limit of X: 1 publication/,
  );
});
