import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Heartbeats } from '../../src/core/heartbeat.ts';
import { silentLog } from '../../src/core/log.ts';
import { startHeart } from '../../src/wiring/heart.ts';

const noted = () => {
  const told: string[] = [];
  const heartbeats: Heartbeats = {
    beat: async ({ part }) => void told.push(`${part} beats`),
    end: async ({ part }) => void told.push(`${part} ends`),
    all: async () => [],
  };
  return { told, heartbeats };
};

test('gives a sign of life no more often than it is worth, and takes back that of a worker', async () => {
  const { told, heartbeats } = noted();
  const heart = startHeart(heartbeats, { part: 'worker', network: 'x', by: 'a' }, silentLog);

  heart.beat();
  heart.beat();
  await heart[Symbol.asyncDispose]();

  assert.deepEqual(told, ['worker beats', 'worker ends']);
});

test('the last run of a scheduler stays known after it has ended', async () => {
  const { told, heartbeats } = noted();
  const heart = startHeart(heartbeats, { part: 'scheduler', by: 'a' }, silentLog);

  heart.beat();
  await heart[Symbol.asyncDispose]();

  assert.deepEqual(told, ['scheduler beats']);
});

test('goes on where a sign cannot be given', async () => {
  const heartbeats = { ...noted().heartbeats, beat: () => Promise.reject(new Error('away')) };
  const heart = startHeart(heartbeats, { part: 'scheduler', by: 'a' }, silentLog);

  heart.beat();

  await heart[Symbol.asyncDispose]();
});
