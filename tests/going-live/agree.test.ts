import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Account } from '../../src/core/account.ts';
import { type Agreeing, agreeToPost, NotAgreedError } from '../../src/going-live/agree.ts';
import { realAccountsOf } from '../../src/going-live/real-accounts.ts';

const x: Account = {
  name: 'newsroom-x',
  network: 'twitter',
  apiUrl: 'https://api.x.com',
  sandbox: false,
  settings: { handle: 'newsroom' },
  secrets: {},
};
const page: Account = {
  ...x,
  name: 'newsroom-page',
  network: 'facebook',
  apiUrl: 'https://graph.facebook.com',
  settings: { pageId: '1000200030004' },
};

/** Somebody who answers, and a memory of what was agreed to. */
function openTalk(over: Partial<Agreeing> & { readonly answer?: boolean } = {}) {
  const said: string[] = [];
  const known = new Set<string>();
  const { answer } = over;
  const agree = (...accounts: Account[]) =>
    agreeToPost(realAccountsOf(accounts), {
      agreed: {
        read: async () => known,
        add: async (marks) => {
          for (const mark of marks) known.add(mark);
        },
      },
      findDue: async () => ({ goOut: ['a/newsroom-x'], tooLate: [] }),
      say: (line) => said.push(line),
      saysYes: false,
      ask:
        answer === undefined
          ? undefined
          : async (question) => {
              said.push(question);
              return answer;
            },
      ...over,
    });
  return { said, known, agree };
}

describe('posting for real', () => {
  it('is said in one line, what goes out at once too, and asked', async () => {
    const { said, agree } = openTalk({ answer: true });

    assert.equal(await agree(x, page), true);

    assert.deepEqual(said.slice(0, 2), [
      'Posts for real to @newsroom on X and the Page 1000200030004 on Facebook.',
      '1 publication goes out AT ONCE: a/newsroom-x.',
    ]);
    assert.match(said.at(-1) ?? '', /Post there for real\?/);
  });

  it('is asked once: not again for accounts that somebody has agreed to, nor for fewer of them', async () => {
    const { said, agree } = openTalk({ answer: true });
    await agree(x, page);
    said.length = 0;

    assert.equal(await agree(x, page), true);
    assert.equal(await agree(page), true);

    assert.deepEqual(said, [
      'Posts for real to @newsroom on X and the Page 1000200030004 on Facebook.',
      'Posts for real to the Page 1000200030004 on Facebook.',
    ]);
  });

  it('is asked again when an account is new, or is another one under the same name', async () => {
    for (const next of [page, { ...x, settings: { handle: '@other' } }]) {
      const { agree, said } = openTalk({ answer: true });
      await agree(x);
      said.length = 0;

      await agree(x, next);

      assert.match(said.at(-1) ?? '', /Post there for real\?/);
    }
  });

  it('does not begin where a person says no, and is asked again', async () => {
    const { agree, known, said } = openTalk({ answer: false });

    assert.equal(await agree(x), false);
    assert.equal(await agree(x), false);

    assert.equal(known.size, 0);
    assert.equal(said.filter((line) => line.startsWith('Post there for real?')).length, 2);
  });

  it('does not begin where nobody can be asked, and says how to agree', async () => {
    const { agree, known, said } = openTalk();

    await assert.rejects(agree(x), (error) => {
      assert.ok(error instanceof NotAgreedError);
      assert.match(error.message, /"carillon start --yes"/);
      return true;
    });

    assert.equal(known.size, 0);
    assert.match(said.join('\n'), /AT ONCE/);
  });

  it('begins unasked with --yes, says all the same what goes out, and is agreed from then on', async () => {
    const first = openTalk({ saysYes: true });

    assert.equal(await first.agree(x), true);

    assert.match(first.said.join('\n'), /AT ONCE/);
    assert.equal(first.known.size, 1);
  });

  it('is asked although the config has mistakes, and says that nothing can be foretold', async () => {
    const { agree, said } = openTalk({ answer: true, findDue: async () => undefined });

    assert.equal(await agree(x), true);

    assert.match(said[1] ?? '', /cannot be told, as the config has mistakes/);
  });

  it('is no matter in the sandbox', async () => {
    const { agree, said } = openTalk();

    assert.equal(await agree({ ...x, sandbox: true }), true);

    assert.deepEqual(said, []);
  });
});
