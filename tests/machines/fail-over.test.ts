import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { startTestSentinel } from '../support/redis-sentinel.ts';
import { until } from '../support/until.ts';
import { type CarillonProcess, PATIENCE_MS, runCarillon } from './carillon-process.ts';
import { openSmallWorld, type SmallWorld } from './small-world.ts';

const SETTINGS = `publishing: { requestTimeout: 1s, confirmAfter: [2s, 5s], backoff: 200ms }
defaults: { to: [a-x] }
publications:
  - { id: early, at: now, article: { title: Early } }
`;

describe('when Redis fails over', () => {
  it('sends nothing twice and loses nothing, though the new master lacks what was acknowledged', async () => {
    await using redis = await startTestSentinel();
    // Nobody waits for the replica: what is acknowledged may be lost.
    await using world = await openSmallWorld(`${redis.url}?replicas=0`, SETTINGS);
    await using parts = runParts(world);
    await untilLive(1, world, parts);

    await redis.stopReplica();
    plan(world, 8);
    await untilLive(4, world, parts);
    await redis.failOver();

    await untilPublished(9, world, parts);
    assert.deepEqual(await world.live(), titles(8));
    assert.match(parts.said(), /fail.*over/i);
    const app = await world.open('reader');
    const stories = await Promise.all(
      (await app.ledger.list()).map(({ publication }) => app.ledger.story(publication)),
    );
    const evidence = stories
      .flat()
      .flatMap(({ kind, detail }) =>
        kind === 'posted' ? [(detail as { evidence: string }).evidence] : [],
      );
    assert.ok(
      evidence.some((words) => words !== 'answered'),
      'nothing had been lost',
    );
  });

  it('sends nothing while no replica has what is about to be sent, and all of it afterwards', async () => {
    await using redis = await startTestSentinel();
    await using world = await openSmallWorld(redis.url, SETTINGS);
    await using parts = runParts(world);
    await untilLive(1, world, parts);

    await redis.stopReplica();
    plan(world, 4);
    await parts.untilTheySay(/could not make sure of what is about to be sent/);
    assert.deepEqual(await world.live(), titles(0));
    await redis.failOver();
    await untilPublished(5, world, parts);
    await redis.bringBack();

    // And once more, from the one that took over to the one that was away.
    plan(world, 2, 'again');
    await untilPublished(7, world, parts);
    await redis.failOver();
    plan(world, 2, 'last');
    await untilPublished(9, world, parts);
    const more = [1, 2].flatMap((n) => [`a-x: again ${n}`, `a-x: last ${n}`]);
    assert.deepEqual(await world.live(), [...titles(4), ...more].sort());
  });
});

function titles(count: number): readonly string[] {
  const more = Array.from({ length: count }, (_, i) => `a-x: more ${i + 1}`);
  return ['a-x: Early', ...more].sort();
}

/** Saves the config with more that is due at once. */
function plan(world: SmallWorld, count: number, word = 'more'): void {
  const lines = Array.from(
    { length: count },
    (_, i) => `  - { id: ${word}-${i + 1}, at: now, article: { title: "${word} ${i + 1}" } }\n`,
  );
  appendFileSync(world.config.file, lines.join(''));
}

interface Parts extends AsyncDisposable {
  said(): string;
  untilTheySay(words: RegExp): Promise<void>;
}

/** A scheduler, and a worker on each of two hosts for one account. */
function runParts(world: SmallWorld): Parts {
  const run = (host: string, ...args: string[]) => runCarillon(args, world.environmentOf(host));
  const parts: readonly CarillonProcess[] = [
    run('one', 'worker', 'twitter'),
    run('two', 'worker', 'twitter'),
    run('one', 'scheduler'),
  ];
  const said = () => parts.map((part) => part.said()).join('\n');
  return {
    said,
    untilTheySay: (words) => until(() => words.test(said()), `${words} in ${said()}`, PATIENCE_MS),
    async [Symbol.asyncDispose]() {
      await Promise.all(parts.map((part) => part.stop()));
    },
  };
}

async function untilLive(count: number, world: SmallWorld, parts: Parts): Promise<void> {
  const isSo = async () => (await world.live()).length >= count;
  await until(isSo, `${count} live`, PATIENCE_MS).catch(fail(parts));
}

async function untilPublished(count: number, world: SmallWorld, parts: Parts): Promise<void> {
  const app = await world.open('reader');
  const isSo = async () => {
    const all = await app.ledger.list(['published']).catch(() => []);
    return all.length >= count;
  };
  await until(isSo, `${count} published`, PATIENCE_MS).catch(fail(parts));
}

const fail = (parts: Parts) => (error: unknown) => {
  throw new Error(`${error}\n${parts.said()}`);
};
