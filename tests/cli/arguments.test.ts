import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { runCommand } from '../support/command-line.ts';

test('a wrong call is told in one sentence, with the nearest thing that is known, and exits with 2', async () => {
  const calls: [readonly string[], RegExp][] = [
    [['aply'], /There is no command "aply"\. Did you mean "apply"\?/],
    [['xyzzy'], /There is no command "xyzzy"\. "carillon --help" lists them all\./],
    [['--json'], /There is no command\. "carillon --help"/],
    [
      ['plan', '--detailed-exitcod'],
      /does not know --detailed-exitcod\. Did you mean "--detailed-exitcode"\?/,
    ],
    [['plan', '--since', '3d'], /"carillon plan" does not know --since\./],
    [['plan', '-x'], /"carillon plan" does not know -x\./],
    [['status', '--json=yes'], /--json takes no value: write it alone\./],
    [['status', '--state'], /--state wants a value: write --state STATE\./],
    [['status', '--state='], /--state wants a value/],
    [['check', '--config', '--json'], /--config wants a value: write --config FILE\./],
    [
      ['status', '--state', 'publishd'],
      /There is no state "publishd"\. Did you mean "published"\?/,
    ],
    [['show'], /"carillon show" wants PUBLICATION\. Write: carillon show PUBLICATION/],
    [['confirm', 'a/b'], /"carillon confirm" wants URL\./],
    [['confirm'], /"carillon confirm" wants PUBLICATION and URL\./],
    [['preview', 'one', 'two'], /"two" is more than "carillon preview" takes\./],
    [
      ['verify', '--since', 'monday'],
      /--since takes a length of time such as 12h or 7d, not "monday"\./,
    ],
    [['worker', 'myspace'], /There is no network "myspace"\./],
  ];
  for (const [argv, said] of calls) {
    const { status, out, err } = await runCommand(argv);

    assert.match(err, said, argv.join(' '));
    assert.equal(status, 2, argv.join(' '));
    assert.equal(out, '', argv.join(' '));
    assert.equal(err.trimEnd().split('\n').length, 1, err);
  }
});

test('help is printed wherever it is asked for, whatever else is wrong', async () => {
  const asked = [['--help'], ['-h'], ['help'], []];
  for (const argv of asked) {
    const { status, out, err } = await runCommand(argv);
    assert.equal(status, 0);
    assert.match(out, /^Carillon publishes .*\n\nUsage: carillon COMMAND/);
    assert.equal(err, '');
  }

  const ofShow = await runCommand(['show', '--help']);
  assert.match(ofShow.out, /^Usage: carillon show PUBLICATION \[options\]\n/);
  assert.deepEqual(await runCommand(['help', 'show']), ofShow);
  assert.deepEqual(await runCommand(['--help', 'show', 'too', 'much', '--wrong']), ofShow);
});

test('every help names every command and option, and fits 80 columns', async () => {
  const all = (await runCommand(['--help'])).out;
  for (const { name, options } of COMMANDS) {
    assert.match(all, new RegExp(`^  ${name}\\b`, 'm'));
    const { out } = await runCommand([name, '--help']);
    for (const option of [...options, 'config', 'verbose', 'help']) {
      assert.match(out, new RegExp(`^  --${option}\\b`, 'm'));
    }
    for (const line of `${all}${out}`.split('\n')) assert.ok(line.length <= 80, line);
  }
});

test('the version is that of the package', async () => {
  const { status, out } = await runCommand(['--version']);
  assert.match(out, /^\d+\.\d+\.\d+\n$/);
  assert.equal(status, 0);
});
