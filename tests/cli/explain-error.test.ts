import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainError } from '../../src/cli/explain-error.ts';
import { UnauthorizedError } from '../../src/core/errors.ts';
import { ConfigError } from '../../src/core/problem.ts';
import { RedisUnavailableError, RedisUrlError } from '../../src/redis/redis-errors.ts';

function named(name: string, message: string, fields: object = {}): Error {
  return Object.assign(new Error(message), { name, ...fields });
}

test('every mistake of a config is told at once, with its place', () => {
  const place = { file: 'a.yaml', line: 3, column: 5 };
  const error = new ConfigError([
    { ...place, message: 'This is wrong.', severity: 'error' },
    { ...place, line: 4, message: 'This is odd.', severity: 'warning' },
  ]);

  assert.deepEqual(explainError(error), {
    message:
      'a.yaml:3:5 This is wrong.\na.yaml:4:5 warning: This is odd.\nOne mistake keeps this config from being used. Nothing was changed.',
    exitStatus: 2,
  });
});

test('an unreachable Redis is told with what to do, without what the command carried', () => {
  const refused = named('Error', 'connect ECONNREFUSED 127.0.0.1:6379', {
    code: 'ECONNREFUSED',
    syscall: 'connect',
    command: { args: ['secret'] },
  });
  const gaveUp = named('MaxRetriesPerRequestError', 'Reached the max retries per request limit');

  for (const error of [refused, gaveUp, named('Error', 'Command timed out')]) {
    const { message, exitStatus } = explainError(error);
    assert.match(message, /^Redis does not answer\. See whether it runs/);
    assert.equal(exitStatus, 1);
  }
});

test('what Redis refuses is told by its code', () => {
  const refusals: [string, RegExp][] = [
    ['WRONGPASS invalid username-password pair', /another user or password/],
    ['NOAUTH Authentication required.', /another user or password/],
    ["READONLY You can't write against a read only replica.", /replica/],
    ['MISCONF Errors writing to the AOF file', /disk/],
    ['OOM command not allowed', /memory/],
    ['ERR unknown command', /^Redis refused: ERR unknown command\.$/],
  ];
  for (const [message, said] of refusals) {
    assert.match(explainError(named('ReplyError', message)).message, said);
  }
});

test('errors that are sentences stay as they are, with the status they deserve', () => {
  assert.deepEqual(explainError(new RedisUnavailableError('There is no Redis: install it.')), {
    message: 'There is no Redis: install it.',
    exitStatus: 1,
  });
  assert.equal(explainError(new RedisUrlError('REDIS_URL is not an address.')).exitStatus, 2);
  assert.deepEqual(explainError(new UnauthorizedError('The token is dead.', { code: 'x:401' })), {
    message: 'The token is dead. (x:401)',
    exitStatus: 1,
  });
});

test('an error that nobody expected is one sentence', () => {
  assert.equal(
    explainError(new TypeError('x is not\n  a function')).message,
    'Carillon itself failed: x is not a function. With --verbose it says where; please report it.',
  );
  assert.match(explainError('thrown words').message, /thrown words\./);
});
