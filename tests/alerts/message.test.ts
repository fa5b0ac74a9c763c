import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { News } from '../../src/alerts/decide.ts';
import { mailText } from '../../src/alerts/mail-text.ts';
import { messageOf } from '../../src/alerts/message.ts';
import { slackText } from '../../src/alerts/slack-text.ts';
import { aCondition } from '../support/alerts.ts';

const wrapping = {
  ...{ id: 'message-1', at: 1_700_000_000_000, isSandbox: false },
  linkTo: (page: News['page']) =>
    typeof page === 'string'
      ? 'https://desk.example.org/'
      : `https://desk.example.org/${page.publication}`,
};

function someNews(over: Partial<News> = {}): News {
  const { kind, about, message, advice, page } = aCondition();
  return { kind, about, message, advice, page, tone: 'new', ...over };
}

function write(news: readonly News[], over: Partial<typeof wrapping> = {}) {
  const message = messageOf(news, { ...wrapping, ...over });
  assert.ok(message);
  return { message, slack: slackText(message), mail: mailText(message) };
}

test('a message says what it is, in the words of the ledger, what to do, and where it is seen', () => {
  const { slack, mail } = write([someNews()]);

  assert.equal(
    slack,
    [
      '*Carillon: 1 failed*',
      '• *Failed:* spring-report/newsroom-x: X is away. Nothing to do. <https://desk.example.org/spring-report/newsroom-x|Open>',
    ].join('\n'),
  );
  assert.deepEqual(mail, {
    subject: '[Carillon] 1 failed',
    text: [
      'Failed: spring-report/newsroom-x: X is away.',
      'Nothing to do.',
      'https://desk.example.org/spring-report/newsroom-x',
      '',
    ].join('\n'),
  });
});

test('the worst comes first, what is over last, and the title counts', () => {
  const { message } = write([
    someNews({ tone: 'over' }),
    someNews({ kind: 'budget', page: 'now' }),
    someNews(),
    someNews({ kind: 'handoff', tone: 'still' }),
    someNews({ kind: 'frozen', page: 'now' }),
    someNews(),
  ]);

  assert.equal(
    message.title,
    'ledger frozen, 2 failed, 1 to be posted by hand, 1 about budget, 1 no longer so',
  );
  assert.deepEqual(
    message.lines.map(({ label }) => label),
    ['Frozen', 'Failed', 'Failed', 'Still: To be posted by hand', 'Budget', 'No longer so: Failed'],
  );
});

test('a storm is twenty lines and a number', () => {
  const { slack, mail, message } = write(
    Array.from({ length: 1_000 }, (_, i) => someNews({ about: `a${i}/newsroom-x` })),
  );

  assert.equal(message.title, '1,000 failed');
  assert.equal(slack.split('\n').length, 22);
  assert.match(slack, /… and 980 more$/);
  assert.match(mail.text, /… and 980 more\n$/);
  assert.ok(slack.length < 20_000);
});

test('nothing that others wrote is a mention, a link, an emphasis or a line of its own', () => {
  const { slack, mail } = write([
    someNews({
      message:
        '<!channel> <https://evil.example|Log in> @everyone *x* https://evil.example/a www.evil.example\r\nBcc: all@example.org\u202E\u0007',
      advice: 'Do & see <@U123> @here.',
    }),
  ]);

  assert.equal(slack.split('\n').length, 2);
  const [, line = ''] = slack.split('\n');
  assert.doesNotMatch(line.replace(/<https:\/\/desk\.example\.org[^>]*>/, ''), /[<>]/);
  assert.doesNotMatch(line, /@everyone|@here|https:\/\/evil|www\.evil|\*x\*/);
  assert.match(line, /&lt;!channel&gt;/);
  assert.match(line, /Do &amp; see/);
  assert.doesNotMatch(slack + mail.text, /[\u202E\r]|\p{Cc}(?<!\n)/u);
  assert.match(mail.text.split('\n')[0] ?? '', /Bcc: all@example\.org$/);
});

test('what is long is cut, at a character as people see it', () => {
  const { message } = write([someNews({ message: '👩‍👩‍👧 '.repeat(5_000) })]);

  const [line] = message.lines;
  assert.match(line?.message ?? '', /👩‍👩‍👧…$/u);
});

test('the sandbox says that it is the sandbox', () => {
  const { slack, mail } = write([someNews()], { isSandbox: true });

  assert.match(slack, /^\*Carillon \(Sandbox\)/);
  assert.match(mail.subject, /^\[Carillon Sandbox\]/);
  assert.match(mail.text, /^Sandbox: nothing/);
});
