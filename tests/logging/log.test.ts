import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog, type LogOptions } from '../../src/logging/log.ts';
import { createPrettyLine } from '../../src/logging/pretty.ts';

/** A log whose lines a test reads. */
function listen(options: Partial<LogOptions> = {}): {
  log: ReturnType<typeof createLog>;
  lines: string[];
} {
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  return { log: createLog({ part: 'worker twitter', stream, ...options }), lines };
}

test('writes a line of JSON with time, level, part and words', () => {
  const { log, lines } = listen();

  log.info({ publication: 'spring-report/newsroom-x' }, 'Published.');

  const line = JSON.parse(lines[0] ?? '');
  assert.match(line.time, /^\d{4}-\d\d-\d\dT.*Z$/);
  assert.deepEqual(
    { ...line, time: '', pid: 0 },
    {
      level: 'info',
      time: '',
      pid: 0,
      part: 'worker twitter',
      publication: 'spring-report/newsroom-x',
      msg: 'Published.',
    },
  );
});

test('hides known secrets in words, fields, keys, errors and addresses', () => {
  const secrets = ['s3cr3t-token', 'with "quotes" \\ and/slash', '20261122'];
  const { log, lines } = listen({ secrets });

  log.info(
    { deep: [{ note: `x ${secrets[0]} y` }], [`k-${secrets[0]}`]: 1 },
    `words ${secrets[1]}`,
  );
  log.error(new Error(`call failed: ${secrets[0]}`));
  log.warn(`https://example.org/?q=${encodeURIComponent(secrets[1] ?? '')}`);
  log.info({ day: '20261122', number: 20261122 }, 'digits');

  const all = lines.join('');
  for (const line of lines) JSON.parse(line);
  assert.doesNotMatch(all, /s3cr3t-token|with \\"quotes|with%20%22|"20261122"/);
  assert.equal(JSON.parse(lines[0] ?? '').msg, 'words [secret]');
});

test('a secret that begins another one leaves no rest of it', () => {
  const { log, lines } = listen({ secrets: ['abcd', 'abcd-efgh'] });

  log.info('is abcd-efgh');

  assert.equal(JSON.parse(lines[0] ?? '').msg, 'is [secret]');
});

test('hides whatever stands under the name of a secret', () => {
  const { log, lines } = listen();

  log.info({
    headers: { Authorization: 'Bearer x1', 'x-api-key': 'x2', accept: 'text/html' },
    PAGE_TOKEN: 'x3',
    accessToken: 'x4',
    appSecret: 'x5',
    list: [{ password: 'x6' }],
    tokens: ['x7'],
  });

  assert.doesNotMatch(lines.join(''), /x[1-7]/);
  assert.match(lines.join(''), /text\/html/);
});

test('tells of an error its name, words, code, stack and cause, and nothing else', () => {
  const { log, lines } = listen();
  const cause = Object.assign(new Error('WRONGTYPE'), { command: { args: ['the whole post'] } });
  const error = Object.assign(new Error('not recorded', { cause }), {
    name: 'ReplyError',
    code: 'EX',
    request: { body: 'the whole post' },
  });

  log.error({ err: error, attempts: { last: error } }, 'It failed.');

  const line = JSON.parse(lines[0] ?? '');
  assert.deepEqual(Object.keys(line.err), ['name', 'message', 'code', 'stack', 'cause']);
  assert.equal(line.err.name, 'ReplyError');
  assert.equal(line.err.cause.message, 'WRONGTYPE');
  assert.doesNotMatch(lines.join(''), /the whole post/);
});

test('takes fields that loop, throw, or are no plain data', () => {
  const { log, lines } = listen();
  const loop: Record<string, unknown> = {
    at: new Date(0),
    url: new URL('https://example.org/'),
    n: 5n,
  };
  loop.self = loop;
  const trap = {
    get field(): string {
      throw new Error('no');
    },
  };

  log.info(loop, 'loop');
  log.info(trap, 'trap');

  const first = JSON.parse(lines[0] ?? '');
  assert.equal(first.at, '1970-01-01T00:00:00.000Z');
  assert.equal(first.url, 'https://example.org/');
  assert.equal(first.n, '5');
  assert.equal(JSON.parse(lines[1] ?? '').msg, 'trap');
});

test('writes one calm line a record on a terminal, secrets hidden', () => {
  const { log, lines } = listen({ pretty: true, secrets: ['hunter2'] });

  log.info({ account: 'newsroom-x' }, 'Published with hunter2.');
  log.error('It failed.');
  log.error({ err: new TypeError('no such thing') }, 'It broke.');

  assert.match(
    lines[0] ?? '',
    /^\d\d:\d\d:\d\d {2}worker twitter {2}Published with \[secret\]\. \{"account":"newsroom-x"\}\n$/,
  );
  assert.match(lines[1] ?? '', /worker twitter {2}Error: {2}It failed\.\n$/);
  assert.match(
    lines[2] ?? '',
    /Error: {2}It broke\. {2}\(TypeError no such thing at .*log\.test\.ts[^\n]*\)\n$/,
  );
});

test('lines of a part that are no records stand behind its name', () => {
  const toLine = createPrettyLine({ colors: false });

  assert.equal(
    toLine('Segmentation fault', 'worker twitter'),
    'worker twitter  Segmentation fault\n',
  );
  assert.equal(toLine('plain'), 'plain\n');
});

test('says nothing below its level', () => {
  const { log, lines } = listen({ level: 'warn' });

  log.info('quiet');
  log.warn('loud');

  assert.equal(lines.length, 1);
});
