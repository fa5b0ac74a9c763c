import assert from 'node:assert/strict';
import { once } from 'node:events';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import zlib from 'node:zlib';
import { readAllowedHosts } from '../../src/fetching/allowed-hosts.ts';
import { FetchError } from '../../src/fetching/fetch-error.ts';
import { createSafeFetch } from '../../src/fetching/fetch-safely.ts';
import { systemWire } from '../../src/fetching/wire.ts';
import { startSmallWeb } from '../support/small-web.ts';
import { testCertificate, testKey } from '../support/test-certificate.ts';

const good = '93.184.216.34';
const refused = (error: unknown) => error instanceof FetchError && error.kind === 'refused';
const says = (words: RegExp) => (error: unknown) =>
  error instanceof FetchError && words.test(error.message);

describe('a safe fetch', () => {
  it('gives the bytes, the type and the last address', async () => {
    await using web = await startSmallWeb({ 'a.example': [good] }, (url) =>
      url.endsWith('/p') ? { status: 302, headers: { location: '/q' } } : { body: 'Hello' },
    );

    const { url, contentType, bytes } = await web.fetch('http://a.example/p');

    assert.deepEqual(
      [url, contentType, bytes.toString()],
      ['http://a.example/q', 'text/html', 'Hello'],
    );
  });

  it('dials the address that it checked, even if the name has another by then', async () => {
    await using web = await startSmallWeb({ 'r.example': [[good], ['127.0.0.1']] }, () => ({}));

    await web.fetch('http://r.example/');

    assert.deepEqual(web.dialled, [good]);
  });

  it('checks the same name anew for a redirect', async () => {
    await using web = await startSmallWeb({ 'r.example': [[good], ['169.254.169.254']] }, () => ({
      status: 302,
      headers: { location: 'http://r.example/2' },
    }));

    await assert.rejects(web.fetch('http://r.example/1'), refused);
    assert.deepEqual(web.dialled, [good]);
  });

  for (const location of [
    'http://127.0.0.1:8080/',
    '//192.168.0.1/',
    'http://[::1]/',
    'http://0x7f.1/',
    'http://inside.example/',
    'file:///etc/passwd',
  ]) {
    it(`follows no redirect to ${location}`, async () => {
      await using web = await startSmallWeb(
        { 'a.example': [good], 'inside.example': ['10.1.2.3'] },
        () => ({ status: 302, headers: { location } }),
      );

      await assert.rejects(web.fetch('http://a.example/'), refused);
      assert.deepEqual(web.asked, ['a.example']);
    });
  }

  it('refuses a name as soon as one of its addresses is private', async () => {
    await using web = await startSmallWeb({ 'mixed.example': [good, '::1'] }, () => ({}));

    await assert.rejects(web.fetch('http://mixed.example/'), refused);
    assert.deepEqual(web.dialled, []);
  });

  it('goes to a host of the own network if it is allowed, and not on from there to others', async () => {
    await using web = await startSmallWeb(
      { 'wiki.lan': ['10.0.0.5'], 'other.lan': ['10.0.0.6'] },
      (url) =>
        url.endsWith('/on') ? { status: 301, headers: { location: 'http://other.lan/' } } : {},
    );

    await web.fetch('http://wiki.lan/', { allow: ['wiki.lan'] });
    await assert.rejects(web.fetch('http://wiki.lan/on', { allow: ['wiki.lan'] }), refused);

    assert.deepEqual(web.dialled, ['10.0.0.5', '10.0.0.5']);
  });

  it('ends a circle of redirects', async () => {
    await using web = await startSmallWeb({ 'a.example': [good] }, (url) => ({
      status: 302,
      headers: { location: url.endsWith('1') ? '/2' : '/1' },
    }));

    await assert.rejects(web.fetch('http://a.example/1'), says(/leads on more than/));
    assert.ok(web.asked.length <= 11);
  });

  it('says so if a redirect names no address', async () => {
    await using web = await startSmallWeb({ 'a.example': [good] }, () => ({ status: 302 }));

    await assert.rejects(web.fetch('http://a.example/'), says(/leads on to nowhere/));
  });

  it('keeps no cookies and sends none', async () => {
    await using web = await startSmallWeb({ 'a.example': [good] }, (url) => ({
      ...(url.endsWith('/1') && { status: 302 }),
      headers: { 'set-cookie': 'a=b', location: '/2' },
    }));

    await web.fetch('http://a.example/1');

    assert.deepEqual(
      web.headers.map(({ cookie }) => cookie),
      [undefined, undefined],
    );
  });

  it('says what a bad status means', async () => {
    await using web = await startSmallWeb({ 'a.example': [good] }, (url) => ({
      status: Number(url.slice(-3)),
    }));

    await assert.rejects(web.fetch('http://a.example/404'), says(/no such page/));
    await assert.rejects(web.fetch('http://a.example/403'), says(/does not let/));
    await assert.rejects(web.fetch('http://a.example/503'), says(/later/));
  });

  it('says that a name is unknown', async () => {
    await using web = await startSmallWeb({}, () => ({}));

    await assert.rejects(web.fetch('http://none.example/'), says(/"none\.example" was not found/));
  });

  it('says that nobody answers at an address', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const fetch = createSafeFetch({ allowed: readAllowedHosts(['127.0.0.1']) });

    await assert.rejects(
      fetch(`http://127.0.0.1:${port}/`, { accept: '*/*', maxBytes: 10 }),
      says(/ECONNREFUSED/),
    );
  });
});

describe('a fetch of what is known already', () => {
  it('sends what tells the known version, and says whether there is another', async () => {
    await using web = await startSmallWeb({ 'a.example': [good] }, (url) =>
      url.endsWith('/new')
        ? { body: 'x', headers: { etag: '"2"', 'cache-control': 'public, max-age=600' } }
        : { status: 304, headers: { etag: '"1"' } },
    );
    const known = { etag: '"1"', lastModified: 'Tue, 24 Nov 2026 09:00:00 GMT' };

    const same = await web.fetch('http://a.example/same', { known });
    const other = await web.fetch('http://a.example/new', { known });

    assert.deepEqual(
      [web.headers[0]?.['if-none-match'], web.headers[0]?.['if-modified-since']],
      [known.etag, known.lastModified],
    );
    assert.deepEqual([same.isUnmodified, same.bytes.length], [true, 0]);
    assert.deepEqual(
      [other.isUnmodified, other.version, other.maxAgeMs],
      [false, { etag: '"2"' }, 600_000],
    );
  });

  it('is no success if nothing was known', async () => {
    await using web = await startSmallWeb({ 'a.example': [good] }, () => ({ status: 304 }));

    await assert.rejects(web.fetch('http://a.example/'), says(/gives no page \(304\)/));
    assert.equal(web.headers[0]?.['if-none-match'], undefined);
  });

  it('says where it has moved only if it has moved for good', async () => {
    await using web = await startSmallWeb({ 'a.example': [good] }, (url) => {
      const status = Number(url.slice(-3));
      return status > 300
        ? { status, headers: { location: url.endsWith('/1/301') ? '/308' : '/0' } }
        : {};
    });

    assert.equal((await web.fetch('http://a.example/1/301')).movedTo, 'http://a.example/0');
    assert.equal((await web.fetch('http://a.example/302')).movedTo, undefined);
    assert.equal((await web.fetch('http://a.example/0')).movedTo, undefined);
  });

  it('tells how long the server wants to be left alone', async () => {
    const later = new Date(Date.now() + 3_600_000).toUTCString();
    await using web = await startSmallWeb({ 'a.example': [good] }, (url) => ({
      status: 503,
      headers: { 'retry-after': url.endsWith('date') ? later : url.endsWith('none') ? '?' : '120' },
    }));
    const waitOf = async (path: string) => {
      const error = await web.fetch(`http://a.example/${path}`).catch((caught: unknown) => caught);
      assert.ok(error instanceof FetchError);
      return error.retryAfterMs;
    };

    assert.equal(await waitOf('seconds'), 120_000);
    assert.equal(await waitOf('none'), undefined);
    assert.ok(Math.abs(((await waitOf('date')) ?? 0) - 3_600_000) < 60_000);
  });
});

describe('the bounds of a fetch', () => {
  it('unpacks gzip and br', async () => {
    await using web = await startSmallWeb({ 'a.example': [good] }, (url) => {
      const isBr = url.endsWith('br');
      const pack = isBr ? zlib.brotliCompressSync : zlib.gzipSync;
      return { headers: { 'content-encoding': isBr ? 'br' : 'gzip' }, body: pack('Hello') };
    });

    for (const kind of ['gzip', 'br']) {
      const { bytes } = await web.fetch(`http://a.example/${kind}`);
      assert.equal(bytes.toString(), 'Hello');
    }
  });

  it('stops a bomb while it unpacks', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(50_000_000));
    await using web = await startSmallWeb({ 'a.example': [good] }, () => ({
      headers: { 'content-encoding': 'gzip' },
      body: bomb,
    }));

    await assert.rejects(web.fetch('http://a.example/'), says(/larger than 1 MB/));
  });

  it('refuses an answer that is packed twice', async () => {
    await using web = await startSmallWeb({ 'a.example': [good] }, () => ({
      headers: { 'content-encoding': 'gzip, gzip' },
      body: zlib.gzipSync(zlib.gzipSync('x')),
    }));

    await assert.rejects(web.fetch('http://a.example/'), says(/packs its answer/));
  });

  it('stops an answer that is too large, whether the server says so or not', async () => {
    const body = Buffer.alloc(2_000_000, 'a');
    await using web = await startSmallWeb({ 'a.example': [good] }, (url) => ({
      body,
      headers: url.endsWith('c')
        ? { 'transfer-encoding': 'chunked' }
        : { 'content-length': String(body.length) },
    }));

    await assert.rejects(web.fetch('http://a.example/c'), says(/larger than 1 MB/));
    await assert.rejects(web.fetch('http://a.example/l'), says(/larger than 1 MB/));
  });

  it('ends after its time if no answer comes', async () => {
    await using web = await startSmallWeb({ 'a.example': [good] }, () => undefined);

    await assert.rejects(
      web.fetch('http://a.example/', { timeoutMs: 100 }),
      says(/No whole answer came/),
    );
  });

  it('ends after its time if a name is never resolved', async () => {
    const wire = { ...systemWire, resolve: () => new Promise<never>(() => {}) };
    const fetch = createSafeFetch({ allowed: readAllowedHosts([]), timeoutMs: 100, wire });
    // The time-out alone keeps no process alive.
    const awake = setTimeout(() => {}, 5_000);

    await assert.rejects(
      fetch('http://a.example/', { accept: '*/*', maxBytes: 10 }),
      says(/No whole answer came/),
    );
    clearTimeout(awake);
  });
});

describe('a fetch over https', () => {
  const startServer = async () => {
    const server = https.createServer({ cert: testCertificate, key: testKey }, (_, response) =>
      response.end('Secret'),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return {
      port,
      async [Symbol.asyncDispose]() {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      },
    };
  };
  const request = { accept: '*/*', maxBytes: 1000 };

  it('trusts a certificate that is good for the name, and no other', async () => {
    await using server = await startServer();
    const allowed = readAllowedHosts(['127.0.0.1']);
    const resolve = async () => ['127.0.0.1'];
    const fetch = createSafeFetch({
      allowed,
      wire: { ...systemWire, resolve, ca: testCertificate },
    });

    const { bytes } = await fetch(`https://localhost:${server.port}/`, request);

    assert.equal(bytes.toString(), 'Secret');
    await assert.rejects(fetch(`https://other.example:${server.port}/`, request), says(/prove/));
    const strict = createSafeFetch({ allowed, wire: { ...systemWire, resolve } });
    await assert.rejects(strict(`https://localhost:${server.port}/`, request), says(/prove/));
  });
});
