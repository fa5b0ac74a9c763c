import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import tls from 'node:tls';
import {
  Connection,
  type HttpRequest,
  maxAnswerBytes,
  NoAnswerError,
  request,
} from '../../src/networks/http.ts';
import { startAnsweringServer } from '../support/answering-server.ts';
import { testCertificate, testKey } from '../support/test-certificate.ts';

function makeRequest(url: string, over: Partial<HttpRequest> = {}): HttpRequest {
  const signal = new AbortController().signal;
  return {
    method: 'POST',
    url: new URL(url),
    headers: {},
    body: '{}',
    signal,
    timeoutMs: 2000,
    ...over,
  };
}

async function silenceOf(options: HttpRequest): Promise<NoAnswerError> {
  const error = await request(options).then(
    () => assert.fail('an answer came'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof NoAnswerError);
  return error;
}

async function listen(server: net.Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a request', () => {
  it('gives status, headers and text of the answer', async () => {
    const reply = { status: 418, headers: { 'X-Note': 'yes' }, body: { a: 'ف' } };
    const server = await startAnsweringServer(() => reply);

    const answer = await request(makeRequest(server.url, { body: 'سلام' }));

    await server.close();
    assert.equal(answer.status, 418);
    assert.equal(answer.headers['x-note'], 'yes');
    assert.equal(answer.text, '{"a":"ف"}');
    assert.equal(server.heard[0]?.body, 'سلام');
    assert.equal(server.heard[0]?.headers['accept-encoding'], 'identity');
  });

  it('follows no redirect', async () => {
    const server = await startAnsweringServer(() => ({
      status: 307,
      headers: { location: '/other' },
    }));

    const answer = await request(makeRequest(server.url));

    await server.close();
    assert.equal(answer.status, 307);
    assert.equal(server.heard.length, 1);
  });

  it('takes a connection of its own each time', async () => {
    const ports = new Set<number | undefined>();
    const server = await startAnsweringServer((_, response) => {
      ports.add(response.socket?.remotePort);
      return {};
    });

    for (let count = 0; count < 3; count += 1) await request(makeRequest(server.url));

    await server.close();
    assert.equal(ports.size, 3);
  });

  it('cannot be made a second time over the same connection', async () => {
    const server = await startAnsweringServer(() => ({}));
    const signal = new AbortController().signal;
    using connection = new Connection({ signal, timeoutMs: 2000 });
    const agent = connection.agentFor('http:');
    const send = async () => {
      const [incoming] = await once(http.get(server.url, { agent }), 'response');
      incoming.resume();
    };
    await send();

    await assert.rejects(send, { code: 'ERR_SECOND_REQUEST' });

    await server.close();
    assert.equal(server.heard.length, 1);
  });

  it('gives up an answer that is too large', async () => {
    let written = 0;
    const server = await startAnsweringServer((_, response) => {
      const block = Buffer.alloc(1024 * 1024);
      const write = () => {
        if (written > 8 * maxAnswerBytes || response.destroyed) return;
        written += block.length;
        if (response.write(block)) setImmediate(write);
        else response.once('drain', write);
      };
      write();
      return undefined;
    });

    const silence = await silenceOf(makeRequest(server.url));

    await server.close();
    assert.equal(silence.code, 'TOO_LARGE');
    assert.equal(silence.mayHaveLeft, true);
    assert.ok(written < 4 * maxAnswerBytes, `${written} bytes were taken`);
  });

  it('ends at its deadline although bytes keep coming', async () => {
    const server = await startAnsweringServer((_, response) => {
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
      return undefined;
    });
    const began = performance.now();

    const silence = await silenceOf(makeRequest(server.url, { timeoutMs: 200 }));

    await server.close();
    assert.equal(silence.givenUp, 'timeout');
    assert.equal(silence.mayHaveLeft, true);
    assert.ok(performance.now() - began < 1500);
  });

  it('knows that nothing was sent where nobody listens or the name is unknown', async () => {
    const refused = await silenceOf(makeRequest('http://127.0.0.1:1'));
    const unknown = await silenceOf(makeRequest('http://no-such-host.invalid'));

    assert.deepEqual([refused.mayHaveLeft, refused.code], [false, 'ECONNREFUSED']);
    assert.equal(unknown.mayHaveLeft, false);
    assert.match(String(unknown.code), /ENOTFOUND|EAI_AGAIN/);
  });
});

describe('a request over TLS', () => {
  it('knows that nothing was sent to a server that cannot prove who it is', async () => {
    const seen: Buffer[] = [];
    const server = tls.createServer({ key: testKey, cert: testCertificate }, (socket) =>
      socket.on('data', (chunk) => seen.push(chunk)),
    );
    server.on('tlsClientError', () => {});
    const address = await listen(server);

    const silence = await silenceOf(makeRequest(`https://${address}`));

    server.close();
    assert.deepEqual([silence.mayHaveLeft, silence.code], [false, 'DEPTH_ZERO_SELF_SIGNED_CERT']);
    assert.deepEqual(seen, []);
  });

  it('knows that nothing was sent while the handshake hangs', async () => {
    const sockets: net.Socket[] = [];
    const server = net.createServer((socket) =>
      sockets.push(socket.on('error', () => {}).resume()),
    );
    const address = await listen(server);

    const silence = await silenceOf(makeRequest(`https://${address}`, { timeoutMs: 200 }));

    for (const socket of sockets) socket.destroy();
    server.close();
    assert.deepEqual([silence.mayHaveLeft, silence.givenUp], [false, 'timeout']);
  });

  it('sends only after the handshake and after it has asked whether there is time', async () => {
    const heard: string[] = [];
    const server = tls.createServer({ key: testKey, cert: testCertificate }, (socket) => {
      socket.on('error', () => {});
      socket.on('data', (chunk) => {
        heard.push(chunk.toString().split('\r\n', 1)[0] ?? '');
        const body = '{"data":{"id":"5"}}';
        socket.end(
          `HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        );
      });
    });
    server.on('tlsClientError', () => {});
    const address = await listen(server);

    const said = await runTrusting(address);

    server.close();
    assert.deepEqual(said, { status: 201, posted: '5', stale: 'twitter:stale' });
    assert.deepEqual(heard, ['POST /x HTTP/1.1', 'POST /2/tweets HTTP/1.1']);
  });
});

/** Only a process of its own can be told to trust the certificate. */
async function runTrusting(address: string): Promise<unknown> {
  const folder = await mkdtemp(path.join(tmpdir(), 'carillon-tls-'));
  const file = path.join(folder, 'certificate.pem');
  await writeFile(file, testCertificate);
  const from = (name: string) => new URL(`../../src/networks/${name}`, import.meta.url).href;
  const code = `
    import { request } from '${from('http.ts')}';
    import { openTwitterSession } from '${from('twitter/session.ts')}';
    const signal = new AbortController().signal;
    const { status } = await request({ method: 'POST', url: new URL('https://${address}/x'), headers: {}, body: '{}', signal, timeoutMs: 5000 });
    const account = { name: 'a', network: 'twitter', apiUrl: 'https://${address}', sandbox: true, settings: {}, secrets: {} };
    const io = { clock: { now: Date.now, monotonic: () => 0 }, requestTimeoutMs: 5000, credentials: { read: async () => undefined } };
    const session = await openTwitterSession(account, io);
    const post = { network: 'twitter', text: 'a', media: [] };
    await session.prepare(post, 0, undefined, signal);
    const publish = (isFresh) => session.publish(post, 0, { part: 0 }, { isFresh, signal, earlier: [] });
    const posted = await publish(() => true);
    const stale = await publish(() => false).catch((error) => error.code);
    console.log(JSON.stringify({ status, posted: posted.remoteId, stale }));`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: file },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  await once(child, 'close');
  return JSON.parse(said);
}
