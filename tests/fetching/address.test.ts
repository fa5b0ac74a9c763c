import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPublicAddress } from '../../src/fetching/address.ts';
import { isAllowedHostPattern, readAllowedHosts } from '../../src/fetching/allowed-hosts.ts';

describe('isPublicAddress', () => {
  const refused = [
    '127.0.0.1',
    '0.0.0.0',
    '10.0.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '192.0.0.192',
    '198.18.0.1',
    '203.0.113.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '64:ff9b::10.0.0.1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '4000::1',
    'localhost',
    '',
  ];
  for (const address of refused) {
    it(`refuses ${JSON.stringify(address)}`, () => {
      assert.equal(isPublicAddress(address), false);
    });
  }

  it('takes the neighbours of the private ranges', () => {
    const taken = ['8.8.8.8', '9.255.255.255', '11.0.0.1', '172.32.0.1', '192.167.255.255'];
    for (const address of [...taken, '128.0.0.1', '2001:4860:4860::8888', '2a00:1450::200e']) {
      assert.equal(isPublicAddress(address), true, address);
    }
  });
});

describe('fetch.allow', () => {
  it('takes a name, a family of names, an address and a range', () => {
    const allowed = readAllowedHosts(['wiki.lan', '*.corp.example', '10.1.2.3', '192.168.7.0/24']);

    assert.equal(allowed.includes('wiki.lan', '10.0.0.9'), true);
    assert.equal(allowed.includes('WIKI.lan.', '10.0.0.9'), true);
    assert.equal(allowed.includes('a.b.corp.example', '10.0.0.9'), true);
    assert.equal(allowed.includes('any', '10.1.2.3'), true);
    assert.equal(allowed.includes('any', '192.168.7.20'), true);
  });

  it('takes no more than it says', () => {
    const allowed = readAllowedHosts(['wiki.lan', '*.corp.example', '192.168.7.0/24']);

    assert.equal(allowed.includes('notwiki.lan', '10.0.0.9'), false);
    assert.equal(allowed.includes('corp.example', '10.0.0.9'), false);
    assert.equal(allowed.includes('evilcorp.example', '10.0.0.9'), false);
    assert.equal(allowed.includes('any', '192.168.8.1'), false);
    assert.equal(allowed.includes('any', '::ffff:192.168.7.20'), false);
  });

  it('knows what names no host', () => {
    for (const pattern of ['', 'https://wiki.lan', 'wiki.lan:8080', '10.1.2.300', '*', 'a..b']) {
      assert.equal(isAllowedHostPattern(pattern), false, pattern);
    }
    assert.equal(isAllowedHostPattern('bücher.lan'), true);
  });
});
