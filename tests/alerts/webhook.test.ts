import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { sendByWebhook } from '../../src/alerts/webhook.ts';
import { aMessage } from '../support/alerts.ts';
import { type Reply, startAnsweringServer } from '../support/answering-server.ts';

async function send(reply: Reply | undefined, secret?: string, timeoutMs?: number) {
  const server = await startAnsweringServer(() => reply);
  const url = `${server.url}/services/T000/B000/hook-secret`;
  try {
    await sendByWebhook({ url, ...(secret !== undefined && { secret }) }, aMessage(), {
      now: () => 1_700_000_123_456,
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
    return { heard: server.heard, error: undefined };
  } catch (error) {
    assert.doesNotMatch(String(error) + JSON.stringify(error), /hook-secret|T000/);
    return { heard: server.heard, error: error as Error };
  } finally {
    await server.close();
  }
}

test('a webhook gets what Slack takes', async () => {
  const { heard, error } = await send({ body: 'ok' });

  assert.equal(error, undefined);
  assert.equal(heard.length, 1);
  assert.equal(heard[0]?.method, 'POST');
  assert.match(heard[0]?.headers['content-type'] ?? '', /^application\/json/);
  assert.equal(heard[0]?.headers['carillon-message'], 'message-1');
  assert.equal(heard[0]?.headers['carillon-signature'], undefined);
  assert.equal(JSON.parse(heard[0]?.body ?? '').text, '*Carillon: 1 failed*');
});

test('what is sent is signed, with the time, by a secret that both sides know', async () => {
  const { heard } = await send({ body: 'ok' }, 'a-shared-secret');

  const [, seconds = '', signature] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(heard[0]?.headers['carillon-signature'])) ?? [];
  const expected = createHmac('sha256', 'a-shared-secret')
    .update(`${seconds}.${heard[0]?.body}`)
    .digest('hex');
  assert.equal(seconds, '1700000123');
  assert.equal(signature, expected);
});

test('a refusal is told in the words of the other side, cut short', async () => {
  const { error } = await send({ status: 404, body: `no_service\n${'x'.repeat(100_000)}` });

  assert.match(error?.message ?? '', /^The webhook answered 404: no_service x+…$/);
  assert.ok((error?.message ?? '').length < 300);
});

test('what leads elsewhere is not followed', async () => {
  const { heard, error } = await send({ status: 302, headers: { location: '/elsewhere' } });

  assert.equal(heard.length, 1);
  assert.match(error?.message ?? '', /^The webhook answered 302: it leads elsewhere/);
});

test('a webhook that does not answer is given up in time', async () => {
  const { error } = await send(undefined, undefined, 50);

  assert.equal(error?.message, 'The webhook did not answer within 0.05 seconds.');
});

test('a webhook that is not there is told without its address', async () => {
  await assert.rejects(sendByWebhook({ url: 'http://127.0.0.1:1/hook-secret' }, aMessage()), {
    name: 'ChannelError',
    message: /^The webhook could not be reached( \(\w+\))?\.$/,
  });
});
