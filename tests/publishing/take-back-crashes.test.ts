import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedOf } from '../../src/core/publication.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { Session } from '../../src/networks/network.ts';
import { carryOutCorrection, correctDue } from '../../src/publishing/correct.ts';
import { carryOutRetraction, retractDue } from '../../src/publishing/retract.ts';
import type { TakingBack } from '../../src/publishing/taking-back.ts';
import { anIntent, aPost, aThread, type Bench, NAME, useLedgers } from '../support/ledger.ts';
import { aSession, type FakeSession, openDesk, openTakingBackDesk } from '../support/publishing.ts';

const openLedger = useLedgers();
const NEW = 'spring-report~2/newsroom-x';
const post = aPost({ text: 'With the right figures' });
const wanted = anIntent({ post });
const edit = { post, fingerprint: wanted.fingerprint, by: 'ada' };
const anew = {
  ...edit,
  ...{ name: NEW, reason: '', isByHand: false, publishByMs: 60_000, asked: askedOf(wanted) },
};

/** A process that is killed at one of its steps: before it is made, or after it was and before its answer is heard. */
interface Doom {
  /** How many steps it had made; more than it was to be struck at: it lived to its end. */
  steps: number;
  readonly at: number;
}

/** Every method counts as two steps: the way there, and the way back. The dead do nothing more. */
function doomed<T extends object>(target: T, methods: readonly (keyof T)[], doom: Doom): T {
  const step = () => {
    if (doom.steps >= doom.at) throw new Error('The process is dead.');
    doom.steps++;
  };
  const wrapped = methods.map((method) => {
    const call = target[method] as (...args: unknown[]) => unknown;
    const doing = async (...args: unknown[]) => {
      step();
      const result = await call.apply(target, args);
      step();
      return result;
    };
    return [method, doing];
  });
  return { ...target, ...Object.fromEntries(wrapped) };
}

const LEDGER_STEPS: readonly (keyof Ledger)[] = [
  ...(['retract', 'takeRetraction', 'partGone', 'retractionFailed', 'correctAnew'] as const),
  ...(['wantCorrection', 'takeCorrection', 'corrected', 'correctionFailed'] as const),
];

type Command = (desk: TakingBack) => Promise<void>;

/** Kills the command at each of its steps in turn; then a worker does its rounds. Answers how many kills there were. */
async function killEverywhere(
  command: Command,
  texts: readonly string[],
  check: (bench: Bench, session: FakeSession, hasBegun: boolean) => Promise<void>,
): Promise<number> {
  for (let at = 0; ; at++) {
    const bench = openLedger();
    const session = aSession();
    await using worker = openDesk(bench, session);
    await bench.ledger.add(anIntent({ post: aThread(...texts) }));
    assert.equal(await worker.wakeUntilDone(), 'published');

    const doom: Doom = { steps: 0, at };
    const dying: Session = doomed<Session>(session, ['remove', 'edit', 'read'], doom);
    const desk = openTakingBackDesk(bench, dying, {
      ledger: doomed(bench.ledger, LEDGER_STEPS, doom),
    });
    await command(desk).catch(() => undefined);

    const isPlain = (await bench.ledger.get(NAME))?.retraction === undefined;
    const isWanted = await bench.redis.zscore(`${bench.prefix}:ledger:correcting:twitter`, NAME);
    const isCorrected = (await bench.ledger.get(NAME))?.fingerprint === wanted.fingerprint;
    const hasBegun = !isPlain || isWanted !== null || isCorrected;
    await finish(bench, session);
    if ((await bench.state(NEW)) === 'scheduled') await worker.wakeUntilDone(NEW);
    await check(bench, session, hasBegun);
    if (doom.steps < at) return at;
  }
}

/** What the workers' rounds do, once the lease of the dead is over. */
async function finish(bench: Bench, session: FakeSession): Promise<void> {
  const living = openTakingBackDesk(bench, session);
  for (const what of ['retracting', 'correcting']) {
    await bench.redis.zadd(`${bench.prefix}:ledger:${what}:twitter`, 'XX', 0, NAME);
  }
  await retractDue('twitter', living);
  await correctDue('twitter', living);
}

test('a retraction that is killed at any step is finished by a worker, or had not begun', async () => {
  const command: Command = async (desk) => {
    await desk.ledger.retract(NAME, { by: 'ada', reason: '', isByHand: false });
    const taken = await desk.ledger.takeRetraction('twitter', 60_000, NAME);
    if (taken !== undefined) await carryOutRetraction(taken, desk);
  };

  const kills = await killEverywhere(command, ['One', 'Two'], async (bench, session, hasBegun) => {
    assert.equal(await bench.state(), hasBegun ? 'retracted' : 'published');
    assert.equal(session.posts.length, hasBegun ? 0 : 2);
  });

  assert.ok(kills >= 10, `it was killed ${kills} times`);
});

test('an edit that is killed at any step is finished by a worker, or had not begun', async () => {
  const command: Command = async (desk) => {
    await desk.ledger.wantCorrection(NAME, edit);
    const taken = await desk.ledger.takeCorrection('twitter', 60_000, NAME);
    if (taken !== undefined) await carryOutCorrection(taken, desk);
  };

  const kills = await killEverywhere(command, ['One'], async (bench, session, hasBegun) => {
    const text = hasBegun ? post.text : 'One';
    assert.deepEqual(
      session.posts.map((one) => one.text),
      [text],
    );
    assert.equal((await bench.ledger.post(NAME))?.text, text);
  });

  assert.ok(kills >= 6, `it was killed ${kills} times`);
});

test('a post that is deleted and posted anew is there once at the end, wherever that is killed', async () => {
  const command: Command = async (desk) => {
    await desk.ledger.correctAnew(NAME, anew);
    const taken = await desk.ledger.takeRetraction('twitter', 60_000, NAME);
    if (taken !== undefined) await carryOutRetraction(taken, desk);
  };

  const kills = await killEverywhere(command, ['One'], async (bench, session, hasBegun) => {
    assert.deepEqual(
      session.posts.map((one) => one.text),
      [hasBegun ? post.text : 'One'],
    );
    assert.equal(await bench.state(NEW), hasBegun ? 'published' : 'missing');
    assert.deepEqual(await bench.ledger.duplicates(), []);
  });

  assert.ok(kills >= 6, `it was killed ${kills} times`);
});
