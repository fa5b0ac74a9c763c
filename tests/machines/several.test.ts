import assert from 'node:assert/strict';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { schedulerLeaseKey } from '../../src/wiring/scheduler-lease.ts';
import { runCommand } from '../support/command-line.ts';
import { makePng } from '../support/png.ts';
import { startTestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { PATIENCE_MS, runCarillon } from './carillon-process.ts';
import { openSmallWorld } from './small-world.ts';

describe('several machines', () => {
  it('go on when the scheduler that leads is killed, and send nothing twice', async () => {
    await using redis = await startTestRedis();
    await using world = await openSmallWorld(
      redis.url,
      'defaults: { to: [a-x] }\npublications:\n  - { id: early, at: now, article: { title: Early } }\n',
    );
    const run = (host: string, ...args: string[]) => runCarillon(args, world.environmentOf(host));
    await using one = run('one', 'scheduler');
    await using two = run('two', 'scheduler');
    await using _x1 = run('one', 'worker', 'twitter');
    await using _x2 = run('two', 'worker', 'twitter');
    await until(async () => (await world.live()).length === 1, 'the first', PATIENCE_MS);
    const lease = (await redis.connect().get(schedulerLeaseKey('{carillon-sandbox}'))) ?? '';
    const [leader, other] = lease.includes(`:${one.pid}:`) ? [one, two] : [two, one];
    assert.match(lease, new RegExp(`:${leader.pid}:`));

    const more = Array.from({ length: 10 }, (_, i) => `more ${i + 1}`);
    appendFileSync(
      world.config.file,
      more.map((word, i) => `  - { id: m${i}, at: now, article: { title: ${word} } }\n`).join(''),
    );
    await until(async () => (await world.live()).length > 1, 'some of the rest', PATIENCE_MS);
    leader.kill('SIGKILL');
    appendFileSync(world.config.file, '  - { id: late, at: now, article: { title: Late } }\n');

    await other.untilItSays(/This scheduler leads/);
    await until(async () => (await world.live()).length >= 12, 'all', PATIENCE_MS);
    const wanted = ['Early', 'Late', ...more].map((title) => `a-x: ${title}`);
    assert.deepEqual(await world.live(), wanted.sort());
  });

  it('share images and tokens by Redis alone', async () => {
    await using redis = await startTestRedis();
    await using world = await openSmallWorld(redis.url, 'publications: []\n');
    const file = join(world.folder, 'grey.png');
    writeFileSync(file, makePng('', 64).bytes);
    writeFileSync(
      world.config.file,
      `timezone: UTC\nsandbox: true\naccounts: { a-x: { network: twitter } }
publications: [{ id: one, at: now, to: [a-x], article: { title: One, image: { file: grey.png, alt: Grey } } }]\n`,
    );
    const { status, err } = await runCommand(['apply', '--yes'], {
      env: world.environmentOf('one'),
      cwd: world.folder,
    });
    assert.equal(status, 0, err);
    // What the other machine has no file of.
    rmSync(file);
    rmSync(join(world.folder, 'one'), { recursive: true });

    const app = await world.open('two');
    await using _worker = await app.startWorker('twitter', async () => world.config);
    await until(async () => (await world.live()).length === 1, 'published', PATIENCE_MS);

    const [post] = (await (await fetch(`${world.sandbox.url}/log`)).json()) as {
      media: object[];
    }[];
    assert.deepEqual(
      post?.media.map((media) => (media as { alt: string }).alt),
      ['Grey'],
    );

    const account = world.config.accounts.get('a-x');
    assert.ok(account);
    await app.credentials.connect(account, { secrets: { ACCESS_TOKEN: 'a-token' } });
    const elsewhere = await world.open('three');
    const read = await elsewhere.credentials.of(account).read();
    assert.equal(read?.secrets.ACCESS_TOKEN, 'a-token');
  });
});
