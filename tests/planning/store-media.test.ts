import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { applyPlan } from '../../src/planning/apply.ts';
import { anIntent, aPost, useLedgers } from '../support/ledger.ts';
import { makePng } from '../support/png.ts';

const openLedger = useLedgers();
const { bytes, media } = makePng('A square');
const intent = anIntent({ post: aPost({ media: [media] }) });
const { publication } = intent;
const plan = { changes: [{ action: 'add', publication, due: 0, intent }], unchanged: 0 } as const;

async function apply(ledger: Ledger, content: Uint8Array | undefined): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'carillon-apply-'));
  const file = path.join(folder, 'square.png');
  if (content) await writeFile(file, content);
  try {
    const mediaFiles = new Map([[media.hash, file]]);
    await applyPlan(plan, { ledger, mediaFiles, enqueue: async () => {} });
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('an image is in Redis before the publication that names it', async () => {
  const { ledger } = openLedger();

  await apply(ledger, bytes);

  assert.deepEqual(await ledger.media(media.hash), bytes);
});

for (const [what, content] of [
  ['was saved anew', Buffer.from('other bytes')],
  ['is gone', undefined],
] as const) {
  test(`an image that ${what} since it was planned stops the apply, and nothing is sent without it`, async () => {
    const { ledger, state } = openLedger();

    await assert.rejects(apply(ledger, content), /grey\.png has changed or gone.*Apply again/);

    assert.equal(await state(), 'missing');
    assert.equal(await ledger.wantMedia(media.hash), false);
  });
}
