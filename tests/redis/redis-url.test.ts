import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeEndpoint } from '../../src/redis/endpoint.ts';
import { parseRedisUrl } from '../../src/redis/redis-url.ts';

test('reads the parts of an address', () => {
  assert.deepEqual(parseRedisUrl('rediss://bot:p%40ss%2Fword@redis.example.org:6380/3'), {
    kind: 'url',
    host: 'redis.example.org',
    port: 6380,
    username: 'bot',
    password: 'p@ss/word',
    db: 3,
    isEncrypted: true,
  });
  assert.deepEqual(parseRedisUrl('redis://[::1]'), {
    kind: 'url',
    host: '::1',
    port: 6379,
    db: 0,
    isEncrypted: false,
  });
});

test('reads where certificates are', () => {
  const { certificates } = parseRedisUrl('rediss://host?ca=/etc/ca.pem&cert=us.pem&key=us.key');

  assert.deepEqual(certificates, { ca: '/etc/ca.pem', cert: 'us.pem', key: 'us.key' });
});

test('reads an address of Sentinels', () => {
  assert.deepEqual(
    parseRedisUrl(
      'redis+sentinel://bot:hunter2@one,two.example.org:26380,[::1]:26381/mymaster?db=3&sentinelPassword=a%20b&replicas=2',
    ),
    {
      kind: 'sentinel',
      sentinels: [
        { host: 'one', port: 26379 },
        { host: 'two.example.org', port: 26380 },
        { host: '::1', port: 26381 },
      ],
      masterName: 'mymaster',
      username: 'bot',
      password: 'hunter2',
      sentinelPassword: 'a b',
      db: 3,
      replicas: 2,
      isEncrypted: false,
    },
  );
});

test('reads an address of a Cluster', () => {
  assert.deepEqual(parseRedisUrl('rediss+cluster://:hunter2@one:7000,two'), {
    kind: 'cluster',
    nodes: [
      { host: 'one', port: 7000 },
      { host: 'two', port: 6379 },
    ],
    password: 'hunter2',
    replicas: 1,
    isEncrypted: true,
  });
});

for (const [address, said] of [
  ['rediss://bot:hunter2@redis.example.org/3', 'redis.example.org:6379/3'],
  ['redis+sentinel://:hunter2@one,two/main', 'main/0 of one:26379,two:26379'],
  ['redis+cluster://:hunter2@one,two:7000', 'the cluster of one:6379,two:7000'],
] as const) {
  test(`says where ${address.split('@')[1]} is, without its password`, () => {
    assert.equal(describeEndpoint(parseRedisUrl(address)), said);
  });
}

for (const [address, words] of [
  ['localhost:6379', /is not an address: write it as redis:/],
  ['', /is not an address/],
  ['redis+proxy://one:26379/main', /redis\+proxy:\/\/, which Carillon does not know/],
  ['http://localhost', /begins with http:\/\/, which/],
  ['redis://:hunter#2@host', /write the characters/],
  ['redis://:hunter2/x@host', /write the characters|number of a database/],
  ['redis://:hunter2%@host', /a lone "%"/],
  ['redis://host/zero', /number of a database/],
  ['redis://', /cannot be read/],
  ['redis://:hunter2@one,two', /begin it with redis\+sentinel:\/\//],
  ['redis://host?ssl=yes', /says "ssl", which Carillon does not know there/],
  ['redis://host?ca=ca.pem', /is not encrypted: begin it with rediss:\/\//],
  ['rediss://host?cert=ca.pem', /only one of "cert" and "key"/],
  ['redis+sentinel://:hunter2@one,two', /does not say which master/],
  ['redis+sentinel://:hunter2@one,/main', /cannot be read: write it as redis\+sentinel:/],
  ['redis+sentinel://one/main?db=zero', /number of a database/],
  ['redis+sentinel://one/main?replicas=many', /write how many replicas/],
  ['redis+sentinel://one/main?password=hunter2', /"password", which Carillon does not know/],
  ['redis+cluster://one/2', /a Cluster has neither/],
  ['redis+cluster://:hunter2@one:port', /cannot be read: write it as redis\+cluster:/],
] as const) {
  test(`refuses ${address === '' ? 'nothing' : address} in a sentence without the password`, () => {
    assert.throws(
      () => parseRedisUrl(address),
      (error: Error) => words.test(error.message) && !error.message.includes('hunter'),
    );
  });
}
