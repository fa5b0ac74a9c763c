import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { startSandbox } from '../../src/sandbox/server.ts';
import { openSandbox } from '../support/sandbox-client.ts';

describe('the sandbox as a server', () => {
  it('says what it is, so that others know whose port it is', async () => {
    await using client = await openSandbox();

    assert.deepEqual((await client.ask('/healthz')).json, { carillon: 'sandbox' });
    assert.equal(client.url, `http://127.0.0.1:${client.sandbox.port}`);
  });

  it('dates its answers by the time that it was given', async () => {
    const at = Date.UTC(2031, 0, 1, 12);
    const sandbox = await startSandbox({ port: 0, now: () => at });

    const response = await fetch(`${sandbox.url}/healthz`);
    await sandbox.close();

    assert.equal(response.headers.get('date'), 'Wed, 01 Jan 2031 12:00:00 GMT');
  });

  it('rejects if the port is taken', async () => {
    await using client = await openSandbox();

    await assert.rejects(startSandbox({ port: client.sandbox.port }), { code: 'EADDRINUSE' });
  });

  it('ends connections that never got an answer when it closes', async () => {
    const client = await openSandbox();
    await client.fault({ network: 'twitter', kind: 'hang', count: 1 });
    const pending = client.ask('/2/tweets', { body: { text: 'a' } });
    const ended = assert.rejects(pending);
    while ((await client.ask('/faults')).json[0].fired === 0);

    await client.sandbox.close();

    await ended;
  });

  it('refuses bodies that cannot be read with the words of the network', async () => {
    await using client = await openSandbox();
    const headers = { 'content-type': 'application/json' };
    const body = '{"text": ';

    const x = await client.ask('/2/tweets', { headers, body });
    const facebook = await client.ask('/v24.0/42/feed', { headers, body });
    const youtube = await client.ask('/youtube/v3/posts?part=snippet', { headers, body });
    const form = { 'content-type': 'multipart/form-data; boundary=x' };
    const broken = await client.ask('/2/media/upload', { headers: form, body: '--x\r\nhalf' });

    assert.deepEqual([x.status, x.json.status], [400, 400]);
    assert.deepEqual([facebook.status, facebook.json.error.code], [400, 100]);
    assert.deepEqual([youtube.status, youtube.json.error.code], [400, 400]);
    assert.equal(broken.status, 400);
  });

  it('refuses bodies over 32 MB, announced or not', async () => {
    await using client = await openSandbox();
    const headers = { authorization: 'Bearer sandbox:a', 'content-type': 'application/json' };

    const announced = await client.ask('/2/tweets', {
      headers,
      body: 'x'.repeat(33 * 1024 * 1024),
    });
    const streamed = await new Promise<number>((resolve, reject) => {
      const sent = request(`${client.url}/2/tweets`, { method: 'POST', headers }, (response) =>
        resolve(response.statusCode ?? 0),
      );
      sent.on('error', reject);
      for (let megabyte = 0; megabyte < 33; megabyte++) sent.write(Buffer.alloc(1024 * 1024, 'x'));
      sent.end();
    });

    assert.equal(announced.status, 413);
    assert.equal(streamed, 413);
    assert.equal((await client.ask('/healthz')).status, 200);
  });

  it('answers unknown paths as each network does', async () => {
    await using client = await openSandbox();

    const x = await client.ask('/2/lists');
    const facebook = await client.ask('/v24.0/42/secrets');
    const youtube = await client.ask('/youtube/v3/videos?part=id');
    const own = await client.ask('/nothing');

    assert.deepEqual([x.status, x.json.title], [404, 'Not Found']);
    assert.equal(facebook.json.error.code, 2500);
    assert.deepEqual([youtube.status, youtube.json.error.status], [404, 'NOT_FOUND']);
    assert.equal(own.status, 404);
  });

  it('refuses pages of other sites and names that are not of this machine', async () => {
    await using client = await openSandbox();
    const fault = { network: 'twitter', kind: 'refuse', count: 1 };
    const foreign = { origin: 'https://evil.example' };

    const crossSite = await client.ask('/faults', { body: fault, headers: foreign });
    const rebound = await new Promise((resolve) => {
      const headers = { host: 'evil.example' };
      request(`${client.url}/log`, { headers }, (response) => resolve(response.statusCode)).end();
    });

    assert.equal(crossSite.status, 403);
    assert.equal(rebound, 403);
    assert.deepEqual((await client.ask('/faults')).json, []);
  });

  it('lives through broken requests', async () => {
    await using client = await openSandbox();
    for (const text of ['GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n', 'nonsense\r\n\r\n']) {
      await new Promise((resolve) => {
        const socket = connect(client.sandbox.port, '127.0.0.1', () => socket.write(text));
        socket
          .on('data', () => socket.end())
          .on('error', resolve)
          .on('close', resolve);
      });
    }

    assert.equal((await client.ask('/healthz')).status, 200);
  });
});
