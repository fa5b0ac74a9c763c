import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { archiveOld } from '../../src/archive/archive-old.ts';
import { openDailyArchive } from '../../src/archive/daily-archive.ts';
import { findArchived } from '../../src/archive/find-archived.ts';
import { silentLog } from '../../src/core/log.ts';
import { ageLedger, archiveBench, DAY_MS, useArchives } from '../support/archive.ts';
import {
  aClaimant,
  anIntent,
  aPost,
  aReceipt,
  aThread,
  type Bench,
  inconsistenciesOf,
  NAME,
  publishAll,
  rejected,
  useLedgers,
} from '../support/ledger.ts';
import { until } from '../support/until.ts';

const openLedger = useLedgers();
const openArchive = useArchives();

/** A ledger with one published publication, as old as that. */
async function openOld(ageMs = 500 * DAY_MS, post = aPost()): Promise<Bench> {
  const bench = openLedger();
  await bench.ledger.add(anIntent({ post }));
  await publishAll(bench);
  await ageLedger(bench.redis, bench.prefix, ageMs);
  return bench;
}

test('what is over for long leaves all lists, and only a trace of it stays in Redis', async () => {
  const bench = await openOld(undefined, aPost({ text: 'A whole paragraph. '.repeat(40) }));
  const folder = openArchive();
  const whole = await bench.redis.memory('USAGE', `${bench.prefix}:ledger:publication:${NAME}`);

  assert.equal(await archiveBench(bench, folder), 1);

  assert.deepEqual(await bench.ledger.list(), []);
  assert.equal(await bench.ledger.countArchived(), 1);
  assert.equal(await bench.ledger.post(NAME), undefined);
  assert.deepEqual(await bench.ledger.story(NAME), []);
  const trace = await bench.ledger.get(NAME);
  assert.equal(trace?.state, 'published');
  assert.equal(trace?.receipt?.remoteId, `${NAME}-1-0`);
  assert.deepEqual(trace?.archive, {
    isArchived: true,
    host: 'attic',
    months: [
      readdirSync(folder)
        .find((name) => name.endsWith('.jsonl'))
        ?.slice(0, 7),
    ],
  });
  const left = await bench.redis.memory('USAGE', `${bench.prefix}:ledger:publication:${NAME}`);
  assert.ok(Number(left) < Number(whole) / 2, `${left} of ${whole} bytes`);
  assert.deepEqual(await inconsistenciesOf(bench), []);
});

test('the file has the post and the whole story of it', async () => {
  const bench = await openOld(undefined, aThread('One', 'Two'));
  const folder = openArchive();
  const story = await bench.ledger.story(NAME);
  const record = await bench.ledger.get(NAME);
  await archiveBench(bench, folder);
  const trace = await bench.ledger.get(NAME);

  const found = await findArchived(folder, NAME, trace?.archive ?? { months: [] });

  assert.deepEqual(found, {
    publication: record,
    post: aThread('One', 'Two'),
    story,
    broken: [],
  });
});

test('what is younger, or waits for anything, stays', async () => {
  const bench = await openOld(399 * DAY_MS);
  await bench.ledger.add(anIntent({ publication: 'waits/newsroom-x', due: Date.now() + 60_000 }));
  await bench.ledger.add(anIntent({ publication: 'retracting/newsroom-x' }));
  await publishAll(bench, 'retracting/newsroom-x');
  await bench.ledger.retract('retracting/newsroom-x', { by: 'ada', reason: '', isByHand: true });
  await bench.ledger.add(anIntent({ publication: 'sending/newsroom-x' }));
  await bench.startSending({ publication: 'sending/newsroom-x' });
  await ageLedger(bench.redis, bench.prefix, 0);

  assert.equal(await archiveBench(bench, openArchive()), 0);
  assert.equal((await bench.ledger.list()).length, 4);
});

test('what was taken back long after it went out is kept for as long as that', async () => {
  const bench = await openOld();
  await bench.ledger.retractedByHand(NAME, 'ada', 'wrong');

  assert.equal(await archiveBench(bench, openArchive()), 0);
});

test('every step judges what is archived as it did before', async () => {
  const folder = openArchive();
  const bench = await openOld();
  const { ledger } = bench;
  const before = await stepsOf();
  await archiveBench(bench, folder);

  assert.deepEqual(await stepsOf(), before);
  assert.equal((await ledger.get(NAME))?.archive?.isArchived, true);
  assert.equal(await ledger.ownerOf('newsroom-x', `${NAME}-1-0`), NAME);

  async function stepsOf() {
    const [generation] = [(await ledger.get(NAME))?.generation ?? 0];
    return {
      add: (await ledger.add(anIntent())).changed,
      missed: (await ledger.addMissed(anIntent({ due: 1 }), { code: '', message: '', advice: '' }))
        .changed,
      amend: (await ledger.amend(anIntent({ due: 5 }), generation)).changed,
      cancel: (await ledger.cancel(NAME, 'ada')).changed,
      claim: await ledger.claim(NAME, generation, aClaimant()),
      retry: (await ledger.retry(NAME, 'ada', { notPosted: true, publishByMs: 1 })).changed,
      move: (await ledger.move(NAME, Date.now(), 'ada')).changed,
      confirm: (await ledger.confirm(NAME, aReceipt('9'), 'ada')).changed,
      witness: await ledger.witness({
        ...{ kind: 'may-be-posted', publication: NAME, entry: 'spring-report', due: 0, part: 0 },
        ...{ account: 'newsroom-x', network: 'twitter', fence: 1, at: 0 },
      }),
    };
  }
});

test('a failed one that is archived is not sent again without its text, but at a new time', async () => {
  const bench = openLedger();
  const { ledger } = bench;
  const folder = openArchive();
  await ledger.add(anIntent());
  const { fence } = await bench.startSending();
  await ledger.finish(NAME, fence, rejected());
  await ageLedger(bench.redis, bench.prefix, 500 * DAY_MS);
  const storyBefore = await ledger.story(NAME);
  await archiveBench(bench, folder);

  const retried = await ledger.retry(NAME, 'ada', { notPosted: false, publishByMs: 60_000 });
  const { generation } = (await ledger.get(NAME)) ?? { generation: 0 };
  const amended = await ledger.amend(anIntent({ due: Date.now() }), generation);

  assert.equal(retried.changed, false);
  assert.deepEqual([amended.changed, amended.state], [true, 'scheduled']);
  assert.equal(await ledger.countArchived(), 0);
  assert.deepEqual(await inconsistenciesOf(bench), []);
  await publishAll(bench);
  const { archive } = (await ledger.get(NAME)) ?? {};
  assert.equal(archive?.isArchived, false);
  // Archived a second time, both parts of its story are found.
  const storyAfter = await ledger.story(NAME);
  await ageLedger(bench.redis, bench.prefix, 450 * DAY_MS);
  const aged = await ledger.story(NAME);
  assert.equal(aged.length, storyAfter.length);
  await archiveBench(bench, folder);
  const again = (await ledger.get(NAME))?.archive;
  assert.equal(again?.months.length, 2);
  const found = await findArchived(folder, NAME, again ?? { months: [] });
  assert.deepEqual(found.story, [...storyBefore, ...aged]);
  assert.equal(found.publication?.state, 'published');
});

test('dying between the file and the ledger leaves it in both, which reads as one', async () => {
  const bench = await openOld();
  const folder = openArchive();
  const dying = { ...bench.ledger, archive: () => Promise.reject(new Error('killed')) };
  const before = (await bench.ledger.now()) - 400 * DAY_MS;
  const story = await bench.ledger.story(NAME);

  await assert.rejects(archiveOld(before, { ledger: dying, folder, host: 'attic' }));
  assert.equal((await bench.ledger.list()).length, 1);
  assert.equal(await archiveBench(bench, folder), 1);

  const { archive } = (await bench.ledger.get(NAME)) ?? {};
  const found = await findArchived(folder, NAME, archive ?? { months: [] });
  assert.deepEqual(found.story, story);
});

test('what happens to it while it is written keeps it in the ledger', async () => {
  const bench = await openOld();
  const { ledger } = bench;
  const racing = {
    ...ledger,
    async archive(...given: Parameters<typeof ledger.archive>) {
      await ledger.retract(NAME, { by: 'ada', reason: '', isByHand: true });
      return ledger.archive(...given);
    },
  };
  const before = (await ledger.now()) - 400 * DAY_MS;

  const archived = await archiveOld(before, { ledger: racing, folder: openArchive(), host: 'a' });

  assert.equal(archived, 0);
  assert.deepEqual(await ledger.post(NAME), aPost());
});

test('while the ledger is frozen nothing is archived', async () => {
  const bench = await openOld();
  await bench.ledger.freeze('a restore', 'ada');

  assert.equal(await archiveBench(bench, openArchive()), 0);
});

test('many are archived in batches, and those that stay do not stand in the way', async () => {
  const bench = openLedger();
  const names = Array.from({ length: 250 }, (_, i) => `old-${i}/newsroom-x`);
  for (const publication of names) {
    await bench.ledger.add(anIntent({ publication, due: 1_000 + names.indexOf(publication) }));
    await bench.ledger.cancel(publication, 'ada');
  }
  await ageLedger(bench.redis, bench.prefix, 500 * DAY_MS);
  // Something has happened to the first 120 of them since.
  for (const name of names.slice(0, 120)) {
    const event = JSON.stringify({ at: Date.now(), kind: 'noted', detail: {} });
    await bench.redis.rpush(`${bench.prefix}:ledger:story:${name}`, event);
  }

  assert.equal(await archiveBench(bench, openArchive()), 130);
  assert.equal((await bench.ledger.list()).length, 120);
});

test('a torn line is passed over and told, and swallows no other', async () => {
  const folder = openArchive();
  const bench = await openOld();
  await archiveBench(bench, folder);
  const { archive } = (await bench.ledger.get(NAME)) ?? {};
  const file = join(folder, `${archive?.months[0]}.jsonl`);
  const text = readFileSync(file, 'utf8');
  truncateSync(file, text.length - 20);

  const torn = await findArchived(folder, NAME, archive ?? { months: [] });
  assert.deepEqual(torn.broken, [{ file, line: 1 }]);
  assert.equal(torn.publication, undefined);

  const other = await openOld();
  await archiveBench(other, folder);
  const found = await findArchived(folder, NAME, archive ?? { months: [] });
  assert.deepEqual(found.broken, [{ file, line: 1 }]);
  assert.equal(found.post?.text, aPost().text);
});

test('a line that is no record is told, whatever it is', async () => {
  const folder = openArchive();
  mkdirSync(folder, { recursive: true });
  const file = join(folder, '2025-01.jsonl');
  writeFileSync(file, '');
  for (const line of ['null', '[]', `{"publication":"${NAME}"}`, `"${NAME}"`, `\u0000"${NAME}"`]) {
    appendFileSync(file, `${line}\n`);
  }

  const found = await findArchived(folder, NAME, { months: ['2025-01', '2025-02'] });

  assert.deepEqual(
    found.broken.map(({ line }) => line),
    [3, 4, 5],
  );
});

test('a disk that is full leaves everything in the ledger, and is told', async () => {
  const bench = await openOld();
  const said: string[] = [];
  const round = openDailyArchive({
    ...{ ledger: bench.ledger, folder: '/dev/full/archive', host: 'attic', afterMs: 0 },
    keepMs: () => 400 * DAY_MS,
    log: { ...silentLog, warn: (_: unknown, text?: string) => void said.push(String(text)) },
  });

  round();
  await until(() => said.length > 0, 'a warning');

  assert.match(said[0] ?? '', /could not be archived in \/dev\/full\/archive; they stay/);
  assert.equal((await bench.ledger.list()).length, 1);
});

test('the daily round archives what the config says by then, and comes back at once', async () => {
  const bench = await openOld(100 * DAY_MS);
  let keepMs = 400 * DAY_MS;
  const setup = {
    ...{ ledger: bench.ledger, folder: openArchive(), host: 'attic', afterMs: 0, everyMs: 0 },
    keepMs: () => keepMs,
    log: silentLog,
  };
  const round = openDailyArchive(setup);

  round();
  keepMs = 60 * DAY_MS;
  await until(async () => {
    round();
    return (await bench.ledger.countArchived()) === 1;
  }, 'a round');
});
