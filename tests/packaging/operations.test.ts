import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { ALERT_KINDS } from '../../src/core/alerts.ts';
import { networkIds } from '../../src/networks/registry.ts';
import { assertCallable } from '../support/callable.ts';

const page = readFileSync('docs/operations.md', 'utf8');
const [, runbook = ''] = page.split('\n## Runbook\n');

/** What stands under each heading of the runbook. One without words of its own shares those of the next. */
function chaptersOf(text: string): ReadonlyMap<string, string> {
  const chapters = new Map<string, string>();
  let sharing: string[] = [];
  for (const part of text.split(/^### /m).slice(1)) {
    const [heading = '', ...lines] = part.split('\n');
    const words = lines.join('\n').trim();
    sharing.push(heading);
    if (words === '') continue;
    for (const name of sharing) chapters.set(name, words);
    sharing = [];
  }
  return chapters;
}

/** How a command of Carillon is typed, up to its own words. */
const BEFORE_CALLS = [
  'sudo -u carillon carillon ',
  'docker compose exec scheduler carillon ',
  'docker compose exec start carillon ',
  'docker compose run --rm scheduler ',
];

const chapters = chaptersOf(runbook);
const lines = [...page.matchAll(/^```console\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.split('\n'))
  .filter((line) => line !== '');
const inWords = [...page.matchAll(/`((?:systemctl|journalctl|docker compose) [^`]+)`/g)].map(
  ([, line = '']) => line,
);

test('the runbook says of every alert what to do, step by step, by commands', () => {
  for (const kind of ALERT_KINDS) {
    const words = chapters.get(kind) ?? '';

    assert.match(words, /^1\. /m, `${kind}: no steps`);
    assert.match(words, /`carillon [a-z]+/, `${kind}: no command`);
  }
});

test('the runbook has no chapter of an alert that there is not', () => {
  const kinds: readonly string[] = ALERT_KINDS;
  const alerts = [...chapters.keys()].filter((name) => /^[a-z]+$/.test(name));

  assert.deepEqual(
    alerts.filter((name) => !kinds.includes(name)),
    [],
  );
});

test('every command of Carillon that an operator is to type is one', async () => {
  const calls = lines.flatMap((line) => {
    const before = BEFORE_CALLS.find((each) => line.startsWith(each));
    return before === undefined ? [] : line.slice(before.length);
  });

  assert.ok(calls.length >= 5);
  for (const call of calls) {
    await assertCallable(
      [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? ''),
    );
  }
});

test('every service of Compose that an operator is to type is one', () => {
  const { services } = parse(readFileSync('compose.yaml', 'utf8'), { merge: true });
  const shown = [...lines, ...inWords].filter((line) => line.startsWith('docker compose '));
  const named = shown.flatMap(
    (line) =>
      /(?:exec|stop|up(?: --[a-z]+)*|ps|run(?: --[a-z-]+)*) ([a-z][a-z-]*)/.exec(line)?.[1] ?? [],
  );

  assert.ok(named.length >= 6);
  for (const name of named) assert.ok(name in services, name);
  for (const [, volume = ''] of page.matchAll(/--volume carillon_([a-z-]+):/g)) {
    assert.ok(volume in parse(readFileSync('compose.yaml', 'utf8')).volumes, volume);
  }
});

test('every unit and file that an operator is to type is there', () => {
  const units = [...lines, ...inWords]
    .filter((line) => /^(systemctl|journalctl) /.test(line))
    .flatMap((line) =>
      [...line.matchAll(/carillon[\w@-]*\.(?:service|target)/g)].map(([unit]) => unit),
    );
  const files = lines.flatMap(
    (line) => /^cp (.+) \/etc\/systemd\/system\/$/.exec(line)?.[1]?.split(' ') ?? [],
  );

  assert.ok(units.length >= 5);
  for (const unit of units) {
    const [, network] = /@(\w+)\./.exec(unit) ?? [];
    assert.ok(existsSync(`docs/deploy/${unit.replace(/@\w+/, '@')}`), unit);
    assert.ok(network === undefined || networkIds.some((id) => id === network), unit);
  }
  assert.ok(files.length >= 5);
  for (const file of files) assert.ok(existsSync(`docs/deploy/${file.split('/').at(-1)}`), file);
});

test('what has to be set in a Redis is what compose.yaml sets', () => {
  const { services } = parse(readFileSync('compose.yaml', 'utf8'), { merge: true });
  const [, table = ''] = page.split('\n### Redis of yours\n');
  const settings = [...(table.split('\n\n')[0] ?? '').matchAll(/`([a-z-]+) ([a-z0-9]+)`/g)];
  const { command } = services.redis;

  assert.ok(settings.length >= 4);
  for (const [, name, value] of settings)
    assert.equal(command[command.indexOf(`--${name}`) + 1], value, name);
});
