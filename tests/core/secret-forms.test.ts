import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { secretForms } from '../../src/core/secret-forms.ts';

const secret = 's3cr3t +/="\'&<>é';

test('a secret is known in every form in which programs carry it', () => {
  const forms = secretForms(secret);
  const carried = [
    secret,
    `https://example.org/?token=${encodeURIComponent(secret)}`,
    new URLSearchParams({ token: secret }).toString(),
    JSON.stringify({ token: secret }),
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
    `Basic ${Buffer.from(`some-client:${secret}`).toString('base64')}`,
    's3cr3t +/=&quot;&#39;&amp;&lt;&gt;é',
  ];

  for (const text of carried)
    assert.ok(
      forms.some((form) => text.includes(form)),
      text,
    );
});

test('Base64 of anything with a secret in it holds one of its forms', () => {
  const words = fc.string({ minLength: 8, unit: 'grapheme' });
  fc.assert(
    fc.property(words, fc.string({ unit: 'binary' }), fc.string(), (hidden, before, after) => {
      const text = Buffer.from(`${before}${hidden}${after}`).toString('base64');
      assert.ok(secretForms(hidden).some((form) => text.includes(form)));
    }),
  );
});
