import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { endSender, stateOfSender, thisSender } from '../../src/core/sender.ts';

const idleSender = fileURLToPath(new URL('../support/idle-sender.ts', import.meta.url));

test('this process runs, under a name that stays the same', () => {
  assert.equal(stateOfSender(thisSender()), 'running');
  assert.equal(thisSender(), thisSender());
  assert.match(thisSender(), new RegExp(`:${process.pid}:.+$`));
});

test('a process that has this number but another start is not taken for the sender', () => {
  const earlier = thisSender().replace(/[^:]*$/, '1');

  assert.equal(stateOfSender(earlier), 'gone');
});

test('a sender of another host, or a name that says nothing, is elsewhere', async () => {
  for (const name of ['another-host:1:1', `x${thisSender()}`, '', 'nonsense']) {
    assert.equal(stateOfSender(name), 'elsewhere', name);
    assert.equal(await endSender(name), false, name);
  }
});

test('a sender that stands still runs, and is ended all the same', async () => {
  const { child, name, ended } = await startSender();
  child.kill('SIGSTOP');
  assert.equal(stateOfSender(name), 'running');

  assert.equal(await endSender(name), true);

  assert.deepEqual(await ended, [null, 'SIGKILL']);
  assert.equal(stateOfSender(name), 'gone');
  assert.equal(await endSender(name), true);
});

test('nobody is ended for a sender that is gone already', async () => {
  const { child, name, ended } = await startSender();

  assert.equal(await endSender(name.replace(/[^:]*$/, '1')), true);

  assert.equal(stateOfSender(name), 'running');
  child.kill('SIGTERM');
  await ended;
});

const apart = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'];
const mayPartProcesses = spawnSync('unshare', [...apart.slice(1), 'true']).status === 0;

test('a sender in a container that has the name of this machine is elsewhere, and is not ended', {
  skip: mayPartProcesses ? false : 'this user may not give processes numbers of their own',
}, async (context) => {
  const { child, name } = await startSender(apart);
  context.after(() => child.kill('SIGKILL'));

  assert.equal(stateOfSender(name), 'elsewhere', name);
  assert.equal(await endSender(name), false);
});

/** A process that may be started by another program, with its own. */
async function startSender(starter: readonly string[] = []) {
  const [program = '', ...args] = [...starter, process.execPath, '--import', 'tsx', idleSender];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [name] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, ended, name: String(name).trim() };
}
