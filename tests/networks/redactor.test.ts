import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { cleanCause, createRedactor } from '../../src/networks/redactor.ts';

const secret = 'canary/1+"2"=';

describe('a redactor', () => {
  it('takes out a secret in all the forms in which requests carry it', () => {
    const redactor = createRedactor([secret]);
    const forms = [
      secret,
      encodeURIComponent(secret),
      JSON.stringify({ secret }),
      Buffer.from(secret).toString('base64'),
    ];

    for (const form of forms) assert.doesNotMatch(redactor.clean(`a ${form} b`), /canary|Y2FuYX/);
  });

  it('takes out the longer of two secrets that begin alike, whole', () => {
    const redactor = createRedactor(['canary', 'canary-and-more']);

    assert.equal(redactor.clean('canary-and-more canary'), '[secret] [secret]');
  });

  it('takes out a secret that is learnt later, and leaves words alone', () => {
    const redactor = createRedactor(['', 'a']);
    redactor.add(secret);

    assert.equal(redactor.clean(`a plain ${secret}`), 'a plain [secret]');
  });
});

describe('the cause of an error', () => {
  it('keeps name, words and code, and nothing that hangs on it', () => {
    const inner = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    const error = new TypeError(`Bad ${secret}`, { cause: inner });
    Object.assign(error, { request: { headers: { authorization: secret } } });

    const cause = cleanCause(error, createRedactor([secret]));

    assert.equal(cause?.name, 'TypeError');
    assert.equal(cause?.message, 'Bad [secret]');
    assert.equal((cause as { code?: string }).code, 'ECONNRESET');
    assert.doesNotMatch(
      inspect(cause, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
      /canary/,
    );
  });
});
