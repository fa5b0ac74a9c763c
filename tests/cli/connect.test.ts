import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { main } from '../../src/cli/main.ts';
import { useCommands } from '../support/command-bench.ts';
import { landAfter } from '../support/connect-bench.ts';

const commands = useCommands();

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command, with answers to the questions in which these words are. */
async function run(
  argv: readonly string[],
  answers: Readonly<Record<string, (said: string) => string | Promise<string>>> = {},
): Promise<Ran> {
  const bench = commands();
  const input = new PassThrough();
  const texts = { out: '', err: '' };
  const write = (to: 'out' | 'err') => (text: string) => {
    texts[to] += text;
    const asked = Object.keys(answers).find((words) => text.includes(words));
    if (asked === undefined) return;
    void Promise.resolve(answers[asked]?.(texts.out + texts.err)).then((line) =>
      input.write(`${line}\n`),
    );
  };
  const status = await main(argv, {
    out: write('out'),
    err: write('err'),
    input,
    columns: 100,
    hasColors: false,
    isErrTerminal: false,
    cwd: bench.folder,
    env: { PATH: process.env.PATH, ...bench.env },
  });
  input.end();
  return { status, ...texts };
}

const paste = { 'Paste the address': async (said: string) => (await landAfter(said)).href };

function connect(account: string, ...options: readonly string[]): Promise<Ran> {
  return run(['connect', account, '--no-browser', ...options], paste);
}

describe('carillon connect', () => {
  it('connects an account, says until when, and lists it', async () => {
    const { status, out } = await connect('newsroom-page');
    const list = await run(['connect']);
    const json = JSON.parse((await run(['connect', '--json'])).out);

    assert.equal(status, 0);
    assert.match(
      out,
      /newsroom-page is connected as newsroom-page\. The access lasts until .+again before/,
    );
    assert.match(list.out, /newsroom-page \(Facebook\) +as newsroom-page since .+ until /);
    assert.match(list.out, /newsroom-x \(X\) +not connected/);
    assert.match(list.out, /newsroom-tube \(YouTube\) +assisted/);
    assert.deepEqual(
      json.map(({ account, state }: { account: string; state: string }) => [account, state]),
      [
        ['newsroom-x', 'not-connected'],
        ['newsroom-page', 'connected'],
        ['newsroom-tube', 'assisted'],
      ],
    );
  });

  it('keeps one JSON document on standard output, and what a person reads beside it', async () => {
    const { status, out, err } = await connect('newsroom-x', '--json');

    const { account, state, whose } = JSON.parse(out);
    assert.equal(status, 0);
    assert.deepEqual([account, state, whose], ['newsroom-x', 'connected', '@newsroom_x']);
    assert.match(err, /Open this address/);
    assert.doesNotMatch(out + err, /sandbox-(?:access|refresh):/);
  });

  it('changes nothing where the wrong account logs in', async () => {
    await connect('newsroom-x');
    const before = (await run(['connect', '--json'])).out;

    const { status, err } = await run(['connect', 'newsroom-x', '--no-browser'], {
      'Paste the address': async (said) => {
        const asEditor = said.replace('login_hint=newsroom-x', 'login_hint=editor');
        return (await landAfter(asEditor)).href;
      },
    });

    assert.equal(status, 1);
    assert.match(err, /given to @editor, but newsroom-x is @newsroom_x/);
    assert.equal((await run(['connect', '--json'])).out, before);
  });

  it('gives the workers what they need to publish, on each network that is connected', async () => {
    const bench = commands();
    const log = async () =>
      (await (await fetch(`http://127.0.0.1:${bench.env.CARILLON_SANDBOX_PORT}/log`)).json()) as {
        account: string;
      }[];
    for (const account of ['newsroom-x', 'newsroom-page']) {
      await connect(account);
      bench.writeEntries({ id: `by-${account}`, to: [account] });
      await run(['apply']);
      await bench.workUntil(`by-${account}/${account}`, 'published');
    }

    assert.deepEqual(
      (await log()).map(({ account }) => account),
      ['newsroom-x', 'newsroom-page'],
    );
  });

  it('lets a held account go on once somebody agrees', async () => {
    const { ledger } = commands();
    const hold = { kind: 'refused', by: 'carillon', reason: 'The token is dead.', at: 1 } as const;
    await ledger.pause('newsroom-x', hold);

    const refused = await run(['connect', 'newsroom-x', '--no-browser'], {
      ...paste,
      'Let it go on?': () => 'n',
    });
    assert.match(refused.out, /It stays held\. "carillon resume newsroom-x"/);
    assert.equal((await ledger.holds()).has('newsroom-x'), true);

    const agreed = await run(['connect', 'newsroom-x', '--no-browser'], {
      ...paste,
      'Let it go on?': () => 'y',
    });
    assert.match(agreed.out, /The token is dead/);
    assert.equal((await ledger.holds()).has('newsroom-x'), false);
  });

  it('leaves alone what a person has paused', async () => {
    const { ledger } = commands();
    await ledger.pause('newsroom-x', { kind: 'operator', by: 'anna', reason: 'strike', at: 1 });

    await connect('newsroom-x', '--yes');

    assert.equal((await ledger.holds()).get('newsroom-x')?.by, 'anna');
  });

  it('forgets the access after asking, and gives the tokens back', async () => {
    await connect('newsroom-x');

    const kept = await run(['connect', 'newsroom-x', '--forget'], { 'Forget it?': () => 'n' });
    assert.equal(kept.status, 1);
    assert.match((await run(['connect'])).out, /newsroom-x \(X\) +as @newsroom_x/);

    const { status, out } = await run(['connect', 'newsroom-x', '--forget'], {
      'Forget it?': () => 'y',
    });
    assert.equal(status, 0);
    assert.match(out, /not connected any more\.\nX has taken the tokens back/);
    assert.match((await run(['connect'])).out, /newsroom-x \(X\) +not connected/);
    assert.match((await run(['connect', 'newsroom-x', '--forget'])).out, /nothing to forget/);

    assert.equal((await connect('newsroom-x')).status, 0);
    assert.match((await run(['connect'])).out, /newsroom-x \(X\) +as @newsroom_x/);
  });

  it('forgets the access though the network cannot be told', async () => {
    await connect('newsroom-x');
    await commands().sandbox('/faults', {
      ...{ network: 'twitter', kind: 'html', count: 1, on: 'prepare' },
    });

    const { status, out } = await run(['connect', 'newsroom-x', '--forget', '--yes']);

    assert.equal(status, 0);
    assert.match(out, /are not given back: .+connected apps/);
    assert.match((await run(['connect'])).out, /newsroom-x \(X\) +not connected/);
  });

  it('says of an assisted account that there is nothing to connect', async () => {
    const { status, out } = await run(['connect', 'newsroom-tube']);

    assert.equal(status, 0);
    assert.match(out, /assisted.+nothing to connect/s);
  });

  it('refuses calls that cannot be meant', async () => {
    const nobody = await run(['connect', 'newsroom-z']);
    const port = await run(['connect', 'newsroom-x', '--port', '99999']);
    const redirect = await run(['connect', 'newsroom-x', '--redirect', 'javascript:alert(1)']);
    const way = await run(['connect', 'newsroom-x', '--way', 'magic']);

    assert.match(nobody.err, /no account "newsroom-z"/);
    assert.match(port.err, /"99999" is no port/);
    assert.match(redirect.err, /is no address/);
    assert.match(way.err, /no way "magic"/);
    assert.deepEqual(
      [nobody, port, redirect, way].map(({ status }) => status),
      [2, 2, 2, 1],
    );
  });

  it('says that nobody typed anything, instead of waiting', async () => {
    const { status, err } = await commands().run(['connect', 'newsroom-x', '--no-browser']);

    assert.equal(status, 1);
    assert.match(err, /Nobody pasted an address/);
  });

  it('types tokens from the portal over a pipe, and shows none', async () => {
    const { status, out, err } = await run(['connect', 'newsroom-x', '--way', 'keys'], {
      'Access token (': () => 'sandbox:newsroom-x',
      'Access token secret (': () => 'hush-hush-hush',
    });

    assert.equal(status, 0, err);
    assert.match(out, /does not end by itself/);
    assert.doesNotMatch(out + err, /hush-hush|sandbox:newsroom-x/);
  });
});
