import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { openTerminalPerson } from '../../src/cli/terminal-person.ts';

/** A terminal on which somebody types, and which shows what it is told to. */
function openTerminal() {
  const raw: boolean[] = [];
  const shown: string[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => raw.push(isRaw),
  });
  const person = openTerminalPerson({ input }, (text) => shown.push(text));
  return { input, person, raw, shown };
}

describe('the person at the terminal', () => {
  it('answers question by question, also with what was typed ahead', async () => {
    const { input, person } = openTerminal();
    using _ = person;
    input.write('one\ntwo\n');

    const answers = [await person.ask('First: '), await person.ask('Second: ')];

    assert.deepEqual(answers, ['one', 'two']);
  });

  it('types secrets without showing them, and can mend what is typed', async () => {
    const { input, person, raw, shown } = openTerminal();
    using _ = person;

    const asked = person.ask('Token: ', { isHidden: true });
    input.write('wrong\u0015tokem\u007fn\r');
    const token = await asked;

    assert.equal(token, 'token');
    assert.deepEqual(raw, [true, false]);
    assert.equal(shown.join(''), 'Token: \n');
  });

  it('is not waited for any more once the browser has answered', async () => {
    const { input, person } = openTerminal();
    using _ = person;
    const answered = new AbortController();

    const asked = person.ask('Paste: ', { signal: answered.signal });
    answered.abort();
    assert.equal(await asked, undefined);

    input.write('y\n');
    assert.equal(await person.ask('Go on? '), 'y');
  });

  it('answers nothing where the input is at its end', async () => {
    const { input, person } = openTerminal();
    using _ = person;
    input.end();

    assert.equal(await person.ask('Anything? '), undefined);
  });

  it('cannot be shown anything that moves the cursor', () => {
    const { person, shown } = openTerminal();
    using _ = person;

    person.say('It says: "\u001b[2J\u001b]0;title\u0007"');

    assert.ok(!shown.join('').includes('\u001b'));
  });
});
