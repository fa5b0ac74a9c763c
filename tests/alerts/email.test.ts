import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sendByEmail } from '../../src/alerts/email.ts';
import { aMessage, anEmail } from '../support/alerts.ts';
import { startMailServer } from '../support/mail-server.ts';

test('a mail is plain text, from whom the config says, and says that no person wrote it', async () => {
  await using server = await startMailServer();

  await sendByEmail(
    anEmail({
      smtpUrl: server.url,
      to: ['desk@example.org', 'ada@example.org'],
      from: 'Carillon <carillon@example.org>',
    }),
    aMessage({
      lines: [{ label: 'Failed', message: 'گزارش بهار/x: X is away.', advice: 'Nothing to do.' }],
    }),
  );

  const [mail] = server.mails;
  assert.equal(server.mails.length, 1);
  assert.equal(mail?.from, 'carillon@example.org');
  assert.deepEqual(mail?.to, ['desk@example.org', 'ada@example.org']);
  assert.match(mail?.data ?? '', /^Subject: \[Carillon\] 1 failed$/m);
  assert.match(mail?.data ?? '', /^Auto-Submitted: auto-generated$/m);
  assert.match(mail?.data ?? '', /^Message-ID: <message-1@example\.org>$/im);
  assert.match(mail?.data ?? '', /^Content-Type: text\/plain; charset=utf-8$/m);
});

test('a title with line breaks makes no header of its own', async () => {
  await using server = await startMailServer();

  await sendByEmail(
    anEmail({ smtpUrl: server.url }),
    aMessage({ title: 'x\r\nBcc: all@example.org\r\n\r\nbody' }),
  );

  assert.deepEqual(server.mails[0]?.to, ['desk@example.org']);
  assert.doesNotMatch(server.mails[0]?.data ?? '', /^(Bcc|body)/m);
});

test('who is told at last is told when it escalates, and only then', async () => {
  await using server = await startMailServer();
  const channel = anEmail({ smtpUrl: server.url, escalateTo: ['boss@example.org'] });

  await sendByEmail(channel, aMessage());
  await sendByEmail(channel, aMessage({ escalates: true }));

  assert.deepEqual(
    server.mails.map(({ to }) => to),
    [['desk@example.org'], ['desk@example.org', 'boss@example.org']],
  );
});

test('a mail server that refuses is told in its own words, one that knows no password without it', async () => {
  await using refusing = await startMailServer({
    answer: (command) => (command.startsWith('MAIL') ? '550 5.7.1 Not from you.' : undefined),
  });
  await using strict = await startMailServer({
    answer: (command) => (command.startsWith('AUTH') ? '535 5.7.8 No.' : undefined),
  });
  const withPassword = strict.url.replace('://', '://carillon:smtp-password@');

  await assert.rejects(sendByEmail(anEmail({ smtpUrl: refusing.url }), aMessage()), {
    name: 'ChannelError',
    message: 'The mail server refused it: 550 5.7.1 Not from you.',
  });
  await assert.rejects(sendByEmail(anEmail({ smtpUrl: withPassword }), aMessage()), (error) => {
    assert.doesNotMatch(String(error) + JSON.stringify(error), /smtp-password/);
    assert.match(String(error), /does not take the user and the password/);
    return true;
  });
  assert.equal(refusing.mails.length + strict.mails.length, 0);
});

test('a mail server that says nothing is given up in time', async () => {
  await using server = await startMailServer({ isSilent: true });

  await assert.rejects(
    sendByEmail(anEmail({ smtpUrl: server.url }), aMessage(), { timeoutMs: 100 }),
    { name: 'ChannelError', message: 'The mail server did not answer within 0.1 seconds.' },
  );
});

test('one of several addresses that is refused keeps the others from nothing', async () => {
  await using server = await startMailServer({
    answer: (command) => (command.includes('gone@') ? '550 No such user.' : undefined),
  });
  const channel = anEmail({ smtpUrl: server.url, to: ['gone@example.org', 'desk@example.org'] });

  await sendByEmail(channel, aMessage());

  assert.deepEqual(server.mails[0]?.to, ['desk@example.org']);
});

// Only Linux answers on all of 127.0.0.0/8 unasked.
test('no password goes to another machine without TLS', {
  skip: process.platform !== 'linux',
}, async () => {
  const commands: string[] = [];
  await using server = await startMailServer({
    host: '127.0.0.2',
    answer(command) {
      commands.push(command);
      return undefined;
    },
  });
  const smtpUrl = server.url.replace('://', '://carillon:smtp-password@');

  await assert.rejects(sendByEmail(anEmail({ smtpUrl }), aMessage()), { name: 'ChannelError' });

  assert.ok(commands.some((command) => command.startsWith('EHLO')));
  assert.ok(!commands.some((command) => command.startsWith('AUTH')));
});
