import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { openQuestions, unasked } from '../../src/setup/questions.ts';

const zone = {
  text: 'Time zone',
  usual: 'UTC',
  findFault: (answer: string) => (answer === 'Mars' ? 'There is no zone Mars.' : undefined),
};

function questionsOver(typed: string) {
  const said: string[] = [];
  const questions = openQuestions(Readable.from([typed]), (text) => said.push(text));
  return { questions, said };
}

test('takes each line as an answer, and Enter as the usual one', async () => {
  const { questions, said } = questionsOver('Asia/Tehran\n\n  "Europe/Paris"  \r\n');

  const answers = [await questions.ask(zone), await questions.ask(zone), await questions.ask(zone)];

  assert.deepEqual(answers, ['Asia/Tehran', 'UTC', 'Europe/Paris']);
  assert.equal(said[0], 'Time zone [UTC]: ');
});

test('says what is wrong with an answer and asks again', async () => {
  const { questions, said } = questionsOver('Mars\nAsia/Tehran\n');

  assert.equal(await questions.ask(zone), 'Asia/Tehran');

  assert.deepEqual(said, ['Time zone [UTC]: ', 'There is no zone Mars.\n', 'Time zone [UTC]: ']);
});

test('takes the usual answer where nobody answers, but not for somebody who gave a wrong one', async () => {
  assert.equal(await questionsOver('').questions.ask(zone), 'UTC');
  assert.equal(await unasked.ask(zone), 'UTC');

  await assert.rejects(questionsOver('Mars').questions.ask(zone), {
    name: 'AnswerError',
    message: 'There is no zone Mars.',
  });
  await assert.rejects(unasked.ask({ ...zone, usual: 'Mars' }), { name: 'AnswerError' });
});
