import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DashboardPerson, DashboardSettings } from '../../src/core/dashboard-settings.ts';
import { hashPassword } from '../../src/core/password-hash.ts';
import { startTestDashboard } from '../support/dashboard.ts';

const PASSWORD = 'a long sentence of hers';
const anna: DashboardPerson = { name: 'anna', role: 'editor', password: PASSWORD };
const omid: DashboardPerson = { name: 'omid', role: 'operator', password: 'a sentence of his' };

/** A dashboard whose config can be saved anew, and a browser in it. */
async function start(first: Partial<DashboardSettings>) {
  let saved = first;
  const dashboard = await startTestDashboard({ settings: () => saved });
  return {
    ...dashboard,
    save(next: Partial<DashboardSettings>) {
      saved = next;
    },
    async enter(name: string, password: string) {
      const answer = await dashboard.post('/enter', { name, password });
      return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    },
    statusFor: async (path: string, cookie: string) =>
      (await dashboard.get(path, { cookie })).status,
  };
}

test('asks for a password on loopback too, once there are people', async () => {
  const { get, save } = await start({ people: [] });
  assert.equal((await get('/')).status, 200);

  save({ people: [{ ...anna, password: undefined }] });

  assert.equal((await get('/')).status, 303, 'though nobody can enter by then');
});

test('asks for a password where the address leads here from elsewhere', async () => {
  const outside = await start({ people: [], url: 'https://carillon.example.org' });
  const inside = await start({ people: [], url: 'http://localhost:8420' });

  assert.equal((await outside.get('/')).status, 303);
  assert.equal((await inside.get('/')).status, 200);
});

test('lets nobody stay who was taken out of the config', async () => {
  const { enter, save, statusFor } = await start({ people: [anna, omid] });
  const cookie = await enter('anna', PASSWORD);
  assert.equal(await statusFor('/', cookie), 200);

  save({ people: [omid] });

  assert.equal(await statusFor('/', cookie), 303);
});

test('lets people do what their role says by now', async () => {
  const { enter, save, statusFor } = await start({ people: [anna] });
  const cookie = await enter('anna', PASSWORD);
  assert.equal(await statusFor('/queues', cookie), 403);

  save({ people: [{ ...anna, role: 'operator' }] });
  assert.equal(await statusFor('/queues', cookie), 200);

  save({ people: [{ ...anna, role: 'viewer' }] });
  assert.equal(await statusFor('/queues', cookie), 403);
});

test('ends what was entered with a password that is another one by now', async () => {
  const { enter, save, statusFor } = await start({ people: [anna] });
  const cookie = await enter('anna', PASSWORD);

  save({ people: [{ ...anna, password: 'another sentence of hers' }] });

  assert.equal(await statusFor('/', cookie), 303);
  assert.notEqual(await enter('anna', 'another sentence of hers'), '');
  assert.equal(await enter('anna', PASSWORD), '');
});

test('lets in with a password that is kept as a hash, typed in whatever way', async () => {
  const people = [{ ...anna, password: await hashPassword('café noir') }];
  const { enter } = await start({ people });

  assert.notEqual(await enter('anna', 'cafe\u0301 noir'), '');
  assert.equal(await enter('anna', 'cafe noir'), '');
});

test('lets nobody in with the hash itself, or without any password', async () => {
  const hash = await hashPassword(PASSWORD);
  const { enter } = await start({
    people: [
      { ...anna, password: hash },
      { ...omid, password: undefined },
    ],
  });

  assert.equal(await enter('anna', hash), '');
  assert.equal(await enter('omid', ''), '');
  assert.equal(await enter('omid', 'undefined'), '');
});

test('shows those who are no operators no way to the queues', async () => {
  const { enter, get } = await start({ people: [anna, omid] });
  const pageOf = async (cookie: string) => (await get('/', { cookie })).text();

  assert.doesNotMatch(await pageOf(await enter('anna', PASSWORD)), /href="\/queues"/);
  assert.match(await pageOf(await enter('omid', omid.password ?? '')), /href="\/queues"/);
});
