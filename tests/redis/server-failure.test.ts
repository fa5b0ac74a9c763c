import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readServerFailure, sayServerFailure } from '../../src/redis/server-failure.ts';

const at = '812:M 22 Nov 2026 14:00:00.000 #';

test('says that the disk is full, and what to do', () => {
  const words = `${at} Error writing to the AOF file: No space left on device\n${at} Can't recover from AOF write error when the AOF fsync policy is 'always'. Exiting...`;

  const sentence = sayServerFailure(words, 'exit status 1', '/srv/carillon');

  assert.match(sentence, /no space left for the data directory \/srv\/carillon\. Free some/);
});

test('says what the server said last where it knows no better', () => {
  const words = `${at} Server initialized\n${at} FATAL: something odd.\n`;

  const sentence = sayServerFailure(words, 'exit status 1', '/srv/carillon');

  assert.equal(
    sentence,
    'The private Redis of /srv/carillon does not start (FATAL: something odd).',
  );
});

test('tells data that breaks off from a port that is taken', () => {
  assert.equal(
    readServerFailure(`${at} Unexpected end of file reading the append only file x.`),
    'torn',
  );
  assert.equal(readServerFailure(`${at} bind: Address already in use`), 'port-taken');
  assert.equal(
    readServerFailure(`${at} Short write while writing to the AOF file: (nwritten=1, expected=9)`),
    'no-space',
  );
  assert.equal(readServerFailure(''), 'other');
});
